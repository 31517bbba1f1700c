package dev.onward.reconcile;

import dev.onward.OnwardConfig;
import dev.onward.model.Intervention;
import dev.onward.plan.DesiredState;
import dev.onward.plan.Grant;
import dev.onward.plan.InformedPlanner;
import dev.onward.plan.InformedPlanner.Inquiry;
import dev.onward.plan.ObservedState;
import dev.onward.plan.Plan;
import dev.onward.plan.Planner;
import dev.onward.plan.Saying;
import dev.onward.plan.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
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
  private final Publisher publisher;
  private final OnwardConfig.Mode mode;
  private final StoreClock clock;
  private final LongSupplier nanoTime;
  private final Duration limit;

  Reconciler(
      OnwardConfig config,
      ProjectStores.Provider provider,
      Enquiries enquiries,
      Everywhere everywhere,
      StoreClock clock,
      LongSupplier nanoTime,
      BooleanSupplier stopping) {
    this.provider = provider;
    this.nanoTime = nanoTime;
    this.limit = CycleDeadline.limit(config.interval());
    this.clock = clock;
    this.observer = new Observer(this.clock, config.adoptionInterval(), config.repairGrace());
    this.planner = new InformedPlanner(new Planner(config.repairGrace()));
    this.wishes = new Wishes(planner, this.clock);
    this.enquiries = enquiries;
    this.everywhere = everywhere;
    this.actor = new Actor(this.clock, stopping);
    this.publisher = new Publisher(this.clock);
    this.mode = config.mode();
  }

  CycleReport cycle(DesiredState desired, ProjectMemory memory) {
    return cycle(desired, memory, mode);
  }

  /** Observes and plans, and does nothing. */
  CycleReport look(DesiredState desired, ProjectMemory memory) {
    return cycle(desired, memory, OnwardConfig.Mode.OBSERVE);
  }

  /** Whatever breaks a cycle may come from what was seen before, and must not break the next. */
  private CycleReport cycle(DesiredState desired, ProjectMemory memory, OnwardConfig.Mode mode) {
    try {
      return CycleDeadline.within(limit, nanoTime, () -> oneCycle(desired, memory, mode));
    } catch (RuntimeException e) {
      memory.forget();
      throw e;
    }
  }

  private CycleReport oneCycle(DesiredState desired, ProjectMemory memory, OnwardConfig.Mode mode) {
    Instant startedAt = clock.instant();
    long startedNanos = System.nanoTime();
    memory.ruledBy(desired);
    ProjectStores stores = provider.open(desired.project(), desired.role());
    ObservedState observed;
    try {
      observed = observer.observe(desired, stores, everywhere.current(), memory);
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
              new WordsSince(observed, everywhere, stores.releases()),
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
   * Does what a person asks for. Throws {@link StoreException} if the project cannot be observed.
   *
   * @param said who asks, when and why
   * @param dryRun whether only the preview is wanted
   */
  WishReport wish(
      DesiredState desired, ProjectMemory memory, Wish wish, Intervention said, boolean dryRun) {
    if (dryRun && wish.isWord() && memory.words().isLost()) {
      return say(desired, memory, wish, said, Optional.empty(), true);
    }
    ProjectStores stores = provider.open(desired.project(), desired.role());
    WishReport report =
        wishes.carryOut(
            desired,
            stores.releases(),
            () ->
                CycleDeadline.within(
                    limit,
                    nanoTime,
                    () -> observer.observe(desired, stores, everywhere.now(), memory)),
            inquiry(stores, memory),
            wish,
            said,
            dryRun);
    if (report.grant() instanceof Grant.Say(Saying saying)
        && report.outcome().filter(WriteOutcome::applied).isPresent()) {
      memory.words().learn(saying.to());
    }
    return report;
  }

  /**
   * Says an operator's word by no more than what operators have said before, so that it need not
   * wait for the cycle under way. Throws {@link StoreException} if that cannot be read.
   *
   * @param said who says it, when and why
   * @param lastSeen by which it is told what follows
   */
  WishReport say(
      DesiredState desired,
      ProjectMemory memory,
      Wish word,
      Intervention said,
      Optional<ObservedState> lastSeen,
      boolean dryRun) {
    ReleaseStore releases = provider.open(desired.project(), desired.role()).releases();
    return wishes.say(
        desired,
        releases,
        () -> QuickLook.at(desired, releases),
        memory.words(),
        word,
        said,
        lastSeen,
        dryRun);
  }

  /**
   * Publishes images for somebody. Throws {@link StoreException} if it cannot be read what is
   * there.
   *
   * @param said who publishes, when and why
   */
  PublicationReport publish(
      DesiredState desired, Publication publication, Intervention said, boolean dryRun) {
    return publisher.publish(
        desired, provider.open(desired.project(), desired.role()), publication, said, dryRun);
  }

  /**
   * What publishing would change, and what would follow. Throws {@link StoreException} if the
   * project cannot be observed. Costs what a steady cycle does: one listing and one query.
   */
  PublicationReport previewPublication(
      DesiredState desired, ProjectMemory memory, Publication publication) {
    ProjectStores stores = provider.open(desired.project(), desired.role());
    Inquiry inquiry = inquiry(stores, memory);
    return publisher.preview(
        desired,
        observer.observe(desired, stores, everywhere.current(), memory),
        publication,
        (state, at) -> planner.plan(desired, state, inquiry, at).plan());
  }

  /** Notes in the project's audit trail that somebody wanted it looked at. */
  void noteLook(DesiredState desired, Intervention said) {
    AuditNotes.note(
        provider.open(desired.project(), desired.role()).audit(),
        AuditNotes.event(
            clock.instant(),
            "reconcile_asked",
            said.by(),
            desired.project().value(),
            Optional.empty(),
            Optional.empty(),
            said.reason()));
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
      if (result.outcome().applied() && !Actor.isAnothers(result.action(), result.outcome())) {
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
