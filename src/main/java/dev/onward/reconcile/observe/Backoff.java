package dev.onward.reconcile.observe;

import dev.onward.OnwardConfig;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * How long to wait after a failure: half to all of the delay that is meant, so that what failed
 * together does not come back together.
 *
 * @param random the luck of the draw
 */
public record Backoff(OnwardConfig config, Supplier<? extends RandomGenerator> random) {
  private static final int MOST_DOUBLINGS = 10;

  public Backoff(OnwardConfig config) {
    this(config, ThreadLocalRandom::current);
  }

  /** The meant delay doubles from the interval up to the cap. */
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
