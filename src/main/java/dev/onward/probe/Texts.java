package dev.onward.probe;

import java.math.BigDecimal;
import java.time.Duration;

/** Formats values for results. External text is truncated and kept on one line. */
final class Texts {
  private static final int SHOWN = 200;

  /** Within this range a bound is written without an exponent. */
  private static final double SMALLEST_PLAIN = 1e-9;

  private static final double LARGEST_PLAIN = 1e15;

  private Texts() {}

  static String excerpt(String text) {
    var shown = new StringBuilder();
    text.codePoints().limit(SHOWN).forEach(c -> shown.appendCodePoint(isPlain(c) ? c : ' '));
    return text.codePointCount(0, text.length()) > SHOWN
        ? shown.append('…').toString()
        : shown.toString();
  }

  static String quoted(String text) {
    return "'" + excerpt(text) + "'";
  }

  static String of(Duration duration) {
    boolean wholeSeconds = duration.toMillisPart() == 0;
    return wholeSeconds ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
  }

  static String of(double number) {
    double size = Math.abs(number);
    boolean plain = number == 0 || (size >= SMALLEST_PLAIN && size < LARGEST_PLAIN);
    return plain
        ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
        : Double.toString(number);
  }

  /** Excludes control characters, line separators, bidirectional controls and lone surrogates. */
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
