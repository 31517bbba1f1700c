package dev.onward.store;

import dev.onward.plan.Words;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The time until which the current thread's cycle may read pages and begin writes. Past it the
 * cycle ends as failing. Calls in flight end by their own time-outs, and the bookkeeping that keeps
 * a write from being forgotten still runs.
 */
public final class CycleDeadline {
  private static final ScopedValue<CycleDeadline> CURRENT = ScopedValue.newInstance();

  private static final int INTERVALS = 10;

  /** Minimum, however short the interval: half of the time after which the liveness check fails. */
  private static final Duration SHORTEST = Duration.ofMinutes(5);

  private final Duration limit;
  private final LongSupplier nanoTime;
  private final long began;

  private CycleDeadline(Duration limit, LongSupplier nanoTime) {
    this.limit = limit;
    this.nanoTime = nanoTime;
    this.began = nanoTime.getAsLong();
  }

  /** The maximum duration of a cycle. */
  public static Duration limit(Duration interval) {
    Duration intervals = interval.multipliedBy(INTERVALS);
    return intervals.compareTo(SHORTEST) > 0 ? intervals : SHORTEST;
  }

  /** Runs work under a limit that starts now. */
  public static <T> T within(Duration limit, LongSupplier nanoTime, Supplier<T> work) {
    return ScopedValue.where(CURRENT, new CycleDeadline(limit, nanoTime)).call(work::get);
  }

  /** The failure of a cycle that is past its deadline; absent otherwise. */
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
                "the cycle took longer than %s and was stopped; the next one continues"
                    .formatted(Words.of(limit))));
  }
}
