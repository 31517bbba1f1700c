package dev.onward.local.ssm;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A level of the hierarchy, under which parameters are listed.
 *
 * @param prefix what the key of everything below starts with; ends with a slash
 */
record ParameterPath(String prefix) {

  private static final Pattern PATH = Pattern.compile("/|(/[a-zA-Z0-9_.-]+)+/?");

  static ParameterPath parse(String raw) {
    String path = raw.strip();
    if (!PATH.matcher(path).matches() || path.toLowerCase(Locale.ROOT).startsWith("/ssm")) {
      throw SsmErrors.badPath();
    }
    return new ParameterPath(path.endsWith("/") ? path : path + "/");
  }

  ListingRange range(boolean recursive) {
    return new ListingRange(prefix, recursive);
  }
}
