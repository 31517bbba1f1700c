package dev.onward.reconcile.observe;

import java.time.Duration;
import java.time.Instant;

/**
 * The interval that contains the store's time according to an answer, which is dated to the second
 * and arrived at some time during the call.
 *
 * @param nanos the corresponding time of the monotonic clock
 */
record TimeBounds(Instant earliest, Instant latest, long nanos) {
  private static final Duration PRECISION = Duration.ofSeconds(1);

  /**
   * The interval after a call.
   *
   * @param dated the answer's date
   * @param took the duration of the call, the maximum age of the answer
   */
  static TimeBounds of(Instant dated, Duration took, long nanos) {
    return new TimeBounds(dated, dated.plus(PRECISION).plus(took), nanos);
  }

  TimeBounds at(long later) {
    return new TimeBounds(
        earliest.plusNanos(later - nanos), latest.plusNanos(later - nanos), later);
  }

  /** The intersection at the later one's time; the later one alone if it is empty. */
  TimeBounds narrowedBy(TimeBounds later) {
    TimeBounds mine = at(later.nanos);
    Instant from = mine.earliest.isAfter(later.earliest) ? mine.earliest : later.earliest;
    Instant to = mine.latest.isBefore(later.latest) ? mine.latest : later.latest;
    return from.isAfter(to) ? later : new TimeBounds(from, to, later.nanos);
  }

  boolean agreesWith(TimeBounds later, Duration tolerance) {
    TimeBounds mine = at(later.nanos);
    return !mine.earliest.isAfter(later.latest.plus(tolerance))
        && !later.earliest.isAfter(mine.latest.plus(tolerance));
  }

  boolean agreesWith(Instant time, Duration tolerance) {
    return !time.isBefore(earliest.minus(tolerance)) && !time.isAfter(latest.plus(tolerance));
  }

  /** The time within the interval that is closest to another. */
  Instant nearestTo(Instant time) {
    if (time.isBefore(earliest)) {
      return earliest;
    }
    return time.isAfter(latest) ? latest : time;
  }
}
