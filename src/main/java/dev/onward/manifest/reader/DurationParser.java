package dev.onward.manifest.reader;

import dev.onward.model.InvalidValueException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as manifests and requests write them: {@code 30s}, {@code 1h30m}, {@code PT10M}, {@code
 * 0}.
 */
public final class DurationParser {
  public static final String ALLOWED = "a duration such as 30s, 10m, 1h30m, 1d or PT10M";

  /** Keeps every instant that is reckoned from one far from the end of time. */
  static final Duration MAXIMUM = Duration.ofDays(366);

  private static final Pattern UNITS =
      Pattern.compile(
          "(?:(?<d>\\d{1,9})d)?(?:(?<h>\\d{1,9})h)?(?:(?<m>\\d{1,9})m)?(?:(?<s>\\d{1,9})s)?");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  private DurationParser() {}

  static Duration parse(String text) {
    return parse(text, MAXIMUM);
  }

  /**
   * Throws {@link InvalidValueException} for what is none, or longer than allowed.
   *
   * @param longest in whole days
   */
  public static Duration parse(String text, Duration longest) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    if (NUMBER.matcher(text).matches()) {
      throw invalid(text, "a duration with its unit: %1$ss, %1$sm, %1$sh or %1$sd".formatted(text));
    }
    Duration duration = text.startsWith("P") ? iso(text) : units(text);
    if (duration.isNegative() || duration.compareTo(longest) > 0) {
      throw invalid(text, "a duration from 0s to %sd".formatted(longest.toDays()));
    }
    return duration;
  }

  static Duration positive(String text) {
    return positive(text, MAXIMUM);
  }

  /** The same of one that is longer than nothing. */
  public static Duration positive(String text, Duration longest) {
    Duration duration = parse(text, longest);
    if (duration.isZero()) {
      throw invalid(text, "a duration longer than 0s");
    }
    return duration;
  }

  /**
   * A duration within bounds.
   *
   * @param range the bounds, for people
   */
  static Duration parse(String text, Duration least, Duration most, String range) {
    Duration duration = parse(text);
    if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
      throw invalid(text, "a duration from " + range);
    }
    return duration;
  }

  private static Duration units(String text) {
    Matcher parts = UNITS.matcher(text);
    if (text.isEmpty() || !parts.matches()) {
      throw invalid(text, ALLOWED);
    }
    return Duration.ofDays(amount(parts, "d"))
        .plusHours(amount(parts, "h"))
        .plusMinutes(amount(parts, "m"))
        .plusSeconds(amount(parts, "s"));
  }

  private static long amount(Matcher parts, String unit) {
    String amount = parts.group(unit);
    return amount == null ? 0 : Long.parseLong(amount);
  }

  private static Duration iso(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw invalid(text, ALLOWED);
    }
  }

  private static InvalidValueException invalid(String text, String allowed) {
    return new InvalidValueException("duration", text, allowed);
  }
}
