package dev.onward.local.ssm;

import dev.onward.local.http.AwsException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a reader may ask for: a name or an ARN, and with {@code :3} or {@code :some-label} after it
 * one version instead of the latest.
 *
 * @param key as {@link ParameterName#key}
 */
record ParameterReference(String key, Optional<String> selector) {

  private static final Pattern NAME = Pattern.compile("/?[a-zA-Z0-9_.-]+|(/[a-zA-Z0-9_.-]+)+");
  private static final Predicate<String> NUMBER = Pattern.compile("\\d{1,18}").asMatchPredicate();

  static ParameterReference parse(String raw) {
    List<String> parts = List.of(ParameterName.nameIn(raw.strip()).split(":", -1));
    if (parts.size() > 2) {
      throw AwsException.validation(
          "Invalid parameter name. Please use correct syntax for referencing a version/label "
              + " <name>:<version/label>");
    }
    String name = parts.getFirst();
    if (!NAME.matcher(name).matches()) {
      throw SsmErrors.badName();
    }
    return new ParameterReference(
        ParameterName.keyOf(name),
        parts.size() == 2 ? Optional.of(parts.getLast()) : Optional.empty());
  }

  /** Empty when the parameter exists but not in the version asked for. */
  Optional<ParameterVersion> in(StoredParameter parameter) {
    return selector
        .map(
            wanted ->
                NUMBER.test(wanted)
                    ? parameter.version(Long.parseLong(wanted))
                    : parameter.labelled(wanted))
        .orElseGet(() -> Optional.of(parameter.latest()));
  }
}
