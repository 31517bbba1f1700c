package dev.onward.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Two who write at the same time. */
public final class Concurrently {
  private Concurrently() {}

  public static <T> List<T> both(Callable<T> one, Callable<T> other) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var outcomes = new ArrayList<T>();
      for (Future<T> future : threads.invokeAll(List.of(one, other))) {
        outcomes.add(future.get());
      }
      return outcomes;
    }
  }
}
