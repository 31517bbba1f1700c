package dev.onward.web.api.replay;

import dev.onward.plan.Words;
import dev.onward.query.TooManyRequestsException;
import dev.onward.store.Failure;
import dev.onward.store.StoreException;
import dev.onward.web.http.CommandRejectedException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Runs replays on a platform thread of their own, one at a time. Virtual threads share as many
 * carriers as there are processors: on one processor a replay there would stop every other request.
 *
 * <p>Few wait, and none runs longer than a limit or after its client has left.
 */
@ApplicationScoped
class ReplayExecutor {
  static final int AT_ONCE = 1;
  static final int WAITING = 2;
  static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final LongSupplier nanoTime;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          AT_ONCE,
          AT_ONCE,
          IDLE.toSeconds(),
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          Thread.ofPlatform().daemon().name("replay-", 0).factory());

  @Inject
  ReplayExecutor() {
    this(System::nanoTime);
  }

  ReplayExecutor(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Runs it and waits for what comes of it, or throws what it throws; {@link
   * TooManyRequestsException} if as many wait as may.
   *
   * @param onClientGone takes what is to be run when the client has left
   * @param work gets a checkpoint to run again and again: it throws when the work is to end
   */
  <T> T run(Consumer<Runnable> onClientGone, Function<Runnable, T> work) {
    var task = new FutureTask<T>(() -> work.apply(checkpoint(nanoTime.getAsLong())));
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      throw threads.isShutdown() ? stopping(e) : tooMany();
    }
    onClientGone.accept(() -> end(task));
    try {
      return task.get();
    } catch (CancellationException e) {
      throw new CommandRejectedException(
          Status.REQUEST_TIMEOUT, "the client left before the replay ended");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      end(task);
      Thread.currentThread().interrupt();
      throw stopping(e);
    }
  }

  /** One that waits gives its place back at once, one that runs ends at its next checkpoint. */
  private void end(FutureTask<?> task) {
    task.cancel(true);
    threads.remove(task);
  }

  private Runnable checkpoint(long began) {
    return () -> {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException();
      }
      if (nanoTime.getAsLong() - began > LIMIT.toNanos()) {
        throw CommandRejectedException.unprocessable(
            ("the replay took longer than %s and was ended; choose a shorter time, a lower limit or"
                    + " fewer environments")
                .formatted(Words.of(LIMIT)));
      }
    };
  }

  private static TooManyRequestsException tooMany() {
    return new TooManyRequestsException(
        "another replay is running and %s wait; try again in %s"
            .formatted(WAITING, Words.of(LIMIT)),
        LIMIT);
  }

  private static StoreException stopping(Exception cause) {
    return new StoreException(Failure.transientOne("the process is shutting down"), cause);
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow().forEach(task -> ((FutureTask<?>) task).cancel(true));
  }
}
