package dev.onward.reconcile;

import dev.onward.OnwardConfig;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * A project's place in the loop: its memory, whether a cycle is under way, when the next is due.
 */
final class ProjectSlot {
  private final AtomicBoolean busy = new AtomicBoolean();
  private final OnwardConfig config;
  private final LongSupplier nanoTime;
  private final ProjectMemory memory;
  private int failures;
  private volatile long notBefore;
  private volatile boolean delayed;

  ProjectSlot(OnwardConfig config, LongSupplier nanoTime) {
    this.config = config;
    this.nanoTime = nanoTime;
    this.memory = new ProjectMemory(config, nanoTime);
  }

  ProjectMemory memory() {
    return memory;
  }

  /** Takes the slot for one cycle if it is free and due. */
  boolean take() {
    if (delayed && nanoTime.getAsLong() - notBefore < 0) {
      return false;
    }
    return busy.compareAndSet(false, true);
  }

  /** Frees the slot and decides when it is due again. */
  void release(CycleReport.Outcome outcome) {
    switch (outcome) {
      case SUCCEEDED, CONFLICT, PARTIAL -> {
        failures = 0;
        delayed = false;
      }
      case FAILED -> delay(backoff(failures++));
      case STALLED -> delay(config.backoff().stalled());
    }
    busy.set(false);
  }

  boolean isBusy() {
    return busy.get();
  }

  /** Doubles from the interval up to the cap. */
  private Duration backoff(int failuresBefore) {
    Duration doubled = config.interval().multipliedBy(1L << Math.min(failuresBefore, 10));
    Duration cap = config.backoff().maximum();
    return doubled.compareTo(cap) < 0 ? doubled : cap;
  }

  /** Half to all of the delay, so that projects that failed together do not come back together. */
  private void delay(Duration delay) {
    long nanos = delay.toNanos();
    notBefore =
        nanoTime.getAsLong() + nanos / 2 + ThreadLocalRandom.current().nextLong(nanos / 2 + 1);
    delayed = true;
  }
}
