package dev.onward.reconcile;

import dev.onward.OnwardConfig;
import dev.onward.model.intervention.InterventionState;
import dev.onward.plan.DesiredState;
import dev.onward.plan.IterativePlanner;
import dev.onward.plan.IterativePlanner.Inquiry;
import dev.onward.plan.ObservedState;
import dev.onward.plan.Plan;
import dev.onward.plan.Planner;
import dev.onward.reconcile.check.ExternalChecks;
import dev.onward.reconcile.execute.ActionResult;
import dev.onward.reconcile.execute.InterventionGuard;
import dev.onward.reconcile.execute.PlanExecutor;
import dev.onward.reconcile.observe.GlobalInterventions;
import dev.onward.reconcile.observe.Observer;
import dev.onward.reconcile.observe.ProjectCache;
import dev.onward.reconcile.observe.SkewCorrectedClock;
import dev.onward.store.CycleDeadline;
import dev.onward.store.Failure;
import dev.onward.store.ProjectStores;
import dev.onward.store.StoreException;
import dev.onward.store.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One cycle over one project: observe, plan, act.
 *
 * <p>It is level-triggered. Nothing depends on having seen an event or on having finished the cycle
 * before; wherever a process dies, the next cycle of any replica sees what is there and goes on. A
 * cycle over a project that is as it should be reads one listing and one query and writes nothing.
 */
public final class Reconciler {
  private final ProjectStores.Provider provider;
  private final Observer observer;
  private final IterativePlanner planner;
  private final GlobalInterventions globalInterventions;
  private final ExternalChecks checks;
  private final PlanExecutor actor;
  private final OnwardConfig.Mode mode;
  private final SkewCorrectedClock clock;
  private final LongSupplier nanoTime;
  private final Duration limit;

  public Reconciler(
      OnwardConfig config,
      ProjectStores.Provider provider,
      ExternalChecks checks,
      GlobalInterventions globalInterventions,
      SkewCorrectedClock clock,
      LongSupplier nanoTime,
      BooleanSupplier stopping) {
    this.provider = provider;
    this.nanoTime = nanoTime;
    this.limit = CycleDeadline.limit(config.interval());
    this.clock = clock;
    this.observer = new Observer(this.clock, config.adoptionInterval(), config.repairGrace());
    this.planner = new IterativePlanner(new Planner(config.repairGrace()));
    this.checks = checks;
    this.globalInterventions = globalInterventions;
    this.actor = new PlanExecutor(this.clock, stopping);
    this.mode = config.mode();
  }

  public CycleReport cycle(DesiredState desired, ProjectCache memory) {
    return cycle(desired, memory, mode);
  }

  /** Observes and plans, and does nothing. */
  public CycleReport look(DesiredState desired, ProjectCache memory) {
    return cycle(desired, memory, OnwardConfig.Mode.OBSERVE);
  }

  /** Whatever breaks a cycle may come from what was seen before, and must not break the next. */
  private CycleReport cycle(DesiredState desired, ProjectCache memory, OnwardConfig.Mode mode) {
    try {
      return CycleDeadline.within(limit, nanoTime, () -> oneCycle(desired, memory, mode));
    } catch (RuntimeException e) {
      memory.forget();
      throw e;
    }
  }

  private CycleReport oneCycle(DesiredState desired, ProjectCache memory, OnwardConfig.Mode mode) {
    Instant startedAt = clock.instant();
    long startedNanos = System.nanoTime();
    memory.ruledBy(desired);
    ProjectStores stores = provider.open(desired.project(), desired.role());
    ObservedState observed;
    try {
      observed = observer.observe(desired, stores, globalInterventions.current(), memory);
    } catch (StoreException e) {
      return new CycleReport(
          desired,
          startedAt,
          Duration.ofNanos(System.nanoTime() - startedNanos),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.of(e.failure()));
    }
    Inquiry inquiry = inquiry(stores, memory);
    var informed = planner.plan(desired, observed, inquiry, clock.instant());
    Plan plan = informed.plan();
    observed = informed.observed();
    List<ActionResult> results = List.of();
    if (mode == OnwardConfig.Mode.ACT && !plan.isEmpty()) {
      results =
          actor.execute(
              plan,
              stores,
              new InterventionGuard(
                  observed, globalInterventions, memory.words(), stores.releases()),
              memory.delays());
      observed = after(results, observed, memory);
      plan = planner.plan(desired, observed, inquiry, clock.instant()).plan();
    }
    return new CycleReport(
        desired,
        startedAt,
        Duration.ofNanos(System.nanoTime() - startedNanos),
        Optional.of(observed),
        Optional.of(plan),
        results,
        results.stream()
            .map(ActionResult::outcome)
            .flatMap(Reconciler::failure)
            .findFirst()
            .or(CycleDeadline::passed)
            .or(memory.delays()::pending));
  }

  /**
   * Observes a project for a command, as a cycle does. Throws {@link StoreException}.
   *
   * @param global reads the global interventions
   */
  public ObservedState observe(
      DesiredState desired,
      ProjectStores stores,
      Supplier<InterventionState> global,
      ProjectCache memory) {
    return CycleDeadline.within(
        limit, nanoTime, () -> observer.observe(desired, stores, global.get(), memory));
  }

  /** Asked at the moment of asking: acting may have taken minutes. */
  public Inquiry inquiry(ProjectStores stores, ProjectCache memory) {
    return queries ->
        checks.resolve(queries, stores.calendars(), memory.results(), clock.instant());
  }

  public IterativePlanner planner() {
    return planner;
  }

  private static ObservedState after(
      List<ActionResult> results, ObservedState observed, ProjectCache memory) {
    ObservedState state = observed;
    for (ActionResult result : results) {
      if (result.outcome().applied()
          && !PlanExecutor.isAnothers(result.action(), result.outcome())) {
        state = state.after(result.action(), result.at());
      }
    }
    state.releases().values().forEach(memory::rememberRelease);
    return state;
  }

  private static Stream<Failure> failure(WriteOutcome outcome) {
    return switch (outcome) {
      case WriteOutcome.Failed(Failure failure) -> Stream.of(failure);
      case WriteOutcome.Unknown(Failure failure) -> Stream.of(failure);
      case WriteOutcome.Applied applied -> Stream.empty();
      case WriteOutcome.AlreadyApplied already -> Stream.empty();
      case WriteOutcome.Conflict conflict -> Stream.empty();
    };
  }
}
