package dev.onward.model;

import java.util.Locale;

/**
 * The rule shared by project, label, environment and service ids: each is one segment of an SSM
 * parameter name.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html">Parameter
 *     name constraints</a>
 */
final class PathSegment {
  /** Far below SSM's 1,011 characters for a whole name, so that four segments always fit. */
  static final int MAX_LENGTH = 200;

  private PathSegment() {}

  static String check(String kind, String value) {
    if (!isOne(value)) {
      throw new InvalidValueException(
          kind,
          value,
          "1 to %s letters, digits, '_', '.' or '-', not only dots".formatted(MAX_LENGTH));
    }
    return value;
  }

  /** Runs for every parameter of every listing, hence no regular expression. */
  private static boolean isOne(String value) {
    boolean onlyDots = true;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!isAllowed(c)) {
        return false;
      }
      onlyDots &= c == '.';
    }
    return !onlyDots && value.length() <= MAX_LENGTH;
  }

  private static boolean isAllowed(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '.'
        || c == '-';
  }

  /** A name's first segment may not begin with {@code aws} or {@code ssm}, in any case. */
  static String checkFirst(String kind, String value) {
    check(kind, value);
    String lower = value.toLowerCase(Locale.ROOT);
    if (lower.startsWith("aws") || lower.startsWith("ssm")) {
      throw new InvalidValueException(
          kind, value, "a name that does not begin with 'aws' or 'ssm', in any case");
    }
    return value;
  }
}
