package dev.onward.reconcile;

import dev.onward.OnwardConfig;
import dev.onward.model.Source;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * When the labels and environments whose last action failed are tried again: one that cannot be
 * written does not slow its project's others down, and is not hammered either.
 */
final class TargetDelays {
  private final OnwardConfig config;
  private final LongSupplier nanoTime;
  private final Map<Source, Delay> delays = new HashMap<>();

  TargetDelays(OnwardConfig config, LongSupplier nanoTime) {
    this.config = config;
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
    long nanos = delay(failure, failures).toNanos();
    long jittered = nanos / 2 + ThreadLocalRandom.current().nextLong(nanos / 2 + 1);
    delays.put(target, new Delay(failure, failures + 1, nanoTime.getAsLong() + jittered));
  }

  void succeeded(Source target) {
    delays.remove(target);
  }

  /** A manifest that changed may have mended anything. */
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
      case STALLED -> config.backoff().stalled();
      case WAITING -> config.interval();
      case TRANSIENT -> {
        Duration doubled = config.interval().multipliedBy(1L << Math.min(failures, 10));
        Duration cap = config.backoff().maximum();
        yield doubled.compareTo(cap) < 0 ? doubled : cap;
      }
    };
  }
}
