package dev.onward.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How values are said to people, and to machines that people configure. */
public final class Words {
  private Words() {}

  /** As logs, metrics and the API spell it: lower case. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The two largest units, such as {@code 1 h 5 min}. */
  public static String of(Duration duration) {
    Duration positive = duration.isNegative() ? Duration.ZERO : duration;
    var parts = new ArrayList<String>();
    add(parts, positive.toDays(), "d");
    add(parts, positive.toHoursPart(), "h");
    add(parts, positive.toMinutesPart(), "min");
    add(parts, positive.toSecondsPart(), "s");
    return parts.isEmpty() ? "0 s" : String.join(" ", parts.subList(0, Math.min(2, parts.size())));
  }

  /** Such as {@code 1 parameter} and {@code 2 parameters}. */
  public static String counted(int amount, String noun) {
    return amount + " " + noun + (amount == 1 ? "" : "s");
  }

  private static void add(List<String> parts, long amount, String unit) {
    if (amount > 0) {
      parts.add(amount + " " + unit);
    }
  }
}
