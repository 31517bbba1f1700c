package dev.onward.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.lease.MemoryLeaseStore;
import dev.onward.model.ProjectId;
import dev.onward.reconcile.observe.SkewCorrectedClock;
import dev.onward.store.Failure;
import dev.onward.store.ProjectStores;
import dev.onward.store.StoreException;
import dev.onward.testing.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the loop sits out what it cannot mend. Time is virtual, and cycles run within their tick. */
class OutagesTest {
  private static final Duration INTERVAL = Duration.ofSeconds(15);

  /** The longest wait after failures, and one round. */
  private static final Duration SLOWEST = Duration.ofMinutes(2).plus(INTERVAL);

  private static final String STAGE = "/%s/images/stage/bags";

  @TempDir Path directory;

  private final MovableClock clock = new MovableClock();
  private final MemoryParameterStore parameters = new MemoryParameterStore(clock);
  private final MemoryGlobalStore daemon = new MemoryGlobalStore();
  private final Map<String, MemoryReleaseStore> releases = new TreeMap<>();
  private final List<CycleReport> reports = new ArrayList<>();
  private ReconcileLoop loop;

  @BeforeEach
  void everythingIsInStage() throws IOException {
    loop =
        new ReconcileLoop(
            Settings.of("onward.manifests", directory.toString()),
            new MemoryStores(this::stores, daemon),
            MemoryStores.NO_PROBES,
            MemoryLeaseStore.unneeded(),
            List.of(new Recording()),
            new SkewCorrectedClock(clock, clock::nanoTime),
            clock::nanoTime,
            new InTheSameThread(),
            new InTheSameThread());
    for (String project : List.of("a", "b")) {
      Files.writeString(
          directory.resolve(project + ".yaml"),
          """
          %s:
            name: any
            environments: [{id: stage, name: Staging, promotion: {from: latest, mode: auto}}]
          """
              .formatted(project));
      publish(project, "1");
    }
    clock.advance(Duration.ofMinutes(1));
    rounds(Duration.ofMinutes(1));
    assertThat(stage("a")).endsWith(":1");
    reports.clear();
  }

  @Test
  void fault8TenThrottledMinutesChangeNothingAndAreOverWithinTwoCycles() {
    throttleAll();
    publish("a", "2");
    rounds(Duration.ofMinutes(10));

    assertThat(looksAt("a")).as("fewer and fewer").hasSizeBetween(5, 12);
    assertThat(reports)
        .allSatisfy(it -> assertThat(it.outcome()).isEqualTo(CycleReport.Outcome.FAILED));
    assertThat(parameters.version(STAGE.formatted("a"))).isEqualTo(1);
    assertThat(releases.get("a").all()).hasSize(1);

    isOverWithinTwoCycles();
  }

  @Test
  void fault40ThreeHoursWithoutNameResolutionAreSatOutAndEndUnaided() {
    Failure unresolved = Failure.transientOne("UnknownHostException: ssm.eu-west-1.amazonaws.com");
    fail(unresolved);
    publish("a", "2");
    rounds(Duration.ofHours(3));

    List<Instant> looks = looksAt("a");
    assertThat(looks).as("no loop of attempts, and no giving up").hasSizeBetween(80, 190);
    for (int i = 1; i < looks.size(); i++) {
      assertThat(Duration.between(looks.get(i - 1), looks.get(i))).isLessThanOrEqualTo(SLOWEST);
    }
    assertThat(reports).allSatisfy(it -> assertThat(it.failure()).contains(unresolved));
    assertThat(loop.sinceLastTick()).as("alive").isLessThanOrEqualTo(INTERVAL);

    isOverWithinTwoCycles();
  }

  /** Both failed at the same moments. */
  @Test
  void whatFailedTogetherDoesNotComeBackTogether() {
    throttleAll();
    rounds(Duration.ofHours(3));
    assertThat(looksAt("a")).isNotEqualTo(looksAt("b"));
  }

  @Test
  void fault31WhatIsDeniedToOneProjectIsRetriedSlowlyAndHoldsUpNoOther() {
    hook(
        "a",
        call -> {
          throw new StoreException(Failure.stalled("allow ssm:GetParametersByPath"));
        });
    publish("b", "2");
    rounds(Duration.ofMinutes(10));

    assertThat(looksAt("a")).hasSizeBetween(2, 5);
    assertThat(looksAt("b")).hasSizeGreaterThanOrEqualTo(39);
    assertThat(stage("b")).endsWith(":2");
  }

  private void isOverWithinTwoCycles() {
    fail(Optional.empty());
    reports.clear();
    Instant since = clock.instant();
    while (looksAt("a").size() < 2) {
      rounds(INTERVAL);
      assertThat(Duration.between(since, clock.instant())).isLessThan(SLOWEST.plus(INTERVAL));
    }
    assertThat(stage("a")).endsWith(":2");
    assertThat(parameters.version(STAGE.formatted("a"))).isEqualTo(2);
    assertThat(releases.get("a").all()).hasSize(2);
    assertThat(releases.get("a").audit()).doesNotHaveDuplicates();
  }

  private void throttleAll() {
    fail(Failure.transientOne("SSM GetParametersByPath is throttled"));
  }

  private void fail(Failure failure) {
    fail(Optional.of(failure));
  }

  private void fail(Optional<Failure> failure) {
    CallHook hook =
        call ->
            failure.ifPresent(
                it -> {
                  throw new StoreException(it);
                });
    parameters.hook(hook);
    daemon.hook(hook);
    releases.keySet().forEach(project -> hook(project, hook));
  }

  private void hook(String project, CallHook hook) {
    releases.get(project).hook(hook);
  }

  private void rounds(Duration time) {
    for (Instant end = clock.instant().plus(time); clock.instant().isBefore(end); ) {
      clock.advance(INTERVAL);
      loop.tick();
    }
  }

  private void publish(String project, String tag) {
    parameters.write("/%s/images/latest/bags".formatted(project), "example.com/ns/bags:" + tag);
  }

  private String stage(String project) {
    return parameters.value(STAGE.formatted(project)).orElse("");
  }

  private List<Instant> looksAt(String project) {
    return reports.stream()
        .filter(report -> report.desired().project().value().equals(project))
        .map(CycleReport::startedAt)
        .toList();
  }

  private ProjectStores stores(ProjectId project) {
    return MemoryStores.of(
        parameters, releases.computeIfAbsent(project.value(), id -> new MemoryReleaseStore()));
  }

  private final class Recording implements ReconcileListener {
    @Override
    public void cycleEnded(CycleReport report) {
      reports.add(report);
    }
  }

  private static final class InTheSameThread extends AbstractExecutorService {
    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }
}
