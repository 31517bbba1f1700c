package dev.onward.reconcile;

import dev.onward.model.Source;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * When the labels and environments whose last action failed are tried again: one that cannot be
 * written does not slow its project's others down, and is not hammered either.
 */
final class TargetDelays {
  private final RetryDelay retry;
  private final LongSupplier nanoTime;
  private final Map<Source, Delay> delays = new HashMap<>();

  TargetDelays(RetryDelay retry, LongSupplier nanoTime) {
    this.retry = retry;
    this.nanoTime = nanoTime;
  }

  private record Delay(Failure failure, int failures, long notBefore) {}

  boolean isDelayed(Source target) {
    Delay delay = delays.get(target);
    return delay != null && nanoTime.getAsLong() - delay.notBefore() < 0;
  }

  void failed(Source target, Failure failure) {
    Delay before = delays.get(target);
    int failures = before == null ? 0 : before.failures();
    long notBefore = nanoTime.getAsLong() + delay(failure, failures).toNanos();
    delays.put(target, new Delay(failure, failures + 1, notBefore));
  }

  void succeeded(Source target) {
    delays.remove(target);
  }

  void clear() {
    delays.clear();
  }

  /** A failure that still waits for its next try. */
  Optional<Failure> pending() {
    return delays.keySet().stream()
        .filter(this::isDelayed)
        .sorted()
        .findFirst()
        .flatMap(target -> Optional.ofNullable(delays.get(target)))
        .map(Delay::failure);
  }

  private Duration delay(Failure failure, int failures) {
    return switch (failure.kind()) {
      case STALLED -> retry.afterStalled();
      case WAITING, TRANSIENT -> retry.afterTransient(failures);
    };
  }
}
