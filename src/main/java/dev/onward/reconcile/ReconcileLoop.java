package dev.onward.reconcile;

import dev.onward.OnwardConfig;
import dev.onward.manifest.ManifestChange;
import dev.onward.manifest.ManifestWatcher;
import dev.onward.manifest.Manifests;
import dev.onward.model.ProjectId;
import dev.onward.plan.DesiredState;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Reconciles every project again and again: at every tick all that are due, in parallel up to a
 * bound, never one project twice at once.
 */
@ApplicationScoped
public class ReconcileLoop {
  private static final Logger LOG = Logger.getLogger(ReconcileLoop.class);
  private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(8);

  private final OnwardConfig config;
  private final Reconciler reconciler;
  private final ManifestWatcher manifests;
  private final List<CycleListener> listeners;
  private final Map<ProjectId, ProjectSlot> slots = new ConcurrentHashMap<>();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore running;
  private volatile boolean stopping;
  private volatile long lastTick = System.nanoTime();
  private volatile boolean started;

  ReconcileLoop(
      OnwardConfig config, ProjectStores.Provider stores, @All List<CycleListener> listeners) {
    this.config = config;
    this.reconciler = new Reconciler(config, stores, InstantSource.system(), () -> stopping);
    this.manifests = new ManifestWatcher(config.manifests());
    this.listeners = listeners;
    this.running = new Semaphore(config.parallelism(), true);
  }

  void onStart(@Observes StartupEvent event) {
    executor.execute(this::tick);
  }

  @Scheduled(
      every = "${onward.interval}",
      delayed = "${onward.interval}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void tick() {
    if (stopping) {
      return;
    }
    lastTick = System.nanoTime();
    readManifests();
    if (manifests.current().projects().isEmpty()) {
      started = true;
    }
    for (DesiredState desired : manifests.current().projects().values()) {
      var slot =
          slots.computeIfAbsent(
              desired.project(), project -> new ProjectSlot(config, System::nanoTime));
      if (slot.take()) {
        executor.execute(() -> cycle(desired, slot));
      }
    }
  }

  private void readManifests() {
    List<ManifestChange> changes = manifests.poll();
    if (changes.isEmpty()) {
      return;
    }
    Manifests current = manifests.current();
    listeners.forEach(listener -> listener.manifestsChanged(current, changes));
    slots.forEach(
        (project, slot) -> {
          if (!current.projects().containsKey(project)) {
            remove(project, slot);
          }
        });
  }

  private void remove(ProjectId project, ProjectSlot slot) {
    synchronized (slot) {
      slots.remove(project);
      listeners.forEach(listener -> listener.projectRemoved(project));
    }
  }

  /** Nothing is told of a project after its removal, for listeners have forgotten it. */
  private void tell(CycleReport report, ProjectSlot slot) {
    synchronized (slot) {
      if (slots.get(report.desired().project()) == slot) {
        listeners.forEach(listener -> listener.cycleEnded(report));
      }
    }
  }

  private void cycle(DesiredState desired, ProjectSlot slot) {
    running.acquireUninterruptibly();
    var outcome = CycleReport.Outcome.FAILED;
    try {
      if (stopping) {
        return;
      }
      CycleReport report = reconcile(desired, slot);
      outcome = report.outcome();
      tell(report, slot);
      started = true;
    } finally {
      slot.release(outcome);
      running.release();
    }
  }

  /** A bug in one project's cycle is that project's failure, not the loop's end. */
  private CycleReport reconcile(DesiredState desired, ProjectSlot slot) {
    Instant startedAt = Instant.now();
    try {
      return reconciler.cycle(desired, slot.memory());
    } catch (RuntimeException e) {
      LOG.errorf(e, "Reconciling %s broke: this is a bug in Onward", desired.project());
      return new CycleReport(
          desired,
          startedAt,
          Duration.between(startedAt, Instant.now()),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.of(Failure.transientOne("internal error: " + e)));
    }
  }

  /** The call in flight ends; nothing new begins. */
  void onStop(@Observes ShutdownEvent event) throws InterruptedException {
    stopping = true;
    executor.shutdown();
    if (!executor.awaitTermination(SHUTDOWN_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.warnf("Cycles were still under way after %s: cut off", SHUTDOWN_GRACE);
      executor.shutdownNow();
    }
  }

  /** How long ago the loop last looked what is due: grows only when it is stuck. */
  public Duration sinceLastTick() {
    return Duration.ofNanos(System.nanoTime() - lastTick);
  }

  /** Whether a first cycle has ended, well or badly, or there is nothing to reconcile. */
  public boolean isStarted() {
    return started;
  }

  public Manifests manifests() {
    return manifests.current();
  }
}
