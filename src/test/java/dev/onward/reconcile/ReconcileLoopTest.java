package dev.onward.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.OnwardConfig;
import dev.onward.lease.LeaderElector;
import dev.onward.lease.LeadershipState;
import dev.onward.lease.MemoryLeaseStore;
import dev.onward.model.ProjectId;
import dev.onward.reconcile.observe.SkewCorrectedClock;
import dev.onward.store.Failure;
import dev.onward.store.LeaseRecord;
import dev.onward.store.LeaseStore;
import dev.onward.store.ProjectStores;
import dev.onward.store.StoreException;
import dev.onward.testing.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class ReconcileLoopTest {
  @TempDir Path directory;

  private final MovableClock clock = new MovableClock();
  private final Tasks tasks = new Tasks();

  /** What a project's cycle does when it lists its parameters: nothing unless said otherwise. */
  private final Map<String, Runnable> behaviour = new ConcurrentHashMap<>();

  private final List<String> begun = new CopyOnWriteArrayList<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Semaphore entered = new Semaphore(0);
  private final Semaphore gate = new Semaphore(0);
  private ReconcileLoop loop;

  @BeforeEach
  void start() {
    var config = Settings.of("onward.manifests", directory.toString(), "onward.parallelism", "2");
    loop = loop(config, MemoryLeaseStore.unneeded());
  }

  private ReconcileLoop loop(OnwardConfig config, LeaderElector leadership) {
    return loop(config, leadership, tasks);
  }

  private ReconcileLoop loop(
      OnwardConfig config, LeaderElector leadership, ExecutorService cycles) {
    return new ReconcileLoop(
        config,
        new MemoryStores(this::stores, new MemoryGlobalStore()),
        MemoryStores.NO_PROBES,
        leadership,
        List.of(new Throwing(), new Recording()),
        new SkewCorrectedClock(clock, clock::nanoTime),
        clock::nanoTime,
        tasks,
        cycles);
  }

  @AfterEach
  void end() {
    gate.release(1000);
    tasks.shutdownNow();
  }

  @Test
  void aProjectIsNeverReconciledTwiceAtOnceEvenIfRemovedAndAddedAgain() throws Exception {
    manifest("a");
    behaviour.put("a", this::hold);
    loop.tick();
    entered.acquire();
    loop.tick();
    Files.delete(directory.resolve("a.yaml"));
    loop.tick();
    manifest("a");
    loop.tick();
    assertThat(tasks.pending()).isEqualTo(1);
    gate.release(10);
    tasks.awaitQuiet();
    assertThat(told).containsExactly("removed a");
    loop.tick();
    tasks.awaitQuiet();
    assertThat(told).containsExactly("removed a", "a SUCCEEDED");
  }

  @Test
  void aStandbyLooksSlowlyAndDoesNothingUntilItLeads() throws Exception {
    var lease = new MemoryLeaseStore();
    lease.claim(
        new LeaseStore.Claim(
            "other",
            0,
            Duration.ofSeconds(10),
            new LeaseRecord.Presence(clock.instant(), 1),
            Set.of()));
    var config = Settings.of("onward.manifests", directory.toString());
    var leadership = new LeaderElector(config, lease, "this", clock.instant(), clock::nanoTime);
    loop = loop(config, leadership);
    manifest("a");
    leadership.step();
    run();
    assertThat(told).containsExactly("looked at a SUCCEEDED");
    assertThat(loop.isStarted()).isTrue();
    for (int i = 0; i < 3; i++) {
      clock.advance(Duration.ofSeconds(15));
      run();
    }
    assertThat(told).as("45 s later").hasSize(1);
    clock.advance(Duration.ofSeconds(15));
    run();
    assertThat(told).as("60 s later").hasSize(2);

    assertThat(leadership.step()).isPositive();
    assertThat(leadership.state()).isEqualTo(LeadershipState.LEADER);
    loop.lead();
    tasks.awaitQuiet();
    assertThat(told)
        .containsExactly("looked at a SUCCEEDED", "looked at a SUCCEEDED", "a SUCCEEDED");
    clock.advance(Duration.ofSeconds(5));
    run();
    assertThat(told).as("it leads").hasSize(4);
    clock.advance(Duration.ofSeconds(6));
    run();
    assertThat(told).as("its term has ended").last().isEqualTo("looked at a SUCCEEDED");
  }

  @Test
  void noMoreCyclesThanAllowedRunAtOnce() throws Exception {
    var config = Settings.of("onward.manifests", directory.toString(), "onward.parallelism", "2");
    ExecutorService workers = ReconcileLoop.workers(config.parallelism());
    for (String project : List.of("a", "b", "c", "d")) {
      manifest(project);
      behaviour.put(project, this::hold);
    }
    loop(config, MemoryLeaseStore.unneeded(), workers).tick();
    entered.acquire(2);
    assertThat(begun).hasSize(2);
    gate.release();
    entered.acquire();
    assertThat(begun).hasSize(3);
    gate.release(10);
    workers.close();
    assertThat(told).hasSize(4);
  }

  @Test
  void cyclesHaveThreadsOfTheirOwn() throws Exception {
    try (ExecutorService workers = ReconcileLoop.workers(2)) {
      Thread thread = workers.submit(Thread::currentThread).get();
      assertThat(thread.isVirtual()).as("virtual threads share carriers with requests").isFalse();
      assertThat(thread.getName()).startsWith("cycle-");
    }
  }

  @Test
  void aFailingProjectBacksOffAStalledOneLongerAndTheOthersGoOn() throws Exception {
    manifest("good");
    manifest("failing");
    manifest("stalled");
    behaviour.put("failing", fail(Failure.transientOne("throttled")));
    behaviour.put("stalled", fail(Failure.stalled("denied")));
    run();
    run();
    assertThat(begun).containsExactlyInAnyOrder("good", "failing", "stalled", "good");
    clock.advance(Duration.ofMinutes(2));
    begun.clear();
    run();
    assertThat(begun).containsExactlyInAnyOrder("good", "failing");
    clock.advance(Duration.ofMinutes(5));
    begun.clear();
    run();
    assertThat(begun).containsExactlyInAnyOrder("good", "failing", "stalled");
  }

  @Test
  void aChangedManifestIsLookedAtAtOnce() throws Exception {
    manifest("a");
    behaviour.put("a", fail(Failure.stalled("denied")));
    run();
    behaviour.remove("a");
    Files.writeString(directory.resolve("a.yaml"), "a: {name: corrected, environments: []}");
    run();
    assertThat(told).containsExactly("a STALLED", "a SUCCEEDED");
  }

  @Test
  void aRemovedProjectEndsAndListenersHearIt() throws Exception {
    manifest("a");
    run();
    Files.delete(directory.resolve("a.yaml"));
    run();
    assertThat(told).containsExactly("a SUCCEEDED", "removed a");
  }

  @Test
  void stoppingLetsTheRunningCycleEndAndBeginsNothingNew() throws Exception {
    for (String project : List.of("a", "b", "c")) {
      manifest(project);
      behaviour.put(project, this::hold);
    }
    loop.tick();
    entered.acquire(2);
    var stop = Thread.ofVirtual().start(this::stop);
    tasks.awaitShutdown();
    gate.release(10);
    stop.join();
    loop.tick();
    assertThat(tasks.isTerminated()).isTrue();
    assertThat(begun).hasSize(2);
    assertThat(told).hasSize(2);
  }

  @Test
  void aThrowingListenerHarmsNobody() throws Exception {
    manifest("a");
    assertThat(loop.isStarted()).isFalse();
    run();
    run();
    assertThat(loop.isStarted()).isTrue();
    assertThat(told).containsExactly("a SUCCEEDED", "a SUCCEEDED");
  }

  @Test
  void theOldestRunningCycleIsKnown() throws Exception {
    manifest("a");
    behaviour.put("a", this::hold);
    loop.tick();
    entered.acquire();
    clock.advance(Duration.ofMinutes(11));
    assertThat(loop.longestRunning()).isEqualTo(Duration.ofMinutes(11));
    gate.release();
    tasks.awaitQuiet();
    assertThat(loop.longestRunning()).isZero();
  }

  private void run() throws InterruptedException {
    loop.tick();
    tasks.awaitQuiet();
  }

  private void stop() {
    try {
      loop.stop();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void manifest(String project) throws IOException {
    Files.writeString(directory.resolve(project + ".yaml"), project + ": {environments: []}");
  }

  private void hold() {
    entered.release();
    gate.acquireUninterruptibly();
  }

  private static Runnable fail(Failure failure) {
    return () -> {
      throw new StoreException(failure);
    };
  }

  private ProjectStores stores(ProjectId project) {
    var parameters = new MemoryParameterStore(clock);
    parameters.hook(
        call -> {
          if (call.equals("list")) {
            begun.add(project.value());
            behaviour.getOrDefault(project.value(), () -> {}).run();
          }
        });
    return MemoryStores.of(parameters, new MemoryReleaseStore());
  }

  private static final class Throwing implements ReconcileListener {
    @Override
    public void cycleEnded(CycleReport report) {
      throw new IllegalStateException("a bug, on purpose");
    }
  }

  private final class Recording implements ReconcileListener {
    @Override
    public void cycleEnded(CycleReport report) {
      told.add(report.desired().project() + " " + report.outcome());
    }

    @Override
    public void looked(CycleReport report) {
      told.add("looked at " + report.desired().project() + " " + report.outcome());
    }

    @Override
    public void projectRemoved(ProjectId project) {
      told.add("removed " + project);
    }
  }

  /** Two at a time, as the setting says; and it knows when nothing is under way any more. */
  private static final class Tasks extends ThreadPoolExecutor {
    private final Phaser underWay = new Phaser(1);
    private final Semaphore down = new Semaphore(0);

    Tasks() {
      super(2, 2, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    }

    @Override
    public void execute(Runnable task) {
      underWay.register();
      super.execute(task);
    }

    @Override
    protected void afterExecute(Runnable task, Throwable thrown) {
      underWay.arriveAndDeregister();
    }

    @Override
    public void shutdown() {
      super.shutdown();
      down.release();
    }

    void awaitShutdown() {
      down.acquireUninterruptibly();
    }

    int pending() {
      return underWay.getRegisteredParties() - 1;
    }

    void awaitQuiet() throws InterruptedException {
      try {
        underWay.awaitAdvanceInterruptibly(underWay.arrive(), 10, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        throw new AssertionError("still running after 10 s", e);
      }
    }
  }
}
