package dev.onward.reconcile;

import dev.onward.OnwardConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * A project's place in the loop: its memory, whether a cycle is under way, when the next is due.
 */
final class ProjectSlot {
  private final RetryDelay retry;
  private final LongSupplier nanoTime;
  private final ProjectMemory memory;
  private boolean busy;
  private Optional<Long> begunAt = Optional.empty();
  private boolean renewed;
  private int failures;
  private Optional<Long> notBefore = Optional.empty();

  /** Of its own: a listener that takes its time must not hold up who asks about the slot. */
  private final ReentrantLock news = new ReentrantLock();

  private boolean wanted;

  ProjectSlot(OnwardConfig config, LongSupplier nanoTime) {
    this.retry = new RetryDelay(config);
    this.nanoTime = nanoTime;
    this.memory = new ProjectMemory(config, nanoTime);
  }

  ProjectMemory memory() {
    return memory;
  }

  /**
   * Takes the slot for what a person asks for, due or not, as soon as the cycle under way is over.
   *
   * @return whether it could be had in time
   */
  synchronized boolean takeFor(Duration patience) throws InterruptedException {
    if (!awaitFree(patience)) {
      return false;
    }
    busy = true;
    return true;
  }

  /** Waits until no cycle is under way; whether that came about in time. */
  synchronized boolean awaitFree(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    for (long left = patience.toNanos(); busy; left = deadline - System.nanoTime()) {
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }

  /** Takes the slot for one cycle if it is free and due. */
  synchronized boolean take() {
    if (busy || notBefore.filter(at -> nanoTime.getAsLong() - at < 0).isPresent()) {
      return false;
    }
    busy = true;
    return true;
  }

  /** The cycle begins; whatever manifest it reads after this is no news to it. */
  void begin() {
    synchronized (this) {
      begunAt = Optional.of(nanoTime.getAsLong());
      renewed = false;
    }
    news.lock();
    try {
      wanted = true;
    } finally {
      news.unlock();
    }
  }

  /** Frees the slot and decides when it is due again. */
  void release(CycleReport.Outcome outcome) {
    release(outcome, Duration.ZERO);
  }

  /**
   * @param rest how long it is to rest in any case, unless something new came up
   */
  synchronized void release(CycleReport.Outcome outcome, Duration rest) {
    if (renewed) {
      // What the cycle found says nothing about the manifest that came meanwhile.
      renew();
    } else {
      switch (outcome) {
        case SUCCEEDED, CONFLICT, PARTIAL -> {
          renew();
          delay(rest);
        }
        case FAILED -> delay(longer(rest, retry.afterTransient(failures++)));
        case STALLED -> delay(longer(rest, retry.afterStalled()));
      }
    }
    giveBack();
  }

  /** Frees the slot: no cycle came about. */
  synchronized void giveBack() {
    busy = false;
    begunAt = Optional.empty();
    notifyAll();
  }

  /** Due at once: earlier failures no longer count. */
  synchronized void renew() {
    failures = 0;
    notBefore = Optional.empty();
    renewed = true;
  }

  synchronized boolean isFree() {
    return !busy;
  }

  /** How long the cycle under way has been running; zero if none is. */
  synchronized Duration running() {
    return begunAt
        .map(begun -> Duration.ofNanos(nanoTime.getAsLong() - begun))
        .orElse(Duration.ZERO);
  }

  /** Tells of the cycle under way, unless the project was removed after its beginning. */
  void report(Runnable telling) {
    news.lock();
    try {
      if (wanted) {
        telling.run();
      }
    } finally {
      news.unlock();
    }
  }

  /** Tells of the project's removal; of the cycle under way nothing is told any more. */
  void retire(Runnable telling) {
    news.lock();
    try {
      wanted = false;
      telling.run();
    } finally {
      news.unlock();
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private void delay(Duration delay) {
    notBefore = Optional.of(nanoTime.getAsLong() + delay.toNanos());
  }
}
