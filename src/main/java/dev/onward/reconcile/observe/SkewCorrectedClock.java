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
 * The one clock for whatever is recorded or compared: this machine's time, corrected where it is
 * clearly not the store's. Parameters are dated by the store, soaking and settling are reckoned
 * from those dates, and every replica writes dates that the others read.
 *
 * <p>A listing says at which second the store answered. There are three witnesses: that answer,
 * this machine's clock, and what earlier answers lead to by a clock that never jumps, without this
 * machine's: else one slow answer, which leaves much open, would make of a wrong clock two
 * witnesses. An answer that agrees with one of the other two is believed. One that differs from
 * both, while these agree, is refused. Where no two agree, at the start of a process on a machine
 * whose clock is wrong say, the answer is believed once {@link #CONFIRMATIONS} in a row agree with
 * one another, unless it is further off than {@link #LARGEST_CORRECTION} or earlier than what the
 * store itself has dated.
 *
 * <p>From one listing to the next time is reckoned by the clock that never jumps, for a jump of
 * this machine's clock in the middle of a cycle would let gates pass that wait, and date what is
 * written by it.
 */
@Singleton
public final class SkewCorrectedClock implements InstantSource {
  /** What well-kept clocks differ by, and the second to which the store's answer is exact. */
  static final Duration TOLERANCE = Duration.ofSeconds(2);

  /** What the clocks of a store's servers differ by; their answers leave open what they must. */
  private static final Duration AMONG_ANSWERS = Duration.ofSeconds(1);

  /** More than the time zones of the world: a clock further off is for a person to put right. */
  static final Duration LARGEST_CORRECTION = Duration.ofDays(1);

  /** How many answers in a row it takes where no two witnesses agree. */
  static final int CONFIRMATIONS = 3;

  private static final Logger LOG = Logger.getLogger(SkewCorrectedClock.class);

  private final InstantSource own;
  private final LongSupplier nanoTime;
  private final Duration amongAnswers;
  private final AtomicLong refused = new AtomicLong();
  private volatile Optional<Moment> learned = Optional.empty();

  /** What believed answers leave open. */
  private Optional<TimeBounds> known = Optional.empty();

  /** What the last answers said that nothing else agrees with, and how many they were. */
  private Optional<TimeBounds> claimed = Optional.empty();

  private int claims;

  /** Whether the last date was not believed: that is logged when it begins and when it ends. */
  private boolean doubted;

  @Inject
  SkewCorrectedClock() {
    this(InstantSource.system(), System::nanoTime);
  }

  /**
   * @param own this machine's clock, which may jump
   * @param nanoTime one that never does
   */
  public SkewCorrectedClock(InstantSource own, LongSupplier nanoTime) {
    this(own, nanoTime, AMONG_ANSWERS);
  }

  /**
   * @param amongAnswers what the clocks of a store's servers differ by
   */
  SkewCorrectedClock(InstantSource own, LongSupplier nanoTime, Duration amongAnswers) {
    this.own = own;
    this.nanoTime = nanoTime;
    this.amongAnswers = amongAnswers;
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
   * The earliest that the store's time can have been by what its answers said: for a listing whose
   * own date is not known, since a machine's clock that is a bit ahead would end a quiet period
   * before its time.
   */
  synchronized Optional<Instant> earliest(Moment moment) {
    return known.map(time -> time.at(moment.nanos()).earliest());
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
    Instant machine = begun.at(now);
    var answer = TimeBounds.of(store, Duration.ofNanos(now - begun.nanos()), now);
    if (known.filter(earlier -> earlier.agreesWith(answer, amongAnswers)).isPresent()) {
      return believed(known.get().narrowedBy(answer), machine);
    }
    Optional<TimeBounds> earlier = known.map(time -> time.at(now));
    boolean outvoted = earlier.filter(time -> time.agreesWith(machine, TOLERANCE)).isPresent();
    // An answer that leaves much open agrees with many a clock: what the last ones said counts too.
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
              + " earlier answers lead to %s: dates are not believed until they agree again",
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

  /** A clock that is well kept is left as it is. */
  private Belief believed(TimeBounds time, Instant machine) {
    known = Optional.of(time);
    claimed = Optional.empty();
    if (doubted) {
      doubted = false;
      LOG.info("Clock: dates of Parameter Store's answers are believed again");
    }
    Instant corrected = time.agreesWith(machine, TOLERANCE) ? machine : time.nearestTo(machine);
    learned = Optional.of(new Moment(corrected, time.nanos()));
    return Belief.BELIEVED;
  }
}
