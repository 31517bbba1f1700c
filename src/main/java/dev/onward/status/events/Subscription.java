package dev.onward.status.events;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A subscription to events. Events are queued up to a limit; a subscriber that is slower gets one
 * {@link StatusEvent.Type#LOST} instead of all queued events, and must reload everything.
 */
public final class Subscription implements AutoCloseable {
  /** Maximum number of queued events. */
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
   * The next event. Only one call may be pending; it completes on a separate thread, so that the
   * subscriber's work delays nobody.
   *
   * @param patience after this time without an event the result is empty
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

  /** Ends the subscription. A pending call completes empty. */
  @Override
  public void close() {
    if (leave.test(this)) {
      synchronized (this) {
        asked.complete(Optional.empty());
      }
    }
  }

  /** Never blocks. */
  synchronized void offer(StatusEvent event, StatusEvent lost) {
    if (event.type() != StatusEvent.Type.LOST && !wanted.test(event)) {
      return;
    }
    // Completes a pending call at once, unless it has just timed out.
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
