package dev.onward.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * This machine's time, corrected where it is clearly not the store's. Parameters are dated by the
 * store, soaking and settling are reckoned from those dates, and every replica writes dates that
 * the others read: one clock must rule them all.
 *
 * <p>A listing says at which second the store answered. As long as that lies between the moments
 * before and after the listing, give or take the tolerance, this machine's clock is as good; else
 * it is moved by the least that makes it fit. From one listing to the next time is reckoned by a
 * clock that never jumps, for a jump of this machine's clock in the middle of a cycle would let
 * gates pass that wait, and date what is written by it.
 */
final class StoreClock implements InstantSource {
  /** What well-kept clocks differ by, and the second to which the store's answer is exact. */
  static final Duration TOLERANCE = Duration.ofSeconds(2);

  private final InstantSource own;
  private final LongSupplier nanoTime;
  private volatile Optional<Moment> learned = Optional.empty();

  /**
   * @param own this machine's clock, which may jump
   * @param nanoTime one that never does
   */
  StoreClock(InstantSource own, LongSupplier nanoTime) {
    this.own = own;
    this.nanoTime = nanoTime;
  }

  /** A moment by a clock that may jump, and by the one that never does. */
  record Moment(Instant wall, long nanos) {
    Instant at(long later) {
      return wall.plusNanos(later - nanos);
    }
  }

  @Override
  public Instant instant() {
    return learned.map(moment -> moment.at(nanoTime.getAsLong())).orElseGet(own::instant);
  }

  /** When a listing begins, by this machine's own time: for {@link #learn}. */
  Moment begin() {
    return new Moment(own.instant(), nanoTime.getAsLong());
  }

  /** How long ago that was. */
  Duration since(Moment begun) {
    return Duration.ofNanos(nanoTime.getAsLong() - begun.nanos());
  }

  /**
   * Takes note of a listing that is complete now.
   *
   * @param begun when it began
   * @param store the store's time since then
   */
  void learn(Moment begun, Instant store) {
    long nanos = nanoTime.getAsLong();
    Instant after = begun.at(nanos);
    if (store.isAfter(after.plus(TOLERANCE))) {
      after = store;
    } else if (store.isBefore(begun.wall().minus(TOLERANCE))) {
      after = store.plusNanos(nanos - begun.nanos());
    }
    learned = Optional.of(new Moment(after, nanos));
  }
}
