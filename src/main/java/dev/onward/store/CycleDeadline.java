package dev.onward.store;

import dev.onward.plan.Words;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Until when the cycle of this thread may go on reading pages and beginning writes. Past it the
 * cycle ends as a failing one. Calls that are under way end by their own time-outs, and what makes
 * sure that a write is not forgotten is still done.
 */
public final class CycleDeadline {
  private static final ScopedValue<CycleDeadline> CURRENT = ScopedValue.newInstance();

  private static final int INTERVALS = 10;

  /** However short the interval. Half of what liveness waits before it calls for a restart. */
  private static final Duration SHORTEST = Duration.ofMinutes(5);

  private final Duration limit;
  private final LongSupplier nanoTime;
  private final long began;

  private CycleDeadline(Duration limit, LongSupplier nanoTime) {
    this.limit = limit;
    this.nanoTime = nanoTime;
    this.began = nanoTime.getAsLong();
  }

  /** How long a cycle may take. */
  public static Duration limit(Duration interval) {
    Duration intervals = interval.multipliedBy(INTERVALS);
    return intervals.compareTo(SHORTEST) > 0 ? intervals : SHORTEST;
  }

  /** Does some work within the limit, from now on. */
  public static <T> T within(Duration limit, LongSupplier nanoTime, Supplier<T> work) {
    return ScopedValue.where(CURRENT, new CycleDeadline(limit, nanoTime)).call(work::get);
  }

  /** What is said of a cycle that is past its deadline; absent of all others. */
  public static Optional<Failure> passed() {
    return Optional.of(CURRENT)
        .filter(ScopedValue::isBound)
        .map(ScopedValue::get)
        .flatMap(CycleDeadline::failure);
  }

  /** Throws {@link StoreException} past the deadline. */
  public static void check() {
    passed()
        .ifPresent(
            failure -> {
              throw new StoreException(failure);
            });
  }

  private Optional<Failure> failure() {
    return nanoTime.getAsLong() - began < limit.toNanos()
        ? Optional.empty()
        : Optional.of(
            Failure.transientOne(
                "the cycle took longer than %s and was ended; the next one goes on"
                    .formatted(Words.of(limit))));
  }
}
