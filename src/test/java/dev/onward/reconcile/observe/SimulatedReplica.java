package dev.onward.reconcile.observe;

import dev.onward.OnwardConfig;
import dev.onward.command.CommandExecutor;
import dev.onward.command.CommandResult;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.plan.DesiredState;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.reconcile.CycleReport;
import dev.onward.reconcile.Reconciler;
import dev.onward.reconcile.check.ExternalChecks;
import dev.onward.store.ProjectStores;
import dev.onward.store.VerificationProbe;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** What one process of Onward has in its memory, for the simulation to run as it likes. */
public final class SimulatedReplica {
  private static final Duration ANY_DATE = Duration.ofDays(1_000 * 365);

  private final Reconciler reconciler;
  private final CommandExecutor executor;
  private final ProjectCache memory;

  /**
   * @param clock which the stores go by too
   * @param nanoTime one that never jumps
   * @param random in the place of luck
   */
  public SimulatedReplica(
      OnwardConfig config,
      ProjectStores.Provider provider,
      VerificationProbe probes,
      SkewCorrectedClock clock,
      LongSupplier nanoTime,
      RandomGenerator random) {
    var globalInterventions =
        new GlobalInterventions(provider.daemon(), config.interval().dividedBy(2), nanoTime);
    memory = new ProjectCache(new Backoff(config, () -> random), nanoTime);
    reconciler =
        new Reconciler(
            config,
            provider,
            new ExternalChecks(probes, config.interval()),
            globalInterventions,
            clock,
            nanoTime,
            () -> false);
    executor = new CommandExecutor(provider, reconciler, globalInterventions, clock);
  }

  /** One that believes whatever an answer is dated, once it has believed one. */
  public static SkewCorrectedClock credulousClock(InstantSource machine, LongSupplier nanoTime) {
    return new SkewCorrectedClock(machine, nanoTime, ANY_DATE);
  }

  public CycleReport cycle(DesiredState desired) {
    return reconciler.cycle(desired, memory);
  }

  /** Between two cycles, never during one. */
  public CommandResult execute(
      DesiredState desired, OperatorCommand command, Attribution attribution) {
    return executor.execute(desired, memory, command, attribution, Optional.empty(), false);
  }

  /** At any time. */
  public CommandResult updateInterventions(
      DesiredState desired, Intervention intervention, Attribution attribution) {
    return executor.updateInterventions(
        desired, memory, intervention, attribution, Optional.empty(), Optional.empty(), false);
  }

  /** Between two cycles, never during one. */
  public CommandResult sayEverywhere(Intervention intervention, Attribution attribution) {
    return executor.updateGlobalInterventions(intervention, attribution, Optional.empty(), false);
  }
}
