package dev.onward.packaged;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Lies in wait for one request, so that something happens to its sender at that very moment.
 * Moments are counted in requests: a process that can do nothing dies nowhere of interest.
 */
final class KillPoint {
  private final Predicate<AwsCall> of;
  private final AtomicInteger left;
  private final Moment moment;
  private final Function<String, CompletionStage<Boolean>> deed;
  private final CompletableFuture<String> struck = new CompletableFuture<>();

  enum Moment {
    /** Before it reaches AWS. */
    BEFORE,
    /** When AWS has carried it out, and its sender does not know yet. */
    AFTER
  }

  /**
   * @param nth which of such requests, from 1
   * @param deed is given the sender, and says whether it is still there
   */
  KillPoint(
      int nth,
      Predicate<AwsCall> of,
      Moment moment,
      Function<String, CompletionStage<Boolean>> deed) {
    this.of = of;
    this.left = new AtomicInteger(nth);
    this.moment = moment;
    this.deed = deed;
  }

  /** Whether this is the request. */
  boolean meets(AwsCall call) {
    return of.test(call) && left.decrementAndGet() == 0;
  }

  boolean comes(Moment when) {
    return moment == when;
  }

  CompletionStage<Boolean> strike(AwsCall call) {
    return deed.apply(call.sender()).whenComplete((there, failure) -> publish(call, failure));
  }

  private void publish(AwsCall call, Throwable failure) {
    if (failure == null) {
      struck.complete(call.sender());
    } else {
      struck.completeExceptionally(failure);
    }
  }

  boolean isOver() {
    return struck.isDone();
  }

  /** Whose request it was, once it is over. */
  String struck() {
    return struck.join();
  }
}
