package dev.onward.reconcile.observe;

import dev.onward.model.Source;
import dev.onward.store.Failure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * When labels and environments whose last action failed are retried: one that cannot be written
 * does not delay the project's others, and is not retried constantly either.
 */
public final class TargetBackoff {
  private final Backoff retry;
  private final LongSupplier nanoTime;
  private final Map<Source, Delay> delays = new HashMap<>();

  TargetBackoff(Backoff retry, LongSupplier nanoTime) {
    this.retry = retry;
    this.nanoTime = nanoTime;
  }

  private record Delay(Failure failure, int failures, long notBefore) {}

  public boolean isDelayed(Source target) {
    Delay delay = delays.get(target);
    return delay != null && nanoTime.getAsLong() - delay.notBefore() < 0;
  }

  public void failed(Source target, Failure failure) {
    Delay before = delays.get(target);
    int failures = before == null ? 0 : before.failures();
    long notBefore = nanoTime.getAsLong() + delay(failure, failures).toNanos();
    delays.put(target, new Delay(failure, failures + 1, notBefore));
  }

  public void succeeded(Source target) {
    delays.remove(target);
  }

  public void clear() {
    delays.clear();
  }

  /** A failure that still waits for its retry. */
  public Optional<Failure> pending() {
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
