package dev.onward.model;

import java.util.Locale;

/** Makes external text safe to display. Classification follows Unicode, not only ASCII. */
public final class PrintableText {
  /** Joiners that emoji and some scripts are written with. */
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;

  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private PrintableText() {}

  /**
   * Renders external text on one line: invisible characters, and those that could forge or reorder
   * the line, are escaped, so that a rejected value that looks right shows why it was rejected.
   *
   * @param shown maximum number of characters shown; an ellipsis replaces the rest
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

  /** Whether the text has no visible character, such as a single no-break space. */
  public static boolean isBlank(String text) {
    return text.codePoints().allMatch(PrintableText::showsNothing);
  }

  /**
   * Whether the text is a single line that displays as written: no control character, no line
   * break, and no bidirectional control character (U+202E and similar).
   */
  public static boolean isOneLine(String text) {
    return text.codePoints()
        .allMatch(
            character ->
                character == ZERO_WIDTH_JOINER
                    || character == ZERO_WIDTH_NON_JOINER
                    || !isInvisible(character));
  }

  /** Control and format characters, line separators and unpaired surrogates. */
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

  /** Characters that Unicode classifies as marks or symbols but that render as blank. */
  private static boolean isFiller(int character) {
    return switch (character) {
      case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
      default -> false;
    };
  }
}
