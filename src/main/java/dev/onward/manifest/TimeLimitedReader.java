package dev.onward.manifest;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads from a file system, of which some may never end: a file may be a device or lie on a server
 * that is gone, and no interruption reaches a thread that the kernel holds. So each is done in a
 * daemon thread and given up after a time. One that was given up is not begun again until it has
 * ended, and there are only so many. For one caller at a time.
 */
final class TimeLimitedReader {
  private static final int THREADS = 8;
  private static final int KEPT_FOR_SECONDS = 5;

  private final Duration patience;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          THREADS,
          KEPT_FOR_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform().daemon().name("manifest-read-", 0).factory());
  private final Map<Object, Future<?>> givenUp = new HashMap<>();

  TimeLimitedReader(Duration patience) {
    this.patience = patience;
  }

  /**
   * What a read returns, or its exception; an {@link IOException} too if it does not end in time.
   *
   * @param what the read is of
   */
  <T> T read(Object what, Callable<T> read) throws IOException {
    givenUp.values().removeIf(Future::isDone);
    if (givenUp.containsKey(what)) {
      throw noEnd();
    }
    Future<T> result = begin(read);
    try {
      return result.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      givenUp.put(what, result);
      throw noEnd();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private <T> Future<T> begin(Callable<T> read) throws IOException {
    try {
      return threads.submit(read);
    } catch (RejectedExecutionException e) {
      throw new IOException("%s other reads that do not end".formatted(THREADS), e);
    }
  }

  private IOException noEnd() {
    return new IOException("a read that does not end within %s s".formatted(patience.toSeconds()));
  }
}
