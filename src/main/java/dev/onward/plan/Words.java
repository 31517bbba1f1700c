package dev.onward.plan;

import dev.onward.model.DurationFormat;
import java.time.Duration;
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
    return DurationFormat.of(duration);
  }

  /** Such as {@code 1 parameter} and {@code 2 parameters}. */
  public static String counted(int amount, String noun) {
    return amount + " " + noun + (amount == 1 ? "" : "s");
  }
}
