package dev.onward.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.OnwardConfig;
import dev.onward.lease.LeaderElector;
import dev.onward.lease.MemoryLeaseStore;
import dev.onward.model.AuditEvent;
import dev.onward.model.Label;
import dev.onward.model.ProjectId;
import dev.onward.model.Requester;
import dev.onward.model.ServiceId;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.release.ImageRef;
import dev.onward.plan.DesiredState;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.plan.command.PublicationForecast;
import dev.onward.reconcile.CallHook;
import dev.onward.reconcile.CycleReport;
import dev.onward.reconcile.MemoryAuditTrail;
import dev.onward.reconcile.MemoryGlobalStore;
import dev.onward.reconcile.MemoryIdempotencyStore;
import dev.onward.reconcile.MemoryParameterStore;
import dev.onward.reconcile.MemoryReleaseStore;
import dev.onward.reconcile.MemoryStores;
import dev.onward.reconcile.MovableClock;
import dev.onward.reconcile.ReconcileListener;
import dev.onward.reconcile.ReconcileLoop;
import dev.onward.reconcile.observe.SkewCorrectedClock;
import dev.onward.store.Failure;
import dev.onward.store.LeaseRecord;
import dev.onward.store.LeaseStore;
import dev.onward.store.ProjectStores;
import dev.onward.store.StoreException;
import dev.onward.store.WriteOutcome;
import dev.onward.testing.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people ask of a loop that has cycles under way. */
@Timeout(20)
class CommandServiceTest {
  private static final ProjectId PROJECT = new ProjectId("a");
  private static final Intervention FREEZE =
      new Intervention.SetFreeze("f", Optional.empty(), Optional.empty());
  private static final OperatorCommand WORD = new OperatorCommand.Say(FREEZE);
  private static final Intervention STOP = new Intervention.StopEverything();

  @TempDir Path directory;

  private final MovableClock clock = new MovableClock();
  private final MemoryParameterStore parameters = new MemoryParameterStore(clock);
  private final MemoryReleaseStore releases = new MemoryReleaseStore();
  private final MemoryGlobalStore daemon = new MemoryGlobalStore();
  private final MemoryAuditTrail audit = new MemoryAuditTrail();
  private final Tasks tasks = new Tasks();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<String> toldGlobally = new CopyOnWriteArrayList<>();
  private final Semaphore entered = new Semaphore(0);
  private final Semaphore gate = new Semaphore(0);
  private ReconcileLoop loop;
  private CommandService commands;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(directory.resolve("a.yaml"), "a: {environments: []}");
    loop = loop("act");
    loop.tick();
    tasks.run();
    told.clear();
  }

  @Test
  void whoeverAsksIsAnsweredBeforeTheCycleThatFollows() {
    assertThat(execute(WORD, false).orElseThrow().outcome()).contains(new WriteOutcome.Applied());
    assertThat(told).containsExactly("wish");
    tasks.run();
    assertThat(told).containsExactly("wish", "a SUCCEEDED");
  }

  @Test
  void nothingFollowsFromAPreview() {
    CommandResult report = execute(WORD, true).orElseThrow();
    assertThat(report.preview()).isPresent();
    assertThat(report.dryRun()).isTrue();
    assertThat(tasks.waiting).isEmpty();
  }

  @Test
  void aWordIsSaidWhileACycleIsUnderWay() throws Exception {
    Thread cycle = cycleThatHolds();
    CommandResult report = execute(WORD, false).orElseThrow();
    assertThat(report.outcome()).contains(new WriteOutcome.Applied());
    assertThat(report.preview()).as("nobody knows what follows").isEmpty();
    assertThat(releases.state().interventions().freezes()).hasSize(1);
    assertThat(told).containsExactly("wish");
    gate.release();
    cycle.join();
    assertThat(tasks.waiting).as("another cycle follows without a tick").hasSize(1);
  }

  @Test
  void whatIsPublishedDuringACycleIsReconciledRightAfterIt() throws Exception {
    Thread cycle = cycleThatHolds();
    publish();
    gate.release();
    cycle.join();
    assertThat(tasks.waiting).hasSize(1);
    tasks.run();
    assertThat(told).containsExactly("published", "a SUCCEEDED", "a SUCCEEDED");
  }

  @Test
  void whatIsSaidOfEverythingDuringACycleIsFollowedByAnother() throws Exception {
    Thread cycle = cycleThatHolds();
    commands.updateGlobalInterventions(STOP, said(), Optional.empty(), false);
    gate.release();
    cycle.join();
    assertThat(tasks.waiting).hasSize(1);
  }

  @Test
  void whatAPersonAsksForDuringALookOfAStandbyIsReconciledInFullRightAfterIt() throws Exception {
    standBy();
    Thread look = cycleThatHolds();
    execute(WORD, false);
    publish();
    gate.release();
    look.join();
    tasks.run();
    assertThat(told).containsExactly("wish", "published", "looked at a", "a SUCCEEDED");
  }

  @Test
  void aGlobalCommandIsToldToTheListenersOfAllCommandsAndItsPreviewIsNot() {
    commands.updateGlobalInterventions(STOP, said(), Optional.empty(), true);
    assertThat(toldGlobally).isEmpty();
    commands.updateGlobalInterventions(STOP, said(), Optional.of(7L), false);
    commands.updateGlobalInterventions(STOP, said(), Optional.of(0L), false);
    assertThat(toldGlobally).containsExactly("refused", "written");
  }

  @Test
  void whatIsSaidOfEverythingAtAStandbyIsReconciledInFull() throws Exception {
    standBy();
    commands.updateGlobalInterventions(STOP, said(), Optional.empty(), false);
    tasks.run();
    assertThat(told).containsExactly("a SUCCEEDED");
  }

  @Test
  void whoHasAProjectLookedAtDuringACycleIsToldOfTheOneThatFollows() throws Exception {
    Thread cycle = cycleThatHolds();
    var answer = inBackground(() -> commands.reconcile(PROJECT, said(), false));
    while (audit.page(1, Optional.empty()).events().isEmpty()) {
      Thread.onSpinWait();
    }
    gate.release();
    cycle.join();
    while (!answer.isDone()) {
      tasks.run();
    }
    assertThat(answer.get().orElseThrow()).isInstanceOf(ReconcileResult.Ended.class);
    assertThat(told).containsExactly("a SUCCEEDED", "a SUCCEEDED");
  }

  @Test
  void whatAPersonAsksForGoesBeforeACycleThatWaitsForAWorker() {
    loop.tick();
    assertThat(tasks.waiting).hasSize(1);
    assertThat(execute(new OperatorCommand.Cut(new Label("latest")), true)).isPresent();
    tasks.run();
    assertThat(told).as("the cycle is not lost").containsExactly("wish", "a SUCCEEDED");
  }

  @Test
  void aWordIsSaidWithoutAListingAndToldWhatFollowsByWhatTheLastCycleSaw() {
    parameters.hook(
        call -> {
          throw new AssertionError(call + ": no word needs it");
        });
    assertThat(execute(WORD, false).orElseThrow().preview()).isPresent();
    parameters.hook(CallHook.NONE);
    tasks.run();
    assertThat(told).containsExactly("wish", "a SUCCEEDED");
  }

  private void standBy() throws InterruptedException {
    var lease = new MemoryLeaseStore();
    lease.claim(
        new LeaseStore.Claim(
            "other",
            0,
            Duration.ofSeconds(10),
            new LeaseRecord.Presence(clock.instant(), 1),
            Set.of()));
    var settings = Settings.of("onward.manifests", directory.toString());
    var leadership = new LeaderElector(settings, lease, "this", clock.instant(), clock::nanoTime);
    leadership.step();
    loop = loop(settings, leadership);
    loop.tick();
    tasks.run();
    assertThat(told).containsExactly("looked at a");
    told.clear();
    clock.advance(Duration.ofMinutes(1));
  }

  private void publish() {
    var bags = new TreeMap<>(Map.of(new ServiceId("bags"), new ImageRef("example.com/bags:1")));
    commands.publish(PROJECT, new Publication(new Label("latest"), bags, true), said(), false);
  }

  @Test
  void aWordIsSaidWhileParameterStoreIsOutOfReach() {
    parameters.hook(
        call -> {
          throw new StoreException(Failure.transientOne("throttled"));
        });
    assertThat(execute(WORD, false).orElseThrow().outcome()).contains(new WriteOutcome.Applied());
    assertThatThrownBy(() -> execute(WORD, true)).isInstanceOf(StoreException.class);
  }

  @Test
  void whoIsExpectingOtherWordsIsRefusedWhileACycleIsUnderWayToo() throws Exception {
    Thread cycle = cycleThatHolds();
    CommandResult report =
        commands.execute(PROJECT, WORD, said(), Optional.of(7L), false).orElseThrow();
    assertThat(report.outcome()).isEmpty();
    assertThat(releases.state().interventions().freezes()).isEmpty();
    gate.release();
    cycle.join();
  }

  @Test
  void aProjectThatGoesWhileSomebodyWaitsIsNone() throws Exception {
    Thread cycle = cycleThatHolds();
    var answer = new CompletableFuture<Optional<CommandResult>>();
    var person = Thread.ofPlatform().start(() -> answer.complete(execute(WORD, true)));
    while (person.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    Files.delete(directory.resolve("a.yaml"));
    loop.tick();
    gate.release();
    cycle.join();
    assertThat(answer.get(10, TimeUnit.SECONDS)).isEmpty();
    assertThat(loop.longestRunning()).isZero();
  }

  @Test
  void whatWasSaidIsAnsweredEvenIfNoCycleFollowsAnyMore() {
    tasks.shutdown();
    assertThat(execute(WORD, false).orElseThrow().outcome()).contains(new WriteOutcome.Applied());
    assertThat(commands.updateGlobalInterventions(STOP, said(), Optional.empty(), false).outcome())
        .contains(new WriteOutcome.Applied());
  }

  @Test
  void whoOnlyObservesPreviewsAndWritesNothing() {
    loop = loop("observe");
    loop.tick();
    tasks.run();
    assertThat(execute(WORD, true).orElseThrow().preview()).isPresent();
    assertThatThrownBy(() -> execute(WORD, false))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("Onward runs in observe mode");
    assertThat(commands.updateGlobalInterventions(STOP, said(), Optional.empty(), true).outcome())
        .isEmpty();
    assertThatThrownBy(
            () -> commands.updateGlobalInterventions(STOP, said(), Optional.empty(), false))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("Onward runs in observe mode");
    assertThat(releases.audit()).isEmpty();
    assertThat(daemon.said()).isEmpty();
  }

  @Test
  void whoeverHasAProjectLookedAtIsToldHowThatWent() throws Exception {
    var answer = inBackground(() -> commands.reconcile(PROJECT, said(), false));
    while (!answer.isDone()) {
      tasks.run();
    }
    assertThat(answer.get().orElseThrow())
        .isInstanceOfSatisfying(
            ReconcileResult.Ended.class,
            it -> assertThat(it.report().outcome()).isEqualTo(CycleReport.Outcome.SUCCEEDED));
    assertThat(told).containsExactly("a SUCCEEDED");
    assertThat(audit.page(1, Optional.empty()).events())
        .extracting(AuditEvent::event)
        .containsExactly("reconcile_asked");
  }

  @Test
  void lookingAtOnceDoesNotWaitForTheDelayThatFailuresEarned() throws Exception {
    parameters.hook(
        call -> {
          throw new StoreException(Failure.stalled("denied"));
        });
    loop.tick();
    tasks.run();
    parameters.hook(CallHook.NONE);
    loop.tick();
    assertThat(tasks.waiting).as("it is delayed").isEmpty();
    var answer = inBackground(() -> commands.reconcile(PROJECT, said(), false));
    while (!answer.isDone()) {
      tasks.run();
    }
    assertThat(told).containsExactly("a STALLED", "a SUCCEEDED");
  }

  @Test
  void whoeverOnlyWantsToKnowWhatALookWouldDoChangesNothing() {
    ReconcileResult result = commands.reconcile(PROJECT, said(), true).orElseThrow();
    assertThat(result).isInstanceOf(ReconcileResult.Ended.class);
    assertThat(told).isEmpty();
    assertThat(tasks.waiting).isEmpty();
    assertThat(audit.page(1, Optional.empty()).events()).isEmpty();
    assertThat(commands.reconcile(new ProjectId("b"), said(), true)).isEmpty();
  }

  @Test
  void whatIsPublishedIsLookedAtNext() {
    var bags = new TreeMap<>(Map.of(new ServiceId("bags"), new ImageRef("example.com/bags:1")));
    var publication = new Publication(new Label("latest"), bags, true);
    assertThat(commands.publish(PROJECT, publication, said(), true)).isPresent();
    assertThat(tasks.waiting).as("after a preview").isEmpty();
    assertThat(told).as("after a preview").isEmpty();
    commands.publish(PROJECT, publication, said(), false);
    assertThat(parameters.value("/a/images/latest/bags")).contains("example.com/bags:1");
    assertThat(tasks.waiting).hasSize(1);
    assertThat(told).containsExactly("published");
  }

  @Test
  void thePreviewOfAPublicationSaysWhatFollowsUnlessTheProjectIsBusy() throws Exception {
    var bags = new TreeMap<>(Map.of(new ServiceId("bags"), new ImageRef("example.com/bags:1")));
    var publication = new Publication(new Label("latest"), bags, true);
    assertThat(forecast(publication))
        .hasValueSatisfying(it -> assertThat(it).contains("a release"));
    Thread cycle = cycleThatHolds();
    assertThat(forecast(publication)).isEmpty();
    gate.release();
    cycle.join();
  }

  private Optional<String> forecast(Publication publication) {
    var report = commands.publish(PROJECT, publication, said(), true).orElseThrow();
    return ((PublicationResult.Ended) report).forecast().map(PublicationForecast::summary);
  }

  private static <T> CompletableFuture<T> inBackground(Supplier<T> work) {
    var done = new CompletableFuture<T>();
    Thread.ofPlatform().start(() -> done.complete(work.get()));
    return done;
  }

  /** Begins a cycle that stands still at its listing until the gate opens. */
  private Thread cycleThatHolds() throws InterruptedException {
    parameters.hook(
        call -> {
          parameters.hook(CallHook.NONE);
          entered.release();
          gate.acquireUninterruptibly();
        });
    loop.tick();
    Thread cycle = Thread.ofPlatform().start(tasks::run);
    entered.acquire();
    return cycle;
  }

  private Optional<CommandResult> execute(OperatorCommand command, boolean dryRun) {
    return commands.execute(PROJECT, command, said(), Optional.empty(), dryRun);
  }

  private Attribution said() {
    return new Attribution(
        new Requester("alice", "Alice"), clock.instant(), "fire", Optional.empty());
  }

  private ReconcileLoop loop(String mode) {
    return loop(
        Settings.of("onward.manifests", directory.toString(), "onward.mode", mode),
        MemoryLeaseStore.unneeded());
  }

  private ReconcileLoop loop(OnwardConfig settings, LeaderElector leadership) {
    var stores =
        new MemoryStores(
            project ->
                new ProjectStores(
                    parameters,
                    releases,
                    MemoryStores.NO_CALENDARS,
                    audit,
                    new MemoryIdempotencyStore()),
            daemon);
    var recording = new Recording();
    var corrected = new SkewCorrectedClock(clock, clock::nanoTime);
    var created =
        new ReconcileLoop(
            settings,
            stores,
            MemoryStores.NO_PROBES,
            leadership,
            List.of(recording),
            corrected,
            clock::nanoTime,
            tasks,
            tasks);
    commands = new CommandService(settings, stores, created, corrected, List.of(recording));
    return created;
  }

  private final class Recording implements ReconcileListener, CommandListener {
    @Override
    public void cycleEnded(CycleReport report) {
      told.add(report.desired().project() + " " + report.outcome());
    }

    @Override
    public void looked(CycleReport report) {
      told.add("looked at " + report.desired().project());
    }

    @Override
    public void commandEnded(
        DesiredState desired,
        OperatorCommand command,
        Attribution attribution,
        CommandResult report) {
      told.add("wish");
    }

    @Override
    public void globalCommandEnded(
        Intervention intervention, Attribution attribution, CommandResult result) {
      toldGlobally.add(result.outcome().isPresent() ? "written" : "refused");
    }

    @Override
    public void published(
        DesiredState desired,
        Publication publication,
        Attribution attribution,
        PublicationResult report) {
      told.add("published");
    }
  }

  /** Runs nothing until the test says so. */
  private static final class Tasks extends AbstractExecutorService {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean down;

    @Override
    public synchronized void execute(Runnable task) {
      if (down) {
        throw new RejectedExecutionException("shut down");
      }
      waiting.add(task);
    }

    void run() {
      for (Runnable task : taken()) {
        task.run();
      }
    }

    private synchronized List<Runnable> taken() {
      var tasks = new ArrayList<>(waiting);
      waiting.clear();
      return tasks;
    }

    @Override
    public synchronized void shutdown() {
      down = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      shutdown();
      return taken();
    }

    @Override
    public synchronized boolean isShutdown() {
      return down;
    }

    @Override
    public boolean isTerminated() {
      return isShutdown();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return isTerminated();
    }
  }
}
