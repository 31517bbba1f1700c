package dev.onward.reconcile;

import dev.onward.OnwardConfig;
import dev.onward.lease.LeaderElector;
import dev.onward.lease.LeadershipState;
import dev.onward.manifest.ManifestChange;
import dev.onward.manifest.ManifestWatcher;
import dev.onward.manifest.Manifests;
import dev.onward.manifest.ProjectSelection;
import dev.onward.model.ProjectId;
import dev.onward.plan.DesiredState;
import dev.onward.plan.Words;
import dev.onward.reconcile.check.ExternalChecks;
import dev.onward.reconcile.observe.GlobalInterventions;
import dev.onward.reconcile.observe.SkewCorrectedClock;
import dev.onward.store.Failure;
import dev.onward.store.ProjectStores;
import dev.onward.store.VerificationProbe;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Reconciles every project again and again: at every tick all that are due, in parallel up to a
 * bound, never one project twice at once.
 */
@ApplicationScoped
public class ReconcileLoop {
  private static final Logger LOG = Logger.getLogger(ReconcileLoop.class);

  private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(6);
  private static final Duration CUT_OFF_GRACE = Duration.ofSeconds(1);

  /**
   * Together with the two before a second and a half less than the 10 s within which a process is
   * to end: a busy machine takes its time for the rest.
   */
  private static final Duration GIVING_BACK_GRACE = Duration.ofMillis(1500);

  /**
   * How long a round waits for manifests that changed. They are read beside it: a file that takes
   * long, or for ever, holds nobody up for more than this.
   */
  private static final Duration MANIFEST_PATIENCE = Duration.ofSeconds(2);

  /** How long a thread that has nothing to do is kept. */
  private static final Duration IDLE = Duration.ofMinutes(1);

  /** How long the first round waits to know whether it is this replica's to act. */
  private static final Duration LEASE_PATIENCE = Duration.ofSeconds(2);

  private final OnwardConfig config;
  private final Reconciler reconciler;
  private final GlobalInterventions globalInterventions;
  private final ProjectStores.Provider stores;
  private final LeaderElector leadership;
  private final ManifestWatcher manifests;
  private final Listeners<ReconcileListener> listeners;
  private final SkewCorrectedClock clock;
  private final LongSupplier nanoTime;
  private final ExecutorService rounds;
  private final ExecutorService cycles;

  /** Only a tick puts in and drops slots, and only free ones are dropped. */
  private final Map<ProjectId, ProjectLane> slots = new ConcurrentHashMap<>();

  private final AtomicLong sequence = new AtomicLong();

  private volatile boolean stopping;
  private volatile long lastTick;
  private volatile Optional<Instant> lastTickAt = Optional.empty();
  private volatile boolean started;

  @Inject
  ReconcileLoop(
      OnwardConfig config,
      ProjectStores.Provider stores,
      VerificationProbe probes,
      LeaderElector leadership,
      SkewCorrectedClock clock,
      @All List<ReconcileListener> listeners) {
    this(
        config,
        stores,
        probes,
        leadership,
        listeners,
        clock,
        System::nanoTime,
        threads("round-", 1, new LinkedBlockingQueue<>()),
        workers(config.parallelism()));
  }

  /**
   * Platform threads: virtual ones share a carrier a processor with all requests, and one request
   * that computes would keep every cycle waiting. What waits for its turn waits as a task:
   * thousands of projects would be thousands of stacks. Cycles that somebody asked for go before
   * the others.
   */
  static ExecutorService workers(int atATime) {
    return threads("cycle-", atATime, new PriorityBlockingQueue<>());
  }

  private static ExecutorService threads(
      String name, int atATime, BlockingQueue<Runnable> waiting) {
    var threads =
        new ThreadPoolExecutor(
            atATime,
            atATime,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            waiting,
            Thread.ofPlatform().daemon().name(name, 0).factory());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /**
   * @param rounds runs what begins cycles, which must not wait behind them
   * @param cycles runs as many of them at the same time as there are to be
   */
  public ReconcileLoop(
      OnwardConfig config,
      ProjectStores.Provider stores,
      VerificationProbe probes,
      LeaderElector leadership,
      List<ReconcileListener> listeners,
      SkewCorrectedClock clock,
      LongSupplier nanoTime,
      ExecutorService rounds,
      ExecutorService cycles) {
    this.config = config;
    this.stores = stores;
    this.leadership = leadership;
    // A round of cycles reads once what operators have said about everything.
    this.globalInterventions =
        new GlobalInterventions(stores.daemon(), config.interval().dividedBy(2), nanoTime);
    this.reconciler =
        new Reconciler(
            config,
            stores,
            new ExternalChecks(probes, config.interval()),
            globalInterventions,
            clock,
            nanoTime,
            () -> stopping);
    this.manifests =
        new ManifestWatcher(
            config.manifests(), ProjectSelection.of(config.projects()), MANIFEST_PATIENCE);
    this.listeners = new Listeners<>(listeners);
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.rounds = rounds;
    this.cycles = cycles;
    this.lastTick = nanoTime.getAsLong();
  }

  /** The interval is handed over as it was read: the scheduler's own grammar is another one. */
  void onStart(@Observes StartupEvent event, Scheduler scheduler) {
    rounds.execute(
        () -> {
          leadership.begin(LEASE_PATIENCE, this::lead);
          tick();
        });
    scheduler
        .newJob("reconcile")
        .setInterval(config.interval().toString())
        .setDelayed(config.interval().toString())
        .setConcurrentExecution(Scheduled.ConcurrentExecution.SKIP)
        .setTask(_ -> tick())
        .schedule();
  }

  /** Whatever was to wait, because somebody else led, is due now. */
  void lead() {
    slots.values().forEach(ProjectLane::renew);
    reconcileNow();
  }

  private void reconcileNow() {
    if (stopping) {
      return;
    }
    try {
      rounds.execute(this::tick);
    } catch (RejectedExecutionException e) {
      LOG.debug("Reconcile loop stopped: Onward is shutting down", e);
    }
  }

  public synchronized void tick() {
    if (stopping) {
      return;
    }
    lastTick = nanoTime.getAsLong();
    lastTickAt = Optional.of(clock.instant());
    stores.limitReads(leadership.state() != LeadershipState.LEADER);
    readManifests();
    Map<ProjectId, DesiredState> projects = manifests.current().projects();
    if (projects.isEmpty() && manifests.hasRead()) {
      started = true;
    }
    slots
        .entrySet()
        .removeIf(slot -> !projects.containsKey(slot.getKey()) && slot.getValue().isFree());
    for (ProjectId project : projects.keySet()) {
      ProjectLane slot = slots.computeIfAbsent(project, this::slot);
      if (slot.take()) {
        queue(project, slot);
      }
    }
  }

  private ProjectLane slot(ProjectId project) {
    return new ProjectLane(config, nanoTime, slot -> queue(project, slot));
  }

  private void queue(ProjectId project, ProjectLane slot) {
    try {
      cycles.execute(
          new QueuedCycle(slot.isAsked(), sequence.incrementAndGet(), () -> cycle(project, slot)));
    } catch (RejectedExecutionException e) {
      slot.abandon(); // Onward stops.
    }
  }

  private void readManifests() {
    boolean goesOn = manifests.isReading();
    List<ManifestChange> changes = manifests.poll();
    if (manifests.isReading() && !goesOn) {
      LOG.warnf(
          "Manifests are still being read after %s: the last valid ones remain in force",
          Words.of(MANIFEST_PATIENCE));
    }
    if (changes.isEmpty()) {
      return;
    }
    Manifests current = manifests.current();
    stores.keepOnly(
        current.projects().values().stream()
            .collect(Collectors.toMap(DesiredState::project, DesiredState::role)));
    listeners.publish(listener -> listener.manifestsChanged(current, changes));
    for (ManifestChange change : changes) {
      switch (change) {
        case ManifestChange.ProjectAdded(var project, var file) -> renew(project);
        case ManifestChange.ProjectChanged(var project, var file) -> renew(project);
        case ManifestChange.ProjectRemoved(var project) -> remove(project);
        case ManifestChange.ProjectKept kept -> {}
        case ManifestChange.ProblemAppeared appeared -> {}
        case ManifestChange.FileMended mended -> {}
      }
    }
  }

  /** Whoever has just corrected a manifest does not wait for the delay that the old one earned. */
  private void renew(ProjectId project) {
    Optional.ofNullable(slots.get(project)).ifPresent(ProjectLane::renew);
  }

  /** Nothing is told of a project after its removal, for listeners have forgotten it. */
  private void remove(ProjectId project) {
    Optional.ofNullable(slots.get(project))
        .ifPresent(
            slot ->
                slot.retire(() -> listeners.publish(listener -> listener.projectRemoved(project))));
  }

  private void cycle(ProjectId project, ProjectLane slot) {
    slot.beginCycle()
        .ifPresent(
            askers -> {
              Optional<CycleReport> report = Optional.empty();
              try {
                report = begun(project, slot, !askers.isEmpty());
              } finally {
                for (var asker : askers) {
                  asker.accept(report);
                }
              }
            });
  }

  private Optional<CycleReport> begun(ProjectId project, ProjectLane slot, boolean asked) {
    Optional<DesiredState> desired =
        Optional.ofNullable(manifests.current().projects().get(project));
    if (stopping || desired.isEmpty()) {
      slot.giveBack();
      return Optional.empty();
    }
    return Optional.of(cycle(desired.get(), slot, asked));
  }

  private CycleReport cycle(DesiredState desired, ProjectLane slot, boolean asked) {
    LeadershipState duty = leadership.state();
    boolean acts = asked || duty.acts();
    var outcome = CycleReport.Outcome.FAILED;
    try {
      CycleReport report = reconcile(desired, slot, acts);
      outcome = report.outcome();
      slot.saw(report.observed().map(observed -> new ProjectLane.Sight(desired, observed)));
      slot.report(() -> listeners.publish(listener -> publish(listener, report, acts)));
      return report;
    } finally {
      started = true;
      slot.release(outcome, rest(duty));
      if (duty != LeadershipState.LEADER
          && leadership.state() == LeadershipState.LEADER
          && slot.take()) {
        // It came to lead meanwhile, and the round that followed found the slot taken.
        queue(desired.project(), slot);
      }
    }
  }

  private static void publish(ReconcileListener listener, CycleReport report, boolean acts) {
    if (acts) {
      listener.cycleEnded(report);
    } else {
      listener.looked(report);
    }
  }

  /** Half a round less than the standby's interval: rounds do not come to the moment. */
  private Duration rest(LeadershipState duty) {
    Duration interval = config.interval();
    Duration rest = config.lease().standbyInterval().minus(interval.dividedBy(2));
    return duty == LeadershipState.LEADER || rest.compareTo(interval) < 0 ? Duration.ZERO : rest;
  }

  /** The lane of a project, to execute a command in; absent if there is no such project. */
  public Optional<ProjectLane> lane(ProjectId project) {
    return manifests.current().projects().containsKey(project)
        ? Optional.ofNullable(slots.get(project))
        : Optional.empty();
  }

  /**
   * What is desired of a project that waited for its lane: meanwhile the manifest may have changed,
   * or the project have gone or come anew.
   */
  public Optional<DesiredState> desired(ProjectId project, ProjectLane lane) {
    return slots.get(project) == lane
        ? Optional.ofNullable(manifests.current().projects().get(project))
        : Optional.empty();
  }

  /** Has every project reconciled in full, at once or right after the cycle under way. */
  public void reconcileAll() {
    slots.values().forEach(slot -> slot.ask(cycle -> {}));
  }

  public Reconciler reconciler() {
    return reconciler;
  }

  public GlobalInterventions globalInterventions() {
    return globalInterventions;
  }

  /** A bug in one project's cycle is that project's failure, not the loop's end. */
  private CycleReport reconcile(DesiredState desired, ProjectLane slot, boolean acts) {
    Instant startedAt = clock.instant();
    try {
      return acts
          ? reconciler.cycle(desired, slot.memory())
          : reconciler.look(desired, slot.memory());
    } catch (RuntimeException e) {
      LOG.errorf(
          e, "Unhandled exception reconciling %s: this is a bug in Onward", desired.project());
      return new CycleReport(
          desired,
          startedAt,
          Duration.between(startedAt, clock.instant()),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.of(Failure.transientOne("internal error: " + e)));
    }
  }

  /** The call in flight ends, nothing new begins, and then somebody else may lead. */
  void onStop(@Observes ShutdownEvent event) throws InterruptedException {
    stop();
  }

  void stop() throws InterruptedException {
    stopping = true;
    rounds.shutdown();
    cycles.shutdown();
    if (!endWithin(SHUTDOWN_GRACE)) {
      LOG.warnf("Cycles were still in progress after %s: interrupted", SHUTDOWN_GRACE);
      rounds.shutdownNow();
      // Whatever was still to begin gives its place back.
      cycles.shutdownNow().forEach(Runnable::run);
      if (!endWithin(CUT_OFF_GRACE)) {
        LOG.warnf("Cycles are still in progress %s after they were interrupted", CUT_OFF_GRACE);
      }
    }
    leadership.end(GIVING_BACK_GRACE);
  }

  private boolean endWithin(Duration time) throws InterruptedException {
    long deadline = System.nanoTime() + time.toNanos();
    return cycles.awaitTermination(time.toNanos(), TimeUnit.NANOSECONDS)
        && rounds.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  /** How long ago the loop last looked what is due: grows only when it is stuck. */
  public Duration sinceLastTick() {
    return Duration.ofNanos(nanoTime.getAsLong() - lastTick);
  }

  /** When the loop last looked what is due; absent until it first did. */
  public Optional<Instant> lastTickAt() {
    return lastTickAt;
  }

  /** How long the oldest cycle under way has been running; zero if none is. */
  public Duration longestRunning() {
    return slots.values().stream()
        .map(ProjectLane::running)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /** Whether a first cycle has ended, well or badly, or there is nothing to reconcile. */
  public boolean isStarted() {
    return started;
  }

  public Manifests manifests() {
    return manifests.current();
  }
}
