package dev.onward.reconcile.observe;

import dev.onward.OnwardConfig;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The delay after a failure: a random half to all of the nominal delay, so that what failed
 * together is not retried together.
 *
 * @param random supplies the generator
 */
public record Backoff(OnwardConfig config, Supplier<? extends RandomGenerator> random) {
  private static final int MOST_DOUBLINGS = 10;

  public Backoff(OnwardConfig config) {
    this(config, ThreadLocalRandom::current);
  }

  /** The nominal delay doubles from the interval up to the maximum. */
  public Duration afterTransient(int failuresBefore) {
    Duration doubled =
        config.interval().multipliedBy(1L << Math.min(failuresBefore, MOST_DOUBLINGS));
    Duration cap = config.backoff().maximum();
    return jittered(doubled.compareTo(cap) < 0 ? doubled : cap);
  }

  public Duration afterStalled() {
    return jittered(config.backoff().stalled());
  }

  private Duration jittered(Duration delay) {
    long half = delay.toNanos() / 2;
    return Duration.ofNanos(half + random.get().nextLong(half + 1));
  }
}
