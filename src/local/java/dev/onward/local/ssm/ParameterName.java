package dev.onward.local.ssm;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name under which a parameter may be kept.
 *
 * @param value as it was given when the parameter was created, with a leading slash or, at the top
 *     level only, without
 */
record ParameterName(String value) {

  static final int MAX_LEVELS = 15;

  /** Counts the ARN up to the name, whose length varies with the Region. */
  static final int MAX_ARN_LENGTH = 1011;

  private static final Pattern CHARACTERS = Pattern.compile("[a-zA-Z0-9_.\\-/]+");
  private static final Pattern ARN =
      Pattern.compile("arn:[^:]+:ssm:[^:]*:\\d{12}:parameter(?<name>/.+)");

  /**
   * The key that sorts parameters into their hierarchy. {@code x} and {@code /x} share an ARN, and
   * so are one parameter.
   */
  String key() {
    return keyOf(value);
  }

  static String keyOf(String name) {
    return name.startsWith("/") ? name : "/" + name;
  }

  /** The name itself, whether a caller gave a name or an ARN. */
  static String nameIn(String nameOrArn) {
    Matcher arn = ARN.matcher(nameOrArn);
    return arn.matches() ? arn.group("name") : nameOrArn;
  }

  /**
   * Checks a name that a parameter is to be created or found under. Spaces around it are dropped,
   * as AWS does.
   */
  static ParameterName parse(String raw) {
    String name = raw.strip();
    if (!CHARACTERS.matcher(name).matches() || name.contains("//") || name.equals("/")) {
      throw SsmErrors.badName();
    }
    refuseReserved(name);
    if (name.indexOf('/') > 0) {
      throw SsmErrors.notFullyQualified();
    }
    if (name.endsWith("/")) {
      throw SsmErrors.trailingSlash();
    }
    if (levels(name) > MAX_LEVELS) {
      throw SsmErrors.tooManyLevels();
    }
    return new ParameterName(name);
  }

  private static void refuseReserved(String name) {
    String start = keyOf(name).toLowerCase(Locale.ROOT);
    boolean path = levels(name) > 1;
    if (start.startsWith("/ssm")) {
      throw path ? SsmErrors.badName() : SsmErrors.reservedPrefix();
    }
    if (start.startsWith("/aws")) {
      throw path ? SsmErrors.reservedName(name) : SsmErrors.reservedPrefix();
    }
  }

  private static long levels(String name) {
    return keyOf(name).chars().filter(c -> c == '/').count();
  }
}
