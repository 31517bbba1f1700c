package dev.onward.command;

import static java.util.stream.Collectors.toMap;

import dev.onward.model.EnvironmentId;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import dev.onward.plan.DesiredState;
import dev.onward.plan.IterativePlanner;
import dev.onward.plan.IterativePlanner.Inquiry;
import dev.onward.plan.ObservedEnvironment;
import dev.onward.plan.ObservedState;
import dev.onward.plan.command.CommandDecision;
import dev.onward.plan.command.CommandPlanner;
import dev.onward.plan.command.InterventionUpdate;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.plan.command.Preview;
import dev.onward.plan.command.TakenBack;
import dev.onward.reconcile.Reconciler;
import dev.onward.reconcile.observe.GlobalInterventions;
import dev.onward.reconcile.observe.InterventionLossDetector;
import dev.onward.reconcile.observe.ProjectCache;
import dev.onward.reconcile.observe.StateObserver;
import dev.onward.store.ProjectStores;
import dev.onward.store.ReleaseStore;
import dev.onward.store.StoreException;
import dev.onward.store.WriteOutcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Executes people's commands in the manner of a cycle: observe, decide, write under a condition.
 * What was decided is only written if it is still true then.
 */
public final class CommandExecutor {
  private final ProjectStores.Provider provider;
  private final Reconciler reconciler;
  private final GlobalInterventions globalInterventions;
  private final IterativePlanner planner;
  private final InstantSource clock;

  /**
   * @param clock the one that rules everything else
   */
  public CommandExecutor(
      ProjectStores.Provider provider,
      Reconciler reconciler,
      GlobalInterventions globalInterventions,
      InstantSource clock) {
    this.provider = provider;
    this.reconciler = reconciler;
    this.globalInterventions = globalInterventions;
    this.planner = reconciler.planner();
    this.clock = clock;
  }

  /**
   * Executes a command between two cycles of its project, never during one. Throws {@link
   * StoreException} if the project cannot be observed.
   *
   * @param attribution who wishes it, when and why
   * @param expectedVersion the version of the project's interventions that the caller has seen
   * @param dryRun whether only the preview is wanted
   */
  public CommandResult execute(
      DesiredState desired,
      ProjectCache memory,
      OperatorCommand command,
      Attribution attribution,
      Optional<Long> expectedVersion,
      boolean dryRun) {
    if (dryRun
        && command instanceof OperatorCommand.Say(Intervention intervention)
        && memory.words().isLost()) {
      return updateInterventions(
          desired, memory, intervention, attribution, expectedVersion, Optional.empty(), true);
    }
    ProjectStores stores = provider.open(desired.project(), desired.role());
    Inquiry inquiry = reconciler.inquiry(stores, memory);
    CommandResult result =
        ConflictRetry.run(
            () -> reconciler.observe(desired, stores, globalInterventions::now, memory),
            seen ->
                attempt(
                    desired,
                    stores.releases(),
                    seen,
                    inquiry,
                    command,
                    decidedNow(attribution),
                    expectedVersion,
                    dryRun),
            CommandExecutor::isStillMeant);
    if (result.grant() instanceof CommandDecision.Say(InterventionUpdate update)
        && result.outcome().filter(WriteOutcome::applied).isPresent()) {
      memory.words().learn(update.to());
    }
    return result;
  }

  /**
   * Updates a project's interventions by no more than those that are in force, so that it need not
   * wait for the cycle under way. Throws {@link StoreException} if they cannot be read.
   *
   * @param attribution who says it, when and why
   * @param expectedVersion as of {@link #execute}
   * @param lastSeen of all the project, by which it is told what follows
   */
  public CommandResult updateInterventions(
      DesiredState desired,
      ProjectCache memory,
      Intervention intervention,
      Attribution attribution,
      Optional<Long> expectedVersion,
      Optional<ObservedState> lastSeen,
      boolean dryRun) {
    ReleaseStore releases = provider.open(desired.project(), desired.role()).releases();
    InterventionLossDetector words = memory.words();
    InterventionState known = words.known();
    var command = new OperatorCommand.Say(intervention);
    return ConflictRetry.run(
        () -> StateObserver.at(desired, releases),
        seen -> {
          Attribution now = decidedNow(attribution);
          ObservedState observed =
              ReferencedReleases.addedTo(seen, desired, releases, command, now);
          CommandDecision decision =
              words.isLoss(known, observed.interventions())
                  ? afterLoss(observed.interventions(), known, intervention, now, expectedVersion)
                  : new CommandPlanner(desired, observed, now).consider(command, expectedVersion);
          if (decision instanceof CommandDecision.Refused || dryRun) {
            return new CommandResult(decision, Optional.empty(), Optional.empty(), dryRun);
          }
          WriteOutcome outcome = write(decision, releases);
          if (outcome.applied() && decision instanceof CommandDecision.Say(var update)) {
            words.learn(update.to());
          }
          Optional<Preview> preview =
              lastSeen.flatMap(last -> consequences(desired, observed, last, decision, now.at()));
          return new CommandResult(decision, preview, Optional.of(outcome), false);
        },
        CommandExecutor::isStillMeant);
  }

  /**
   * Updates the interventions that are in force in every project. Throws {@link StoreException} if
   * they cannot be read.
   *
   * @param expectedVersion the version of the global interventions that the caller has seen
   * @param dryRun whether only to find out what comes of it
   */
  public CommandResult updateGlobalInterventions(
      Intervention intervention,
      Attribution attribution,
      Optional<Long> expectedVersion,
      boolean dryRun) {
    return ConflictRetry.run(
        globalInterventions::observe,
        seen -> {
          InterventionState from = seen.inForce();
          CommandDecision decision =
              seen.isLoss()
                  ? afterLoss(from, seen.known(), intervention, attribution, expectedVersion)
                  : CommandPlanner.expecting(expectedVersion, from)
                      .orElseGet(
                          () ->
                              CommandDecision.of(
                                  intervention,
                                  attribution,
                                  from,
                                  from.after(intervention, attribution)));
          return new CommandResult(
              decision,
              Optional.empty(),
              !dryRun && decision instanceof CommandDecision.Say(InterventionUpdate update)
                  ? Optional.of(writeGlobally(update))
                  : Optional.empty(),
              dryRun);
        },
        (decision, seen) -> isStillMeant(decision, seen.inForce()));
  }

  private WriteOutcome writeGlobally(InterventionUpdate update) {
    try {
      WriteOutcome outcome = provider.daemon().updateInterventions(update);
      if (outcome.applied()) {
        globalInterventions.learn(update.to());
      }
      return outcome;
    } finally {
      globalInterventions.forget();
    }
  }

  /** Whoever looked has seen what was known. */
  private static CommandDecision afterLoss(
      InterventionState left,
      InterventionState known,
      Intervention intervention,
      Attribution attribution,
      Optional<Long> expectedVersion) {
    return CommandPlanner.expecting(expectedVersion, known)
        .orElseGet(
            () ->
                CommandDecision.of(
                    intervention,
                    attribution,
                    left,
                    left.afterLoss(intervention, attribution, known.version())));
  }

  /**
   * Of a word, by what was seen before. Absent if an environment's head has moved since, or if only
   * the world outside could tell.
   */
  private Optional<Preview> consequences(
      DesiredState desired,
      ObservedState quick,
      ObservedState lastSeen,
      CommandDecision grant,
      Instant now) {
    if (!versions(quick).equals(versions(lastSeen))) {
      return Optional.empty();
    }
    ObservedState seen = lastSeen.withInterventions(quick.interventions());
    for (Release release : quick.releases().values()) {
      seen = seen.withRelease(release);
    }
    var preview =
        Preview.of(
            state -> planner.plan(desired, state, queries -> lastSeen.results(), now).plan(),
            seen,
            grant,
            now);
    return Optional.of(preview)
        .filter(it -> lastSeen.results().keySet().containsAll(it.after().queries()));
  }

  private static Map<EnvironmentId, Long> versions(ObservedState observed) {
    return observed.environments().entrySet().stream()
        .collect(
            toMap(
                Map.Entry::getKey,
                it -> it.getValue().head().map(EnvironmentHead::version).orElse(0L)));
  }

  /** The moment counts at which it is decided: the look may have taken long. */
  private Attribution decidedNow(Attribution attribution) {
    return new Attribution(
        attribution.by(), clock.instant(), attribution.reason(), attribution.until());
  }

  /** Whether what was asked by one look is meant by the next as well. */
  private static boolean isStillMeant(CommandDecision overtaken, ObservedState seen) {
    return switch (overtaken) {
      case CommandDecision.Say say -> isStillMeant(say, seen.interventions());
      case CommandDecision.Deploy deploy -> isWhere(deploy.action().from(), seen);
      case CommandDecision.Repair repair -> isWhere(repair.request().from(), seen);
      case CommandDecision.Cut _, CommandDecision.Add _, CommandDecision.Refused _ -> false;
    };
  }

  private static boolean isStillMeant(CommandDecision overtaken, InterventionState inForce) {
    return overtaken instanceof CommandDecision.Say(InterventionUpdate update)
        && TakenBack.isSame(update, inForce);
  }

  private static boolean isWhere(EnvironmentHead decidedFrom, ObservedState seen) {
    return Optional.ofNullable(seen.environments().get(decidedFrom.environment()))
        .flatMap(ObservedEnvironment::head)
        .filter(head -> head.version() == decidedFrom.version())
        .isPresent();
  }

  private CommandResult attempt(
      DesiredState desired,
      ReleaseStore releases,
      ObservedState seen,
      Inquiry inquiry,
      OperatorCommand command,
      Attribution attribution,
      Optional<Long> expectedVersion,
      boolean dryRun) {
    ObservedState observed =
        ReferencedReleases.addedTo(seen, desired, releases, command, attribution);
    var queries = new CommandPlanner(desired, observed, attribution).queries(command);
    if (!queries.isEmpty()) {
      observed = observed.answering(inquiry.ask(queries));
    }
    CommandDecision grant =
        new CommandPlanner(desired, observed, attribution).consider(command, expectedVersion);
    if (grant instanceof CommandDecision.Refused) {
      return new CommandResult(grant, Optional.empty(), Optional.empty(), dryRun);
    }
    var preview =
        Preview.of(
            state -> planner.plan(desired, state, inquiry, attribution.at()).plan(),
            observed,
            grant,
            attribution.at());
    return new CommandResult(
        grant,
        Optional.of(preview),
        dryRun ? Optional.empty() : Optional.of(write(grant, releases)),
        dryRun);
  }

  private static WriteOutcome write(CommandDecision grant, ReleaseStore releases) {
    return switch (grant) {
      case CommandDecision.Say(var update) -> releases.updateInterventions(update);
      case CommandDecision.Deploy deploy -> releases.record(deploy.action());
      case CommandDecision.Repair repair -> releases.repair(repair.request());
      case CommandDecision.Cut(var action) -> releases.cut(action);
      case CommandDecision.Add(Release release) -> releases.add(release);
      case CommandDecision.Refused refused -> new WriteOutcome.Conflict(refused.reason());
    };
  }
}
