package dev.onward.plan.command;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.Source;
import dev.onward.model.intervention.Approval;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.LabelHead;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.Action;
import dev.onward.plan.Candidates;
import dev.onward.plan.ConvergedSince;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.DesiredState;
import dev.onward.plan.DeterministicId;
import dev.onward.plan.Eligible;
import dev.onward.plan.EligibleReleases;
import dev.onward.plan.EnvironmentExplanation;
import dev.onward.plan.LabelExplanation;
import dev.onward.plan.LabelPlanner;
import dev.onward.plan.ObservedEnvironment;
import dev.onward.plan.ObservedState;
import dev.onward.plan.ParameterDiff;
import dev.onward.plan.Planner;
import dev.onward.plan.RepairRequest;
import dev.onward.plan.Words;
import dev.onward.policy.Candidate;
import dev.onward.policy.ExternalQuery;
import dev.onward.policy.Verdict;
import dev.onward.policy.gate.ApprovalsGate;
import dev.onward.policy.gate.PromotionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides on a person's command: pure like the {@link Planner}, and evaluated by the same gates. A
 * person's deployment ignores the policy's mode, since that is what a manual mode waits for; every
 * other gate that holds must be overridden explicitly.
 */
public final class CommandPlanner {
  private final DesiredState desired;
  private final ObservedState observed;
  private final Attribution attribution;
  private final Instant now;

  /**
   * @param attribution who issues the command and why
   */
  public CommandPlanner(DesiredState desired, ObservedState observed, Attribution attribution) {
    this.desired = desired;
    this.observed = observed;
    this.attribution = attribution;
    this.now = attribution.at();
  }

  public CommandDecision consider(OperatorCommand command) {
    return switch (command) {
      case OperatorCommand.Say(Intervention intervention) -> updateInterventions(intervention);
      case OperatorCommand.Deploy(EnvironmentId environment, ReleaseId release, boolean override) ->
          environment(environment)
              .map(there -> deploy(there, release, override, Optional.empty()))
              .orElseGet(() -> noSuch(environment));
      case OperatorCommand.RollBack rollBack ->
          environment(rollBack.environment())
              .map(there -> rollBack(there, rollBack))
              .orElseGet(() -> noSuch(rollBack.environment()));
      case OperatorCommand.Repair(EnvironmentId environment, boolean override) ->
          environment(environment)
              .map(there -> repair(there, override))
              .orElseGet(() -> noSuch(environment));
      case OperatorCommand.Cut(Label label) -> cut(label);
      case OperatorCommand.Compose compose ->
          new ReleaseComposer(desired, observed, attribution).compose(compose);
    };
  }

  /**
   * As {@link #consider(OperatorCommand)}, but rejects a command that expects another version of
   * the interventions than the one in force.
   */
  public CommandDecision consider(OperatorCommand command, Optional<Long> expectedVersion) {
    return expecting(expectedVersion, observed.interventions()).orElseGet(() -> consider(command));
  }

  /** The rejection of a command that expects another version of the interventions. */
  public static Optional<CommandDecision> expecting(
      Optional<Long> expectedVersion, InterventionState inForce) {
    return expectedVersion.flatMap(inForce::otherThan).map(CommandDecision.Refused::contradicting);
  }

  /** The external queries whose results are needed before a deployment can be decided. */
  public List<ExternalQuery> queries(OperatorCommand command) {
    return switch (command) {
      case OperatorCommand.Deploy(EnvironmentId environment, ReleaseId release, boolean _) ->
          queries(environment, Optional.of(release));
      case OperatorCommand.RollBack rollBack -> queries(rollBack.environment(), target(rollBack));
      case OperatorCommand.Say _,
          OperatorCommand.Repair _,
          OperatorCommand.Cut _,
          OperatorCommand.Compose _ ->
          List.of();
    };
  }

  /** The release that a rollback would deploy. */
  public Optional<ReleaseId> target(OperatorCommand.RollBack rollBack) {
    return targets(rollBack.environment())
        .target(rollBack.to())
        .map(RollbackChoice.Target::release);
  }

  private RollbackTargets targets(EnvironmentId environment) {
    return RollbackTargets.of(
        Optional.ofNullable(observed.environments().get(environment))
            .flatMap(ObservedEnvironment::head),
        observed.interventions(),
        now);
  }

  private List<ExternalQuery> queries(EnvironmentId environment, Optional<ReleaseId> release) {
    Optional<PromotionPolicy> policy =
        desired.environment(environment).flatMap(DesiredEnvironment::promotion);
    return release
        .flatMap(observed::release)
        .flatMap(found -> policy.map(p -> p.queries(candidate(p, environment, found))))
        .orElse(List.of());
  }

  private CommandDecision updateInterventions(Intervention intervention) {
    Optional<CommandDecision> unknown = unknownSubject(intervention);
    if (unknown.isPresent()) {
      return unknown.get();
    }
    InterventionState from = observed.interventions();
    return CommandDecision.of(
        intervention,
        attribution,
        from,
        from.without(this::isSpent).after(intervention, attribution));
  }

  private Optional<CommandDecision> unknownSubject(Intervention intervention) {
    return switch (intervention) {
      case Intervention.Hold(EnvironmentId id) -> missing(id);
      case Intervention.SetFreeze freeze -> freeze.environment().flatMap(this::missing);
      case Intervention.Reject(ReleaseId id) -> missing(id);
      case Intervention.Approve(ReleaseId release, EnvironmentId environment) ->
          missing(environment)
              .or(() -> missing(release))
              .or(
                  () ->
                      observed
                          .interventions()
                          .rejection(release, now)
                          .map(
                              rejection ->
                                  CommandDecision.Refused.contradicting(
                                      rejected(release, rejection))));
      // An intervention on a target that no longer exists can still be removed.
      case Intervention.Resume _,
          Intervention.Unreject _,
          Intervention.Withdraw _,
          Intervention.LiftFreeze _,
          Intervention.StopEverything _,
          Intervention.ResumeEverything _ ->
          Optional.empty();
    };
  }

  /**
   * An approval that can no longer have an effect. It must not prevent its author from approving
   * again.
   */
  private boolean isSpent(Approval approval) {
    return hasLapsed(approval) || hasDoneItsWork(approval);
  }

  private boolean hasLapsed(Approval approval) {
    return desired
        .environment(approval.environment())
        .flatMap(DesiredEnvironment::promotion)
        .stream()
        .flatMap(policy -> policy.gates().stream())
        .anyMatch(
            gate ->
                gate instanceof ApprovalsGate(int _, Optional<Duration> expireAfter)
                    && expireAfter
                        .filter(time -> !approval.given().at().plus(time).isAfter(now))
                        .isPresent());
  }

  /**
   * The environment got that release or a newer one since; returning to it needs a new approval.
   */
  private boolean hasDoneItsWork(Approval approval) {
    Optional<DeployedRelease> current =
        Optional.ofNullable(observed.environments().get(approval.environment()))
            .flatMap(ObservedEnvironment::head)
            .flatMap(EnvironmentHead::current);
    Optional<Release> release = observed.release(approval.release());
    // An unknown release may be newer, as a composed one is.
    return current.isPresent()
        && release
            .filter(it -> !it.createdAt().isAfter(current.get().releaseCreatedAt()))
            .isPresent()
        && !approval.given().at().isAfter(current.get().deployedAt());
  }

  private CommandDecision cut(Label label) {
    if (desired.watchedLabels().contains(label)) {
      var decision = new LabelPlanner(desired, now).cutBy(attribution, label, observed);
      return decision
          .cut()
          .<CommandDecision>map(CommandDecision.Cut::new)
          .orElseGet(() -> nothingToCut(decision.explanation()));
    }
    return CommandDecision.Refused.unknown(
        ("project %s cuts no releases from '%s', only from %s; a release of any label's images"
                + " can be composed instead")
            .formatted(
                desired.project(),
                label,
                desired.watchedLabels().stream()
                    .map(Label::value)
                    .collect(Collectors.joining(", "))));
  }

  private static CommandDecision nothingToCut(LabelExplanation explanation) {
    String reasons = explanation.summary();
    return CommandDecision.Refused.contradicting(
        explanation.state() == LabelExplanation.State.RELEASED
            ? "released already: %s, %s"
                .formatted(
                    reasons,
                    explanation.newest().map(Release::id).map(ReleaseId::shortForm).orElse(""))
            : reasons);
  }

  private CommandDecision rollBack(DesiredEnvironment environment, OperatorCommand.RollBack wish) {
    RollbackTargets targets = targets(environment.id());
    Optional<RollbackChoice> choice = targets.choice(wish.to());
    return choice.isPresent()
        ? deploy(environment, choice.get().chosen().release(), wish.override(), choice)
        : CommandDecision.Refused.contradicting(nowhere(environment.id(), wish, targets));
  }

  private static String nowhere(
      EnvironmentId environment, OperatorCommand.RollBack wish, RollbackTargets targets) {
    return switch (wish.to()) {
      case OLDER ->
          ("no older release that is not rejected was deployed to %s within its history"
                      + " of %s deployments")
                  .formatted(environment, EnvironmentHead.HISTORY_LIMIT)
              + targets
                  .before()
                  .map(
                      before ->
                          "; release %s can be deployed, %s"
                              .formatted(before.release().shortForm(), before.why()))
                  .orElse("");
      case BEFORE ->
          ("no other release that is not rejected was deployed to %s before, within its history of"
                  + " %s deployments")
              .formatted(environment, EnvironmentHead.HISTORY_LIMIT);
    };
  }

  private CommandDecision deploy(
      DesiredEnvironment environment,
      ReleaseId id,
      boolean override,
      Optional<RollbackChoice> rollBack) {
    Optional<Release> release = observed.release(id);
    Optional<EnvironmentHead> head = observed.environment(environment.id()).head();
    if (release.isEmpty()) {
      return CommandDecision.Refused.unknown(
          "there is no release %s in this project".formatted(id));
    }
    if (head.isEmpty()) {
      return notLookedAt(environment.id());
    }
    Optional<CommandDecision> rejected = rejected(id);
    if (rejected.isPresent()) {
      return rejected.get();
    }
    String again = "";
    if (head.get().current().filter(current -> current.release().equals(id)).isPresent()) {
      ParameterDiff there = convergence(environment, release.get(), head.get());
      Optional<String> nothing = nothingToWrite(there);
      if (nothing.isPresent()) {
        return CommandDecision.Refused.contradicting(
            "release %s is already deployed to %s, and %s"
                .formatted(id.shortForm(), environment.id(), nothing.get()));
      }
      again = "; redeployed, writing " + services(there.writable());
    }
    List<Verdict> held = heldBy(environment, release.get());
    if (!held.isEmpty() && !override) {
      return held(environment.id(), held);
    }
    String description = attribution.reason() + again + overriding(held);
    return new CommandDecision.Deploy(
        recording(environment, release.get(), head.get(), description), held, rollBack);
  }

  /** A hold and a stop prevent automatic repairs; an operator may override them. */
  private CommandDecision repair(DesiredEnvironment environment, boolean override) {
    Optional<EnvironmentHead> head = observed.environment(environment.id()).head();
    if (head.isEmpty()) {
      return notLookedAt(environment.id());
    }
    Optional<ReleaseId> current = head.get().current().map(DeployedRelease::release);
    if (current.isEmpty()) {
      return CommandDecision.Refused.contradicting(
          "nothing was ever deployed to %s: there is no release to repair it to"
              .formatted(environment.id()));
    }
    Optional<Release> release = observed.release(current.get());
    if (release.isEmpty()) {
      return CommandDecision.Refused.contradicting(
          "release %s, deployed to %s, is not in the releases table"
              .formatted(current.get(), environment.id()));
    }
    Optional<CommandDecision> rejected = rejected(current.get());
    if (rejected.isPresent()) {
      return rejected.get();
    }
    ParameterDiff there = convergence(environment, release.get(), head.get());
    Optional<String> nothing = nothingToWrite(there);
    if (nothing.isPresent()) {
      return CommandDecision.Refused.contradicting(
          "there is nothing to repair in %s: %s".formatted(environment.id(), nothing.get()));
    }
    List<Verdict> held =
        heldBy(environment, release.get()).stream()
            .filter(verdict -> PromotionPolicy.HOLDING_REPAIR.contains(verdict.gate()))
            .toList();
    if (!held.isEmpty() && !override) {
      return held(environment.id(), held);
    }
    return new CommandDecision.Repair(
        new RepairRequest(
            release.get(),
            head.get(),
            head.get().askedToRepair(),
            observed.interventions().version(),
            attribution,
            "%s; parameters to write: %s%s"
                .formatted(attribution.reason(), services(there.writable()), overriding(held))),
        there.writable(),
        held);
  }

  private ParameterDiff convergence(
      DesiredEnvironment environment, Release release, EnvironmentHead head) {
    return ParameterDiff.compare(
        environment, release, head, observed.environment(environment.id()), observed, now);
  }

  /** Why no parameter can be written; empty if one can. */
  private static Optional<String> nothingToWrite(ParameterDiff there) {
    if (there.differing().isEmpty()) {
      return Optional.of("all its parameters match the deployment");
    }
    if (there.writable().isEmpty()) {
      return Optional.of(
          "the differing parameters cannot be written because they are not of type String: "
              + services(there.differing()));
    }
    return there.isUnderWay()
        ? Optional.of(
            Words.counted(there.differing().size(), "parameter") + " already being written")
        : Optional.empty();
  }

  private static String services(List<EnvironmentExplanation.Drifted> parameters) {
    return parameters.stream()
        .map(parameter -> parameter.service().value())
        .collect(Collectors.joining(", "));
  }

  private static CommandDecision notLookedAt(EnvironmentId id) {
    return CommandDecision.Refused.contradicting(
        "%s has not been observed yet; retry shortly".formatted(id));
  }

  private Optional<CommandDecision> rejected(ReleaseId id) {
    return observed
        .interventions()
        .rejection(id, now)
        .map(
            rejection ->
                CommandDecision.Refused.contradicting(
                    rejected(id, rejection)
                        + "; a rejected release is not deployed until the rejection is removed"));
  }

  private static CommandDecision held(EnvironmentId environment, List<Verdict> held) {
    return CommandDecision.Refused.held(
        "held in %s by %s".formatted(environment, sentences(held)), held);
  }

  private static String overriding(List<Verdict> overridden) {
    return overridden.isEmpty() ? "" : "; overriding " + sentences(overridden);
  }

  private List<Verdict> heldBy(DesiredEnvironment environment, Release release) {
    PromotionPolicy policy =
        environment
            .promotion()
            .orElseGet(() -> PromotionPolicy.manual(desired.releases().fromLabel()));
    return policy.holdingAPerson(candidate(policy, environment.id(), release));
  }

  /** The release as its source offers it, or as one that the source never had. */
  private Candidate candidate(PromotionPolicy policy, EnvironmentId environment, Release release) {
    Source source = policy.from();
    Eligible eligible =
        EligibleReleases.of(source, observed).stream()
            .filter(selected -> selected.release().id().equals(release.id()))
            .findFirst()
            .orElseGet(
                () ->
                    new Eligible(
                        release, release.createdAt(), List.of(), false, false, Optional.empty()));
    return Candidates.of(source, environment, observed, now).of(eligible);
  }

  private Action.RecordDeployment recording(
      DesiredEnvironment environment, Release release, EnvironmentHead from, String description) {
    String id =
        DeterministicId.byPerson(
            desired.project(), environment.id(), from.version(), release.id(), attribution);
    var deployment =
        new Deployment(
            Optional.of(id),
            now,
            description,
            environment.id(),
            environment.name(),
            attribution.by());
    var deployed =
        new DeployedRelease(
            release.id(), release.createdAt(), Optional.of(id), now, DeploymentOrigin.PERSON);
    return new Action.RecordDeployment(
        release,
        deployment,
        Optional.empty(),
        Optional.empty(),
        Optional.of(observed.interventions().version()),
        from,
        pastAllKnown(
            from.deployed(
                deployed, ConvergedSince.of(observed.environment(environment.id()), observed))));
  }

  /**
   * Whatever the clocks say, releases that existed when a person chose another one stay excluded.
   */
  private EnvironmentHead pastAllKnown(EnvironmentHead head) {
    Optional<Instant> newest =
        observed.labels().values().stream()
            .flatMap(label -> label.head().stream())
            .map(LabelHead::releaseCreatedAt)
            .max(Instant::compareTo);
    return newest
        .filter(created -> head.automationAfter().filter(created::isBefore).isEmpty())
        .map(
            created ->
                new EnvironmentHead(
                    head.environment(),
                    head.version(),
                    head.converged(),
                    head.history(),
                    Optional.of(created),
                    head.adoptedUpTo()))
        .orElse(head);
  }

  private Optional<DesiredEnvironment> environment(EnvironmentId id) {
    return desired.environment(id).filter(e -> observed.environments().containsKey(id));
  }

  private Optional<CommandDecision> missing(EnvironmentId id) {
    return environment(id).isPresent() ? Optional.empty() : Optional.of(noSuch(id));
  }

  private Optional<CommandDecision> missing(ReleaseId id) {
    return observed.release(id).isPresent()
        ? Optional.empty()
        : Optional.of(
            CommandDecision.Refused.unknown(
                "there is no release %s in this project".formatted(id)));
  }

  private CommandDecision noSuch(EnvironmentId id) {
    return CommandDecision.Refused.unknown(
        "project %s has no environment %s".formatted(desired.project(), id));
  }

  private static String rejected(ReleaseId id, Attribution rejection) {
    return "release %s was rejected by %s: %s"
        .formatted(id.shortForm(), rejection.by().name(), rejection.reason());
  }

  private static String sentences(List<Verdict> verdicts) {
    return verdicts.stream()
        .map(verdict -> "%s (%s)".formatted(verdict.gate(), verdict.reason()))
        .collect(Collectors.joining(", "));
  }
}
