package dev.onward.reconcile.observe;

import java.time.Duration;
import java.time.Instant;

/**
 * Between which instants the store's time lies, as an answer leaves it open: it is dated to the
 * second, and came at some moment of the call.
 *
 * @param nanos when this is so, by a clock that never jumps
 */
record TimeBounds(Instant earliest, Instant latest, long nanos) {
  private static final Duration PRECISION = Duration.ofSeconds(1);

  /**
   * Right after a call.
   *
   * @param dated what its answer is dated
   * @param took how long the call took, the answer's age at most
   */
  static TimeBounds of(Instant dated, Duration took, long nanos) {
    return new TimeBounds(dated, dated.plus(PRECISION).plus(took), nanos);
  }

  TimeBounds at(long later) {
    return new TimeBounds(
        earliest.plusNanos(later - nanos), latest.plusNanos(later - nanos), later);
  }

  /** What both leave open at the later one's time; the later one alone if that is nothing. */
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

  /** The possible time that differs least from another. */
  Instant nearestTo(Instant time) {
    if (time.isBefore(earliest)) {
      return earliest;
    }
    return time.isAfter(latest) ? latest : time;
  }
}
