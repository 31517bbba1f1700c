package dev.onward.status.events;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * One who watches. Events wait until they are asked for, up to a bound; whoever is slower than that
 * gets one {@link StatusEvent.Type#LOST} in the place of all that waited, and must look at
 * everything again.
 */
public final class Subscription implements AutoCloseable {
  /** Events that wait for one who watches. */
  static final int WAITING = 256;

  private final Predicate<StatusEvent> wanted;
  private final Predicate<Subscription> leave;
  private final ArrayDeque<StatusEvent> waiting = new ArrayDeque<>();
  private CompletableFuture<Optional<StatusEvent>> asked =
      CompletableFuture.completedFuture(Optional.empty());

  Subscription(Predicate<StatusEvent> wanted, Predicate<Subscription> leave) {
    this.wanted = wanted;
    this.leave = leave;
  }

  /**
   * The next event. To be asked for one at a time; the answer comes in a thread of its own, so that
   * whatever is done with it holds nobody up.
   *
   * @param patience after so long without an event, the answer is empty
   */
  public CompletionStage<Optional<StatusEvent>> next(Duration patience) {
    CompletableFuture<Optional<StatusEvent>> answer;
    synchronized (this) {
      StatusEvent first = waiting.poll();
      answer =
          first == null
              ? new CompletableFuture<Optional<StatusEvent>>()
                  .completeOnTimeout(Optional.empty(), patience.toNanos(), TimeUnit.NANOSECONDS)
              : CompletableFuture.completedFuture(Optional.of(first));
      asked = answer;
    }
    return answer.thenApplyAsync(event -> event, Thread::startVirtualThread);
  }

  /** Ends it. An answer that is still waited for stays empty. */
  @Override
  public void close() {
    if (leave.test(this)) {
      synchronized (this) {
        asked.complete(Optional.empty());
      }
    }
  }

  /** Never waits for anybody. */
  synchronized void offer(StatusEvent event, StatusEvent lost) {
    if (event.type() != StatusEvent.Type.LOST && !wanted.test(event)) {
      return;
    }
    // Whoever has asked gets it at once, unless patience has just ended.
    if (waiting.isEmpty() && asked.complete(Optional.of(event))) {
      return;
    }
    if (waiting.size() >= WAITING) {
      waiting.clear();
      waiting.add(lost);
    } else {
      waiting.add(event);
    }
  }
}
