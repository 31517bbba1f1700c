package dev.onward.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * This machine's time, corrected where it is clearly not the store's. Parameters are dated by the
 * store, soaking and settling are reckoned from those dates, and every replica writes dates that
 * the others read: one clock must rule them all.
 *
 * <p>A listing says at which second the store answered. As long as that lies between the moments
 * before and after the listing, give or take the tolerance, this machine's clock is as good; else
 * it is moved by the least that makes it fit.
 */
final class StoreClock implements InstantSource {
  /** What well-kept clocks differ by, and the second to which the store's answer is exact. */
  static final Duration TOLERANCE = Duration.ofSeconds(2);

  private final InstantSource own;
  private volatile Duration correction = Duration.ZERO;

  StoreClock(InstantSource own) {
    this.own = own;
  }

  @Override
  public Instant instant() {
    return own.instant().plus(correction);
  }

  /** This machine's own time, for {@link #learn}. */
  Instant ownInstant() {
    return own.instant();
  }

  /**
   * Takes note of a listing.
   *
   * @param before this machine's own time when it began
   * @param after and when it was complete
   * @param store the store's time in between
   */
  void learn(Instant before, Instant after, Instant store) {
    if (store.isAfter(after.plus(TOLERANCE))) {
      correction = Duration.between(after, store);
    } else if (store.isBefore(before.minus(TOLERANCE))) {
      correction = Duration.between(before, store);
    } else {
      correction = Duration.ZERO;
    }
  }
}
