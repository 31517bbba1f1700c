package dev.onward.reconcile;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * The one clock for whatever is recorded or compared: this machine's time, corrected where it is
 * clearly not the store's. Parameters are dated by the store, soaking and settling are reckoned
 * from those dates, and every replica writes dates that the others read.
 *
 * <p>A listing says at which second the store answered. There are three witnesses: that answer,
 * this machine's clock, and what earlier answers lead to by a clock that never jumps. An answer
 * that agrees with one of the other two is believed. One that differs from both, while these agree,
 * is refused. Where no two agree, at the start of a process on a machine whose clock is wrong say,
 * the answer is believed once {@link #CONFIRMATIONS} in a row agree with one another, unless it is
 * further off than {@link #LARGEST_CORRECTION} or earlier than what the store itself has dated.
 *
 * <p>From one listing to the next time is reckoned by the clock that never jumps, for a jump of
 * this machine's clock in the middle of a cycle would let gates pass that wait, and date what is
 * written by it.
 */
@Singleton
public final class StoreClock implements InstantSource {
  /** What well-kept clocks differ by, and the second to which the store's answer is exact. */
  static final Duration TOLERANCE = Duration.ofSeconds(2);

  /** More than the time zones of the world: a clock further off is for a person to put right. */
  static final Duration LARGEST_CORRECTION = Duration.ofDays(1);

  /** How many answers in a row it takes where no two witnesses agree. */
  static final int CONFIRMATIONS = 3;

  private static final Logger LOG = Logger.getLogger(StoreClock.class);

  private final InstantSource own;
  private final LongSupplier nanoTime;
  private final AtomicLong refused = new AtomicLong();
  private volatile Optional<Moment> learned = Optional.empty();

  /** What the last answers said that nothing else agrees with, and how many they were. */
  private Optional<Moment> claimed = Optional.empty();

  private int claims;

  @Inject
  StoreClock() {
    this(InstantSource.system(), System::nanoTime);
  }

  /**
   * @param own this machine's clock, which may jump
   * @param nanoTime one that never does
   */
  public StoreClock(InstantSource own, LongSupplier nanoTime) {
    this.own = own;
    this.nanoTime = nanoTime;
  }

  /** A moment by a clock that may jump, and by the one that never does. */
  record Moment(Instant wall, long nanos) {
    Instant at(long later) {
      return wall.plusNanos(later - nanos);
    }
  }

  /** What became of an answer's date. */
  enum Belief {
    BELIEVED,
    /** Two witnesses are against it: time goes on without it. */
    REFUSED,
    /** No two witnesses agree: nobody knows the time. */
    UNDECIDED
  }

  @Override
  public Instant instant() {
    return learned.map(moment -> moment.at(nanoTime.getAsLong())).orElseGet(own::instant);
  }

  /** How many answers were not believed. */
  public long refused() {
    return refused.get();
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
   * @param store the store's time since then, as the listing's answer has it
   * @param newest what the store has dated last, of what was listed
   */
  synchronized Belief learn(Moment begun, Instant store, Optional<Instant> newest) {
    long now = nanoTime.getAsLong();
    if (fits(store, begun, begun, now)) {
      return believed(begun.at(now), now);
    }
    Optional<Moment> known = learned;
    if (known.isPresent() && fits(store, known.get(), begun, now)) {
      return believed(nearest(known.get().at(now), store, begun, now), now);
    }
    refused.incrementAndGet();
    boolean outvoted = known.isPresent() && isSame(known.get().at(begun.nanos()), begun.wall());
    Belief belief = outvoted ? Belief.REFUSED : claimed(begun, store, newest, now);
    if (belief != Belief.BELIEVED) {
      LOG.warnf(
          "Clock: an answer of Parameter Store is dated %s, while this machine's clock says %s and"
              + " earlier answers lead to %s: the date is not believed",
          store,
          begun.wall(),
          known.map(moment -> moment.at(begun.nanos()).toString()).orElse("nothing yet"));
    }
    return belief;
  }

  private Belief claimed(Moment begun, Instant store, Optional<Instant> newest, long now) {
    boolean possible =
        Duration.between(begun.wall(), store).abs().compareTo(LARGEST_CORRECTION) <= 0
            && newest.filter(date -> store.plus(TOLERANCE).isBefore(date)).isEmpty();
    if (!possible) {
      claimed = Optional.empty();
      return Belief.UNDECIDED;
    }
    claims = claimed.filter(moment -> fits(store, moment, begun, now)).isPresent() ? claims + 1 : 1;
    Instant time = nearest(begun.at(now), store, begun, now);
    claimed = Optional.of(new Moment(time, now));
    return claims < CONFIRMATIONS ? Belief.UNDECIDED : believed(time, now);
  }

  private Belief believed(Instant time, long now) {
    learned = Optional.of(new Moment(time, now));
    claimed = Optional.empty();
    return Belief.BELIEVED;
  }

  /** Whether the store can have answered between the listing's beginning and now, by a clock. */
  private static boolean fits(Instant store, Moment clock, Moment begun, long now) {
    return !store.isAfter(clock.at(now).plus(TOLERANCE))
        && !store.isBefore(clock.at(begun.nanos()).minus(TOLERANCE));
  }

  /** The time now that is possible by the store's answer and differs least from another. */
  private static Instant nearest(Instant time, Instant store, Moment begun, long now) {
    Instant latest = store.plusSeconds(1).plusNanos(now - begun.nanos());
    if (time.isBefore(store)) {
      return store;
    }
    return time.isAfter(latest) ? latest : time;
  }

  private static boolean isSame(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(TOLERANCE) <= 0;
  }
}
