package dev.onward.aws.ssm;

/** A text as SSM takes it for a parameter's description. */
final class ParameterDescription {
  /** AWS's limit, in UTF-16 units: the strictest way to count its "1,024 characters". */
  static final int MAX_LENGTH = 1024;

  private static final char REPLACEMENT = '\uFFFD';

  private ParameterDescription() {}

  /**
   * Cut to the limit between code points, so that no half of a character remains. Line breaks and
   * other control characters become spaces, halves of characters the replacement character.
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
