package dev.onward.command;

import static java.util.stream.Collectors.toMap;

import dev.onward.model.EnvironmentId;
import dev.onward.model.intervention.Approval;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
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
import dev.onward.reconcile.observe.InterventionLossDetector;
import dev.onward.store.ReleaseStore;
import dev.onward.store.StoreException;
import dev.onward.store.WriteOutcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Does what a person asks for, in the manner of a cycle: observe, decide, write under a condition.
 * What was decided is only written if it is still true then.
 */
public final class CommandExecutor {
  /** Somebody else's word is no reason to refuse this wish: look again and decide again. */
  private static final int ATTEMPTS = 3;

  private final IterativePlanner planner;
  private final InstantSource clock;

  /**
   * @param clock the one that rules everything else
   */
  public CommandExecutor(IterativePlanner planner, InstantSource clock) {
    this.planner = planner;
    this.clock = clock;
  }

  /** Observes the project afresh. */
  public interface Look {
    ObservedState observe();
  }

  /**
   * Throws {@link StoreException} if the project cannot be observed.
   *
   * @param attribution who wishes it, when and why
   * @param dryRun whether only the preview is wanted
   */
  public CommandResult carryOut(
      DesiredState desired,
      ReleaseStore releases,
      Look look,
      Inquiry inquiry,
      OperatorCommand command,
      Attribution attribution,
      boolean dryRun) {
    Attempt attempt =
        seen -> attempt(desired, releases, seen, inquiry, command, decidedNow(attribution), dryRun);
    return untilNotOvertaken(look, attempt);
  }

  /**
   * Says an operator's word.
   *
   * @param look one that sees what operators have said is enough
   * @param words what this process knows to have been said before
   * @param asked who says it, when and why
   * @param lastSeen of all the project, by which it is told what follows
   */
  public CommandResult updateInterventions(
      DesiredState desired,
      ReleaseStore releases,
      Look look,
      InterventionLossDetector words,
      OperatorCommand command,
      Attribution asked,
      Optional<ObservedState> lastSeen,
      boolean dryRun) {
    InterventionState known = words.known();
    Attempt attempt =
        seen -> {
          Attribution attribution = decidedNow(asked);
          ObservedState observed = knowing(desired, releases, seen, command, attribution);
          CommandDecision grant =
              words.isLoss(known, observed.interventions())
                  ? afterLoss(observed.interventions(), known, command, attribution)
                  : new CommandPlanner(desired, observed, attribution).consider(command);
          if (grant instanceof CommandDecision.Refused || dryRun) {
            return new CommandResult(grant, Optional.empty(), Optional.empty(), dryRun);
          }
          WriteOutcome outcome = write(grant, releases);
          if (outcome.applied()
              && grant instanceof CommandDecision.Say(InterventionUpdate update)) {
            words.learn(update.to());
          }
          Optional<Preview> preview =
              lastSeen.flatMap(
                  last -> consequences(desired, observed, last, grant, attribution.at()));
          return new CommandResult(grant, preview, Optional.of(outcome), false);
        };
    return untilNotOvertaken(look, attempt);
  }

  /** Whoever looked has seen what was known. */
  private static CommandDecision afterLoss(
      InterventionState left,
      InterventionState known,
      OperatorCommand command,
      Attribution attribution) {
    return switch (command) {
      case OperatorCommand.Say(Intervention intervention) ->
          switch (left.afterLoss(intervention, attribution, known.version())) {
            case InterventionState.Change.Made(InterventionState to) ->
                new CommandDecision.Say(
                    new InterventionUpdate(intervention, attribution, left, to));
            case InterventionState.Change.Refused(String reason) -> refused(reason);
          };
      case OperatorCommand.Expecting(long version, OperatorCommand expecting) ->
          known
              .otherThan(version)
              .map(CommandExecutor::refused)
              .orElseGet(() -> afterLoss(left, known, expecting, attribution));
      case OperatorCommand.Deploy _,
          OperatorCommand.RollBack _,
          OperatorCommand.Repair _,
          OperatorCommand.Cut _,
          OperatorCommand.Compose _ ->
          throw new IllegalArgumentException("no word: " + command);
    };
  }

  private static CommandDecision refused(String reason) {
    return new CommandDecision.Refused(CommandDecision.Kind.CONTRADICTING, reason, List.of());
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

  /** Decides by what was seen, and does it. */
  private interface Attempt {
    CommandResult by(ObservedState seen);
  }

  private static CommandResult untilNotOvertaken(Look look, Attempt attempt) {
    CommandResult report = attempt.by(look.observe());
    for (int i = 1; i < ATTEMPTS && isOvertaken(report); i++) {
      ObservedState seen = look.observe();
      if (!isStillMeant(report.grant(), seen)) {
        return report;
      }
      report = attempt.by(seen);
    }
    return report;
  }

  /** Whether what was asked by one look is meant by the next as well. */
  private static boolean isStillMeant(CommandDecision overtaken, ObservedState seen) {
    return switch (overtaken) {
      case CommandDecision.Say(var update) -> TakenBack.isSame(update, seen.interventions());
      case CommandDecision.Deploy deploy -> isWhere(deploy.action().from(), seen);
      case CommandDecision.Repair repair -> isWhere(repair.request().from(), seen);
      case CommandDecision.Cut _, CommandDecision.Add _, CommandDecision.Refused _ -> false;
    };
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
      boolean dryRun) {
    ObservedState observed = knowing(desired, releases, seen, command, attribution);
    var queries = new CommandPlanner(desired, observed, attribution).queries(command);
    if (!queries.isEmpty()) {
      observed = observed.answering(inquiry.ask(queries));
    }
    CommandDecision grant = new CommandPlanner(desired, observed, attribution).consider(command);
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

  /**
   * A cycle reads only the releases that its plan needs; a person may name any, and whether an
   * approval is spent depends on the age of its release.
   */
  private static ObservedState knowing(
      DesiredState desired,
      ReleaseStore releases,
      ObservedState observed,
      OperatorCommand command,
      Attribution attribution) {
    ObservedState known = observed;
    for (ReleaseId id : named(desired, observed, command, attribution)) {
      if (known.release(id).isEmpty()) {
        known =
            releases
                .release(id)
                .filter(release -> release.project().equals(desired.project()))
                .map(known::withRelease)
                .orElse(known);
      }
    }
    return known;
  }

  private static Set<ReleaseId> named(
      DesiredState desired,
      ObservedState observed,
      OperatorCommand command,
      Attribution attribution) {
    return switch (command) {
      case OperatorCommand.Deploy deploy -> Set.of(deploy.release());
      case OperatorCommand.RollBack rollBack ->
          new CommandPlanner(desired, observed, attribution)
              .target(rollBack).stream().collect(Collectors.toSet());
      case OperatorCommand.Say(Intervention intervention) ->
          named(intervention, observed.interventions());
      case OperatorCommand.Expecting(long _, OperatorCommand expecting) ->
          named(desired, observed, expecting, attribution);
      case OperatorCommand.Repair _, OperatorCommand.Cut _, OperatorCommand.Compose _ -> Set.of();
    };
  }

  private static Set<ReleaseId> named(Intervention intervention, InterventionState inForce) {
    Set<ReleaseId> releases =
        inForce.approvals().stream().map(Approval::release).collect(Collectors.toSet());
    if (intervention instanceof Intervention.Reject(ReleaseId release)) {
      releases.add(release);
    } else if (intervention instanceof Intervention.Approve approve) {
      releases.add(approve.release());
    }
    return releases;
  }

  private static boolean isOvertaken(CommandResult report) {
    return report.outcome().orElse(null) instanceof WriteOutcome.Conflict;
  }
}
