package dev.onward.reconcile;

import dev.onward.OnwardConfig;
import dev.onward.model.Intervention;
import dev.onward.plan.DesiredState;
import dev.onward.plan.ObservedState;
import dev.onward.plan.Plan;
import dev.onward.plan.Planner;
import dev.onward.plan.Wish;
import dev.onward.reconcile.InformedPlanner.Inquiry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * One cycle over one project: observe, plan, act. And what a person asks for, in the same manner.
 *
 * <p>It is level-triggered. Nothing depends on having seen an event or on having finished the cycle
 * before; wherever a process dies, the next cycle of any replica sees what is there and goes on. A
 * cycle over a project that is as it should be reads one listing and one query and writes nothing.
 */
final class Reconciler {
  private final ProjectStores.Provider provider;
  private final Observer observer;
  private final InformedPlanner planner;
  private final Wishes wishes;
  private final Everywhere everywhere;
  private final Enquiries enquiries;
  private final Actor actor;
  private final OnwardConfig.Mode mode;
  private final InstantSource clock;

  Reconciler(
      OnwardConfig config,
      ProjectStores.Provider provider,
      Enquiries enquiries,
      Everywhere everywhere,
      InstantSource clock,
      BooleanSupplier stopping) {
    this.provider = provider;
    this.observer = new Observer(config.adoptionInterval(), config.repairGrace());
    var decision = new Planner(config.repairGrace());
    this.planner = new InformedPlanner(decision);
    this.wishes = new Wishes(decision);
    this.enquiries = enquiries;
    this.everywhere = everywhere;
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
      observed = observer.observe(desired, stores, everywhere.current(), memory, startedAt);
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
    var informed = planner.plan(desired, observed, inquiry, startedAt);
    Plan plan = informed.plan();
    observed = informed.observed();
    List<ActionResult> results = List.of();
    if (mode == OnwardConfig.Mode.ACT && !plan.isEmpty()) {
      results = actor.execute(plan, stores, memory.delays());
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
            .or(memory.delays()::pending));
  }

  /**
   * Does what a person asks for. Throws {@link StoreException} if the project cannot be observed.
   *
   * @param said who asks, when and why
   * @param dryRun whether only the preview is wanted
   */
  WishReport wish(
      DesiredState desired, ProjectMemory memory, Wish wish, Intervention said, boolean dryRun) {
    ProjectStores stores = provider.open(desired.project(), desired.role());
    return wishes.carryOut(
        desired,
        stores.releases(),
        () -> observer.observe(desired, stores, everywhere.current(), memory, said.at()),
        inquiry(stores, memory),
        wish,
        said,
        dryRun);
  }

  /** Asked at the moment of asking: acting may have taken minutes. */
  private Inquiry inquiry(ProjectStores stores, ProjectMemory memory) {
    return questions ->
        enquiries.answer(questions, stores.calendars(), memory.answers(), clock.instant());
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
