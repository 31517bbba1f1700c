package dev.onward.aws;

import dev.onward.reconcile.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Two who write at the same time. */
final class AtTheSameTime {
  private AtTheSameTime() {}

  static List<WriteOutcome> both(Callable<WriteOutcome> one, Callable<WriteOutcome> other)
      throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var outcomes = new ArrayList<WriteOutcome>();
      for (Future<WriteOutcome> future : threads.invokeAll(List.of(one, other))) {
        outcomes.add(future.get());
      }
      return outcomes;
    }
  }
}
