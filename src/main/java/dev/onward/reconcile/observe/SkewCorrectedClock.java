package dev.onward.reconcile.observe;

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
 * The single clock for everything recorded or compared: this machine's time, corrected where it
 * clearly differs from the store's. The store dates parameters, soak and quiet periods are computed
 * from those dates, and every replica writes dates that the others read.
 *
 * <p>A listing shows the second at which the store answered. There are three sources: that answer,
 * this machine's clock, and the time extrapolated from earlier answers by the monotonic clock. The
 * extrapolation does not use this machine's clock, since otherwise one slow answer, which leaves a
 * wide interval, would turn a wrong clock into two agreeing sources. An answer that agrees with one
 * of the other two is trusted. One that differs from both, while these agree, is rejected. If no
 * two agree, for example at the start of a process on a machine with a wrong clock, the answer is
 * trusted once {@link #CONFIRMATIONS} in a row agree with one another, unless it is further off
 * than {@link #LARGEST_CORRECTION} or earlier than a date the store itself has set.
 *
 * <p>Between listings the time is extrapolated by the monotonic clock: a jump of this machine's
 * clock within a cycle would let holding gates pass, and date the cycle's writes wrongly.
 */
@Singleton
public final class SkewCorrectedClock implements InstantSource {
  /** How far well-kept clocks differ, plus the second to which the store's answer is exact. */
  static final Duration TOLERANCE = Duration.ofSeconds(2);

  /**
   * How far the clocks of a store's servers differ; in addition to the interval that an answer
   * leaves.
   */
  private static final Duration AMONG_ANSWERS = Duration.ofSeconds(1);

  /**
   * More than the span of the world's time zones: a clock that is further off must be corrected by
   * an operator.
   */
  static final Duration LARGEST_CORRECTION = Duration.ofDays(1);

  /** How many answers in a row are needed where no two sources agree. */
  static final int CONFIRMATIONS = 3;

  private static final Logger LOG = Logger.getLogger(SkewCorrectedClock.class);

  private final InstantSource own;
  private final LongSupplier nanoTime;
  private final Duration amongAnswers;
  private final AtomicLong refused = new AtomicLong();
  private volatile Optional<Moment> learned = Optional.empty();

  /** The interval left by the trusted answers. */
  private Optional<TimeBounds> known = Optional.empty();

  /** What the last answers without another agreeing source said, and how many they were. */
  private Optional<TimeBounds> claimed = Optional.empty();

  private int claims;

  /** Whether the last date was rejected: the change of this is logged. */
  private boolean doubted;

  @Inject
  SkewCorrectedClock() {
    this(InstantSource.system(), System::nanoTime);
  }

  /**
   * @param own this machine's clock, which may jump
   * @param nanoTime the monotonic clock
   */
  public SkewCorrectedClock(InstantSource own, LongSupplier nanoTime) {
    this(own, nanoTime, AMONG_ANSWERS);
  }

  /**
   * @param amongAnswers how far the clocks of a store's servers differ
   */
  SkewCorrectedClock(InstantSource own, LongSupplier nanoTime, Duration amongAnswers) {
    this.own = own;
    this.nanoTime = nanoTime;
    this.amongAnswers = amongAnswers;
  }

  /** A time by a clock that may jump, and by the monotonic one. */
  record Moment(Instant wall, long nanos) {
    Instant at(long later) {
      return wall.plusNanos(later - nanos);
    }
  }

  /** How an answer's date was judged. */
  enum Belief {
    BELIEVED,
    /** Two sources contradict it: time continues without it. */
    REFUSED,
    /** No two sources agree: the time is unknown. */
    UNDECIDED
  }

  @Override
  public Instant instant() {
    return learned.map(moment -> moment.at(nanoTime.getAsLong())).orElseGet(own::instant);
  }

  /** How many answers were rejected. */
  public long refused() {
    return refused.get();
  }

  /** The start of a listing, by this machine's own clock: for {@link #learn}. */
  Moment begin() {
    return new Moment(own.instant(), nanoTime.getAsLong());
  }

  /** The time elapsed since then. */
  Duration since(Moment begun) {
    return Duration.ofNanos(nanoTime.getAsLong() - begun.nanos());
  }

  /**
   * The earliest that the store's time can have been according to its answers: for a listing
   * without a date of its own, as a clock that is slightly ahead would end a quiet period early.
   */
  synchronized Optional<Instant> earliest(Moment moment) {
    return known.map(time -> time.at(moment.nanos()).earliest());
  }

  /**
   * Records a completed listing.
   *
   * @param begun when it began
   * @param store the store's time since then, as the answer reports it
   * @param newest the latest date among the listed parameters
   */
  synchronized Belief learn(Moment begun, Instant store, Optional<Instant> newest) {
    long now = nanoTime.getAsLong();
    Instant machine = begun.at(now);
    var answer = TimeBounds.of(store, Duration.ofNanos(now - begun.nanos()), now);
    if (known.filter(earlier -> earlier.agreesWith(answer, amongAnswers)).isPresent()) {
      return believed(known.get().narrowedBy(answer), machine);
    }
    Optional<TimeBounds> earlier = known.map(time -> time.at(now));
    boolean outvoted = earlier.filter(time -> time.agreesWith(machine, TOLERANCE)).isPresent();
    // An answer that leaves a wide interval agrees with many clocks: the previous ones are used,
    // too.
    TimeBounds said =
        claimed
            .filter(before -> before.agreesWith(answer, amongAnswers))
            .map(before -> before.narrowedBy(answer))
            .orElse(answer);
    if (!outvoted && said.agreesWith(machine, TOLERANCE)) {
      return believed(said, machine);
    }
    refused.incrementAndGet();
    Belief belief = outvoted ? Belief.REFUSED : claimed(answer, machine, newest);
    if (belief != Belief.BELIEVED && !doubted) {
      doubted = true;
      LOG.warnf(
          "Clock: an answer of Parameter Store is dated %s, while this machine's clock says %s and"
              + " earlier answers imply %s: dates are rejected until they agree again",
          store,
          machine,
          earlier.map(time -> time.nearestTo(machine).toString()).orElse("nothing yet"));
    }
    return belief;
  }

  private Belief claimed(TimeBounds answer, Instant machine, Optional<Instant> newest) {
    boolean possible =
        answer.agreesWith(machine, LARGEST_CORRECTION)
            && newest.filter(date -> answer.earliest().plus(TOLERANCE).isBefore(date)).isEmpty();
    if (!possible) {
      claimed = Optional.empty();
      return Belief.UNDECIDED;
    }
    boolean again = claimed.filter(before -> before.agreesWith(answer, amongAnswers)).isPresent();
    claims = again ? claims + 1 : 1;
    TimeBounds time = again ? claimed.get().narrowedBy(answer) : answer;
    claimed = Optional.of(time);
    return claims < CONFIRMATIONS ? Belief.UNDECIDED : believed(time, machine);
  }

  /** A clock that is right is left uncorrected. */
  private Belief believed(TimeBounds time, Instant machine) {
    known = Optional.of(time);
    claimed = Optional.empty();
    if (doubted) {
      doubted = false;
      LOG.info("Clock: dates of Parameter Store's answers are trusted again");
    }
    Instant corrected = time.agreesWith(machine, TOLERANCE) ? machine : time.nearestTo(machine);
    learned = Optional.of(new Moment(corrected, time.nanos()));
    return Belief.BELIEVED;
  }
}
