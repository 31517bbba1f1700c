package dev.onward.model;

import java.util.Locale;

/** What a reader can see of a text. Both questions are Unicode's, not those of ASCII alone. */
public final class PrintableText {
  /** Joiners that emoji and some scripts are written with. */
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;

  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private PrintableText() {}

  /**
   * A text from outside as one line can show it: what nobody would see, or what could forge or
   * reorder the line, is written as its code, so that a refused value that looks right shows why.
   *
   * @param shown how many characters are shown at most; an ellipsis stands for the rest
   */
  public static String of(String text, int shown) {
    var visible = new StringBuilder();
    text.codePoints()
        .limit(shown)
        .forEach(
            c ->
                visible.append(
                    isShown(c) ? Character.toString(c) : String.format(Locale.ROOT, "\\u%04x", c)));
    return text.codePointCount(0, text.length()) > shown
        ? visible.append('…').toString()
        : visible.toString();
  }

  private static boolean isShown(int character) {
    return character == ' '
        || !(showsNothing(character)
            || isVariationSelector(character)
            || Character.getType(character) == Character.PRIVATE_USE
            || Character.getType(character) == Character.UNASSIGNED);
  }

  private static boolean isVariationSelector(int character) {
    return (character >= 0xfe00 && character <= 0xfe0f)
        || (character >= 0xe0100 && character <= 0xe01ef);
  }

  /** Whether there is nothing to be seen, such as a no-break space alone. */
  public static boolean isBlank(String text) {
    return text.codePoints().allMatch(PrintableText::showsNothing);
  }

  /**
   * Whether a text is one line that reads as it is written: no control character, no line break,
   * and none of the characters that turn the direction of what follows them (U+202E and its kin).
   */
  public static boolean isOneLine(String text) {
    return text.codePoints()
        .allMatch(
            character ->
                character == ZERO_WIDTH_JOINER
                    || character == ZERO_WIDTH_NON_JOINER
                    || !isInvisible(character));
  }

  /** Control and format characters, line separators and halves of a character. */
  public static boolean isInvisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static boolean showsNothing(int character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || isInvisible(character)
        || isFiller(character);
  }

  /** Letters, marks and symbols to Unicode, and empty space to whoever reads them. */
  private static boolean isFiller(int character) {
    return switch (character) {
      case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
      default -> false;
    };
  }
}
