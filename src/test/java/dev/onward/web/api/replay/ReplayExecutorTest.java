package dev.onward.web.api.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.query.TooManyRequestsException;
import dev.onward.store.StoreException;
import dev.onward.web.http.CommandRejectedException;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ReplayExecutorTest {
  private static final Executor REQUESTS = task -> Thread.ofVirtual().start(task);

  private final AtomicLong nanos = new AtomicLong();
  private final ReplayExecutor executor = new ReplayExecutor(nanos::get);
  private final CountDownLatch gate = new CountDownLatch(1);
  private final LinkedBlockingQueue<Runnable> clients = new LinkedBlockingQueue<>();

  @AfterEach
  void end() {
    executor.stop();
  }

  @Test
  void replaysComputeOnPlatformThreadsOfTheirOwn() {
    Thread thread = executor.run(_ -> {}, _ -> Thread.currentThread());
    assertThat(thread.isVirtual()).isFalse();
    assertThat(thread.getName()).startsWith("replay-");
  }

  @Test
  void whoeverFindsTheQueueFullIsToldWhenToAskAgain() throws Exception {
    var others = new ArrayList<CompletableFuture<String>>();
    for (int i = 0; i < ReplayExecutor.AT_ONCE + ReplayExecutor.WAITING; i++) {
      others.add(request(this::held));
      clients.take();
    }
    assertThatExceptionOfType(TooManyRequestsException.class)
        .isThrownBy(() -> executor.run(_ -> {}, _ -> "done"))
        .satisfies(e -> assertThat(e.retryAfter()).isEqualTo(ReplayExecutor.LIMIT));
    gate.countDown();
    assertThat(others).allSatisfy(other -> assertThat(other.join()).isEqualTo("done"));
  }

  @Test
  void aReplayThatTakesTooLongIsEndedAndSaysWhatToChange() {
    assertThatExceptionOfType(CommandRejectedException.class)
        .isThrownBy(
            () ->
                executor.run(
                    _ -> {},
                    checkpoint -> {
                      checkpoint.run();
                      nanos.addAndGet(ReplayExecutor.LIMIT.toNanos() + 1);
                      checkpoint.run();
                      return "done";
                    }))
        .withMessageContaining("longer than 10 s")
        .satisfies(e -> assertThat(e.status()).isEqualTo(422));
  }

  @Test
  void aReplayWhoseClientLeftEnds() throws Exception {
    var ended = new CountDownLatch(1);
    var begun = new CountDownLatch(1);
    CompletableFuture<String> running =
        request(
            checkpoint -> {
              begun.countDown();
              return endless(checkpoint, ended);
            });
    begun.await();
    clients.take().run();
    assertRefused(running);
    String next = executor.run(_ -> {}, _ -> "the next one");
    assertThat(next).isEqualTo("the next one");
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void oneThatWaitsGivesItsPlaceBackWhenItsClientLeaves() throws Exception {
    CompletableFuture<String> running = request(this::held);
    clients.take();
    var waiting = new ArrayList<CompletableFuture<String>>();
    for (int round = 0; round < 10 * ReplayExecutor.WAITING; round++) {
      waiting.add(request(_ -> "never"));
      clients.take().run();
    }
    waiting.forEach(ReplayExecutorTest::assertRefused);
    gate.countDown();
    assertThat(running.join()).isEqualTo("done");
  }

  @Test
  void whatItThrowsIsThrown() {
    assertThatThrownBy(
            () ->
                executor.run(
                    _ -> {},
                    _ -> {
                      throw new IllegalArgumentException("odd");
                    }))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noneWaitsForAProcessThatStops() throws Exception {
    CompletableFuture<String> running =
        request(checkpoint -> endless(checkpoint, new CountDownLatch(1)));
    clients.take();
    CompletableFuture<String> waiting = request(_ -> "never");
    clients.take();
    executor.stop();
    assertThatThrownBy(running::join).isInstanceOf(CompletionException.class);
    assertThatThrownBy(waiting::join).isInstanceOf(CompletionException.class);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> executor.run(_ -> {}, _ -> "done"));
  }

  private CompletableFuture<String> request(Function<Runnable, String> work) {
    Consumer<Runnable> onClientGone = clients::add;
    return CompletableFuture.supplyAsync(() -> executor.run(onClientGone, work), REQUESTS);
  }

  private static String endless(Runnable checkpoint, CountDownLatch ended) {
    try {
      while (true) {
        checkpoint.run();
        Thread.onSpinWait();
      }
    } finally {
      ended.countDown();
    }
  }

  private String held(Runnable checkpoint) {
    try {
      gate.await();
      return "done";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertRefused(CompletableFuture<String> request) {
    assertThatThrownBy(request::join).hasCauseInstanceOf(CommandRejectedException.class);
  }
}
