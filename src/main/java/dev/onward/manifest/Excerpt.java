package dev.onward.manifest;

import java.util.Locale;

/** Text from a manifest, made fit for one log line. */
final class Excerpt {
  private static final int SHOWN = 120;

  private Excerpt() {}

  static String quoted(String text) {
    return "'" + of(text) + "'";
  }

  /** Cut to a readable length, with whatever could break or forge a line written as a code. */
  static String of(String text) {
    var shown = new StringBuilder();
    text.codePoints()
        .limit(SHOWN)
        .forEach(
            c -> {
              if (isPlain(c)) {
                shown.appendCodePoint(c);
              } else {
                shown.append(String.format(Locale.ROOT, "\\u%04x", c));
              }
            });
    return text.codePointCount(0, text.length()) > SHOWN
        ? shown.append('…').toString()
        : shown.toString();
  }

  /** No control character, line separator, invisible direction mark or lone surrogate. */
  private static boolean isPlain(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}
