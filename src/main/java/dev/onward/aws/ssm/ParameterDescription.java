package dev.onward.aws.ssm;

/** Converts a text to a valid SSM parameter description. */
final class ParameterDescription {
  /** AWS's limit, in UTF-16 units: the strictest way to count its "1,024 characters". */
  static final int MAX_LENGTH = 1024;

  private static final char REPLACEMENT = '\uFFFD';

  private ParameterDescription() {}

  /**
   * Truncated at a code point boundary. Line breaks and other control characters become spaces,
   * unpaired surrogates the replacement character.
   */
  static String of(String text) {
    var description = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
    var codePoints = text.codePoints().iterator();
    while (codePoints.hasNext()) {
      int codePoint = presentable(codePoints.nextInt());
      if (description.length() + Character.charCount(codePoint) > MAX_LENGTH) {
        break;
      }
      description.appendCodePoint(codePoint);
    }
    return description.toString();
  }

  private static int presentable(int codePoint) {
    if (Character.isISOControl(codePoint)) {
      return ' ';
    }
    return Character.getType(codePoint) == Character.SURROGATE ? REPLACEMENT : codePoint;
  }
}
