package dev.onward.reconcile.observe;

import dev.onward.command.CommandExecutor;
import dev.onward.command.CommandResult;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.intervention.InterventionState;
import dev.onward.reconcile.MemoryGlobalStore;
import dev.onward.reconcile.MemoryParameterStore;
import dev.onward.reconcile.MemoryReleaseStore;
import dev.onward.reconcile.MemoryStores;
import dev.onward.reconcile.MovableClock;
import dev.onward.reconcile.Reconciler;
import dev.onward.reconcile.TestProjects;
import dev.onward.reconcile.check.ExternalChecks;
import java.time.Duration;
import java.util.Optional;

/** What one process knows of the global interventions, and the commands on them through it. */
final class GlobalProcess {
  private final GlobalInterventions interventions;
  private final CommandExecutor executor;

  GlobalProcess(MemoryGlobalStore store, Duration fresh, MovableClock clock) {
    interventions = new GlobalInterventions(store, fresh, clock::nanoTime);
    var parameters = new MemoryParameterStore(clock);
    var stores =
        new MemoryStores(project -> MemoryStores.of(parameters, new MemoryReleaseStore()), store);
    var reconciler =
        new Reconciler(
            TestProjects.CONFIG,
            stores,
            new ExternalChecks(MemoryStores.NO_PROBES, TestProjects.CONFIG.interval()),
            interventions,
            new SkewCorrectedClock(clock, clock::nanoTime),
            clock::nanoTime,
            () -> false);
    executor = new CommandExecutor(stores, reconciler, interventions, clock);
  }

  InterventionState current() {
    return interventions.current();
  }

  InterventionState now() {
    return interventions.now();
  }

  CommandResult updateInterventions(
      Intervention intervention, Attribution attribution, boolean dryRun) {
    return updateInterventions(intervention, Optional.empty(), attribution, dryRun);
  }

  CommandResult updateInterventions(
      Intervention intervention, Optional<Long> expected, Attribution attribution, boolean dryRun) {
    return executor.updateGlobalInterventions(intervention, attribution, expected, dryRun);
  }
}
