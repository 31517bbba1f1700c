package dev.onward.reconcile;

import dev.onward.OnwardConfig;
import dev.onward.plan.DesiredState;
import dev.onward.plan.ObservedState;
import dev.onward.reconcile.observe.Backoff;
import dev.onward.reconcile.observe.ProjectCache;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Serialises the work on one project: its cache, whether a cycle is in progress, and when the next
 * is due.
 */
public final class ProjectLane {
  private final Backoff retry;
  private final LongSupplier nanoTime;
  private final ProjectCache memory;
  private final Consumer<ProjectLane> queue;

  /** A cycle was submitted to the workers and has not begun. */
  private boolean queued;

  /** A cycle or a command is in progress. */
  private boolean busy;

  /** Callbacks for requests for a cycle that begins after the request. */
  private List<Consumer<Optional<CycleReport>>> askers = List.of();

  private Optional<Long> begunAt = Optional.empty();
  private boolean renewed;
  private int failures;
  private Optional<Long> notBefore = Optional.empty();

  /** A separate lock: a slow listener must not delay queries of the lane. */
  private final ReentrantLock news = new ReentrantLock();

  private boolean wanted;

  private volatile Optional<Sight> lastSight = Optional.empty();

  /**
   * @param queue submits a cycle of this lane to the workers; an extra one is harmless
   */
  ProjectLane(OnwardConfig config, LongSupplier nanoTime, Consumer<ProjectLane> queue) {
    this.queue = queue;
    this.retry = new Backoff(config);
    this.nanoTime = nanoTime;
    this.memory = new ProjectCache(config, nanoTime);
  }

  public ProjectCache memory() {
    return memory;
  }

  /** A cycle's observation of the project, and the manifest it was made with. */
  public record Sight(DesiredState desired, ObservedState observed) {}

  /**
   * Takes the lane for a command, due or not, as soon as the current cycle is over. A cycle that is
   * still waiting for a worker begins afterwards.
   *
   * @return whether it was taken in time
   */
  public synchronized boolean takeFor(Duration patience) throws InterruptedException {
    if (!await(() -> !busy, patience)) {
      return false;
    }
    busy = true;
    return true;
  }

  /** Waits until no cycle is in progress or about to be; returns whether that was in time. */
  public synchronized boolean awaitFree(Duration patience) throws InterruptedException {
    return await(this::isFree, patience);
  }

  private synchronized boolean await(BooleanSupplier condition, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    for (long left = patience.toNanos();
        !condition.getAsBoolean();
        left = deadline - System.nanoTime()) {
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }

  /** Whether the lane is free and due for a cycle, which must then be submitted to the workers. */
  synchronized boolean take() {
    if (!isFree() || notBefore.filter(at -> nanoTime.getAsLong() - at < 0).isPresent()) {
      return false;
    }
    queued = true;
    return true;
  }

  /**
   * Requests a cycle at once, or right after the current one, whose observation may be older. It is
   * executed in full whatever the replica's leadership.
   *
   * @param asker receives the report; empty if no cycle took place
   */
  public void ask(Consumer<Optional<CycleReport>> asker) {
    synchronized (this) {
      renew();
      askers = Stream.concat(askers.stream(), Stream.of(asker)).toList();
      if (busy) {
        return;
      }
      queued = true;
    }
    queue.accept(this);
  }

  /** Whether the next cycle was requested explicitly. */
  synchronized boolean isAsked() {
    return !askers.isEmpty();
  }

  /**
   * Called by a worker to begin a cycle. It does not begin if it already has, nor if a command took
   * the lane first: then it is submitted again.
   *
   * @return the callbacks waiting for this cycle; absent if it does not begin
   */
  Optional<List<Consumer<Optional<CycleReport>>>> beginCycle() {
    List<Consumer<Optional<CycleReport>>> ofThis;
    synchronized (this) {
      if (!queued || busy) {
        return Optional.empty();
      }
      queued = false;
      busy = true;
      ofThis = askers;
      askers = List.of();
    }
    begin();
    return Optional.of(ofThis);
  }

  /** The manifest is read after this call, so earlier changes do not require another cycle. */
  public void begin() {
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

  /** Stores the current cycle's observation; absent if it failed. */
  void saw(Optional<Sight> sight) {
    lastSight = sight;
  }

  /** The last cycle's observation, unless that failed or something is in progress. */
  public synchronized Optional<Sight> sightAtRest() {
    return busy ? Optional.empty() : lastSight;
  }

  /** Frees the lane and schedules the next cycle. */
  void release(CycleReport.Outcome outcome) {
    release(outcome, Duration.ZERO);
  }

  /**
   * @param rest minimum time to the next cycle, unless something changed meanwhile
   */
  void release(CycleReport.Outcome outcome, Duration rest) {
    synchronized (this) {
      if (renewed) {
        // The cycle's outcome does not apply to a manifest that arrived meanwhile.
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
    }
    giveBack();
  }

  /** Frees the lane, for the waiting cycle if there is one. */
  public void giveBack() {
    synchronized (this) {
      busy = false;
      begunAt = Optional.empty();
      queued |= !askers.isEmpty();
      notifyAll();
      if (!queued) {
        return;
      }
    }
    queue.accept(this);
  }

  /** Onward is shutting down: the waiting cycle does not take place. */
  void abandon() {
    List<Consumer<Optional<CycleReport>>> inVain;
    synchronized (this) {
      queued = false;
      inVain = askers;
      askers = List.of();
      notifyAll();
    }
    inVain.forEach(asker -> asker.accept(Optional.empty()));
  }

  /** Due at once: earlier failures no longer delay it. */
  synchronized void renew() {
    failures = 0;
    notBefore = Optional.empty();
    renewed = true;
  }

  synchronized boolean isFree() {
    return !busy && !queued;
  }

  /** The duration of the current cycle; zero if there is none. */
  synchronized Duration running() {
    return begunAt
        .map(begun -> Duration.ofNanos(nanoTime.getAsLong() - begun))
        .orElse(Duration.ZERO);
  }

  /**
   * Notifies listeners of the current cycle, unless the project was removed after its beginning.
   */
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

  /** Notifies listeners of the project's removal; the current cycle is no longer reported. */
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
