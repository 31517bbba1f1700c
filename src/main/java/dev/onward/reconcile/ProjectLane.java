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
 * A project's place in the loop: its memory, whether a cycle is under way, when the next is due.
 */
public final class ProjectLane {
  private final Backoff retry;
  private final LongSupplier nanoTime;
  private final ProjectCache memory;
  private final Consumer<ProjectLane> queue;

  /** A cycle was given to the workers and has not begun. */
  private boolean queued;

  /** A cycle, or what a person asks for, is under way. */
  private boolean busy;

  /** Who asked for a cycle that begins after the asking, to be told how it went. */
  private List<Consumer<Optional<CycleReport>>> askers = List.of();

  private Optional<Long> begunAt = Optional.empty();
  private boolean renewed;
  private int failures;
  private Optional<Long> notBefore = Optional.empty();

  /** Of its own: a listener that takes its time must not hold up who asks about the slot. */
  private final ReentrantLock news = new ReentrantLock();

  private boolean wanted;

  private volatile Optional<Sight> lastSight = Optional.empty();

  /**
   * @param queue gives a cycle of this slot to the workers; one too many does no harm
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

  /** What a cycle saw of the project, and the manifest by which it looked. */
  public record Sight(DesiredState desired, ObservedState observed) {}

  /**
   * Takes the slot for what a person asks for, due or not, as soon as the cycle under way is over.
   * A cycle that only waits for a worker begins afterwards.
   *
   * @return whether it could be had in time
   */
  public synchronized boolean takeFor(Duration patience) throws InterruptedException {
    if (!await(() -> !busy, patience)) {
      return false;
    }
    busy = true;
    return true;
  }

  /** Waits until no cycle is under way or about to be; whether that came about in time. */
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

  /** Whether the slot is free and due for a cycle, which then is to be given to the workers. */
  synchronized boolean take() {
    if (!isFree() || notBefore.filter(at -> nanoTime.getAsLong() - at < 0).isPresent()) {
      return false;
    }
    queued = true;
    return true;
  }

  /**
   * Has a cycle begin at once, or right after the one under way, which may have looked before.
   * Whatever the replica's duty, it is done in full.
   *
   * @param asker is told what came of it; of nothing, if none came about
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

  /** Whether somebody asked for the cycle that comes next. */
  synchronized boolean isAsked() {
    return !askers.isEmpty();
  }

  /**
   * A worker has come to begin a cycle. Not if the cycle has begun already, nor if a person was
   * faster: then it is given to the workers again.
   *
   * @return who asked for this cycle; absent if it does not begin
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

  /** What begins reads its manifest after this, so whatever came before is no news to it. */
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

  /** What the cycle under way saw; absent if it could not look. */
  void saw(Optional<Sight> sight) {
    lastSight = sight;
  }

  /** What the last cycle saw, unless it could not look or something is under way. */
  public synchronized Optional<Sight> sightAtRest() {
    return busy ? Optional.empty() : lastSight;
  }

  /** Frees the slot and decides when it is due again. */
  void release(CycleReport.Outcome outcome) {
    release(outcome, Duration.ZERO);
  }

  /**
   * @param rest how long it is to rest in any case, unless something new came up
   */
  void release(CycleReport.Outcome outcome, Duration rest) {
    synchronized (this) {
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
    }
    giveBack();
  }

  /** Frees the slot, for the cycle that waits if there is one. */
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

  /** Onward stops: the cycle that waits does not come about. */
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

  /** Due at once: earlier failures no longer count. */
  synchronized void renew() {
    failures = 0;
    notBefore = Optional.empty();
    renewed = true;
  }

  synchronized boolean isFree() {
    return !busy && !queued;
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
