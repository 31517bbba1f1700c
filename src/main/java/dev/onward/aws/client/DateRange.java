package dev.onward.aws.client;

import java.time.Instant;

/**
 * The dates that Onward works with: years of four digits, because dates are compared as texts and
 * calculated with in nanoseconds.
 */
public final class DateRange {
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private DateRange() {}

  /** Whether it is within the years 1 to 9999. */
  public static boolean contains(Instant instant) {
    return !instant.isBefore(EARLIEST) && !instant.isAfter(LATEST);
  }
}
