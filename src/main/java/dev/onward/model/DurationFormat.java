package dev.onward.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Formats durations for people. */
public final class DurationFormat {
  private DurationFormat() {}

  /** The two largest units, such as {@code 1 h 5 min}; {@code 0 s} for a negative duration. */
  public static String of(Duration duration) {
    Duration positive = duration.isNegative() ? Duration.ZERO : duration;
    var parts = new ArrayList<String>();
    add(parts, positive.toDays(), "d");
    add(parts, positive.toHoursPart(), "h");
    add(parts, positive.toMinutesPart(), "min");
    add(parts, positive.toSecondsPart(), "s");
    return parts.isEmpty() ? "0 s" : String.join(" ", parts.subList(0, Math.min(2, parts.size())));
  }

  private static void add(List<String> parts, long amount, String unit) {
    if (amount > 0) {
      parts.add(amount + " " + unit);
    }
  }
}
