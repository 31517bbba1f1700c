package dev.onward.reconcile;

import dev.onward.OnwardConfig;
import dev.onward.plan.DesiredState;
import dev.onward.plan.ObservedState;
import dev.onward.plan.Plan;
import dev.onward.plan.Planner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * One cycle over one project: observe, plan, act.
 *
 * <p>It is level-triggered. Nothing depends on having seen an event or on having finished the cycle
 * before; wherever a process dies, the next cycle of any replica sees what is there and goes on. A
 * cycle over a project that is as it should be reads one listing and one query and writes nothing.
 */
final class Reconciler {
  private final ProjectStores.Provider provider;
  private final Observer observer;
  private final Planner planner;
  private final Actor actor;
  private final OnwardConfig.Mode mode;
  private final InstantSource clock;

  Reconciler(
      OnwardConfig config,
      ProjectStores.Provider provider,
      InstantSource clock,
      BooleanSupplier stopping) {
    this.provider = provider;
    this.observer = new Observer(config.adoptionInterval(), config.repairGrace());
    this.planner = new Planner(config.repairGrace());
    this.actor = new Actor(clock, stopping);
    this.mode = config.mode();
    this.clock = clock;
  }

  CycleReport cycle(DesiredState desired, ProjectMemory memory) {
    Instant startedAt = clock.instant();
    long startedNanos = System.nanoTime();
    memory.ruledBy(desired);
    ProjectStores stores = provider.open(desired.project(), desired.role());
    ObservedState observed;
    try {
      observed = observer.observe(desired, stores, memory, startedAt);
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
    Plan plan = planner.plan(desired, observed, startedAt);
    List<ActionResult> results = List.of();
    if (mode == OnwardConfig.Mode.ACT && !plan.isEmpty()) {
      results = actor.execute(plan, stores, memory.delays());
      observed = after(results, observed, memory);
      plan = planner.plan(desired, observed, clock.instant());
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
            .or(memory.delays()::pending));
  }

  private static ObservedState after(
      List<ActionResult> results, ObservedState observed, ProjectMemory memory) {
    ObservedState state = observed;
    for (ActionResult result : results) {
      if (result.outcome().applied()) {
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
