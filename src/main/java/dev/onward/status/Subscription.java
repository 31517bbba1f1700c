package dev.onward.status;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * One who watches. Events wait until they are asked for, up to a bound; whoever is slower than that
 * gets one {@link FeedEvent.Type#LOST} in the place of all that waited, and must look at everything
 * again.
 */
public final class Subscription implements AutoCloseable {
  /** Events that wait for one who watches. */
  static final int WAITING = 256;

  private final Predicate<FeedEvent> wanted;
  private final Predicate<Subscription> leave;
  private final ArrayDeque<FeedEvent> waiting = new ArrayDeque<>();
  private CompletableFuture<Optional<FeedEvent>> asked =
      CompletableFuture.completedFuture(Optional.empty());

  Subscription(Predicate<FeedEvent> wanted, Predicate<Subscription> leave) {
    this.wanted = wanted;
    this.leave = leave;
  }

  /**
   * The next event. To be asked for one at a time; the answer comes in a thread of its own, so that
   * whatever is done with it holds nobody up.
   *
   * @param patience after so long without an event, the answer is empty
   */
  public CompletionStage<Optional<FeedEvent>> next(Duration patience) {
    CompletableFuture<Optional<FeedEvent>> answer;
    synchronized (this) {
      FeedEvent first = waiting.poll();
      answer =
          first == null
              ? new CompletableFuture<Optional<FeedEvent>>()
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
  synchronized void offer(FeedEvent event, FeedEvent lost) {
    if (event.type() != FeedEvent.Type.LOST && !wanted.test(event)) {
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
