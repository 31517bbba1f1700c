package dev.onward.plan;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Requester;
import dev.onward.model.Source;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import dev.onward.policy.ExternalQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what happens to one environment, in this order; each step sees the state that the
 * previous one leads to:
 *
 * <ol>
 *   <li>on first observation: take over what the releases table records
 *   <li>a deployment of the older tool was found: adopt it, since people take precedence
 *   <li>deploy the newest release of the source that passes every gate
 *   <li>write the parameters that differ from the head, when that is due
 * </ol>
 */
final class EnvironmentPlanner {
  private final DesiredState project;
  private final DesiredEnvironment desired;
  private final Duration repairGrace;
  private final Instant now;

  private final List<Action> actions = new ArrayList<>();
  private ObservedState observed;

  EnvironmentPlanner(
      DesiredState project,
      DesiredEnvironment desired,
      ObservedState observed,
      Duration repairGrace,
      Instant now) {
    this.project = project;
    this.desired = desired;
    this.observed = observed;
    this.repairGrace = repairGrace;
    this.now = now;
  }

  /** The actions in order, the resulting state, and why nothing more is done. */
  record Decision(
      List<Action> actions,
      ObservedState after,
      EnvironmentExplanation explanation,
      Set<ExternalQuery> queries) {}

  Decision decide() {
    initialise();
    adopt();
    Optional<Promotion> promotion =
        desired
            .promotion()
            .filter(policy -> seen().head().isPresent())
            .map(policy -> Promotion.consider(desired, policy, observed, now));
    var explanation = new Explainer(project, desired, seen(), observed, promotion, now);
    promotion.ifPresent(
        chosen -> chosen.chosen().ifPresent(release -> deploy(release, chosen.source())));
    Optional<Action.ConvergeParameters> converge =
        convergence().flatMap(convergence -> convergence.action(repairGrace));
    converge.filter(this::isAllowed).ifPresent(this::add);
    return new Decision(
        List.copyOf(actions),
        observed,
        explanation.explain(actions),
        promotion.map(Promotion::queries).orElse(Set.of()));
  }

  private void initialise() {
    if (seen().head().isPresent() || !seen().foreignDeploymentsLoaded()) {
      return;
    }
    var found = seen().foreign();
    EnvironmentHead head = EnvironmentHead.empty(desired.id());
    if (found.isPresent()) {
      DeployedRelease deployed = deployedBefore(found.get(), DeploymentOrigin.FIRST_SIGHT);
      head =
          new EnvironmentHead(
              desired.id(),
              1,
              true,
              List.of(deployed),
              Optional.of(deployed.deployedAt()),
              Optional.of(found.get().deployment().createdAt()));
    }
    add(new Action.InitialiseEnvironment(head, found));
  }

  private void adopt() {
    if (seen().head().isEmpty() || seen().foreign().isEmpty()) {
      return;
    }
    EnvironmentHead from = seen().head().get();
    ForeignDeployment found = seen().foreign().get();
    add(
        new Action.AdoptDeployment(
            found,
            from,
            from.adopted(
                deployedBefore(found, DeploymentOrigin.ADOPTED),
                found.deployment().createdAt(),
                ConvergedSince.of(seen(), observed, found.writtenOver()))));
  }

  private void deploy(Release release, Source source) {
    EnvironmentHead from = seen().head().orElseThrow();
    String id =
        DeterministicId.deployment(project.project(), desired.id(), from.version(), release.id());
    var deployment =
        new Deployment(
            Optional.of(id),
            now,
            "Promoted from %s: %s".formatted(source, changes(from, release)),
            desired.id(),
            desired.name(),
            Requester.ONWARD);
    var deployed =
        new DeployedRelease(
            release.id(), release.createdAt(), Optional.of(id), now, DeploymentOrigin.AUTOMATION);
    add(
        new Action.RecordDeployment(
            release,
            deployment,
            Optional.of(source),
            source instanceof EnvironmentId there
                ? observed.environment(there).head()
                : Optional.empty(),
            Optional.of(observed.interventions().version()),
            from,
            from.deployed(deployed, ConvergedSince.of(seen(), observed))));
  }

  /**
   * A recorded deployment is always completed, since a partly written release is worse than either.
   * A repair is a new decision and respects a hold on the environment.
   */
  private boolean isAllowed(Action.ConvergeParameters converge) {
    return !converge.repair()
        || converge.writes().isEmpty()
        || (observed.stop(now).isEmpty()
            && observed.interventions().hold(desired.id(), now).isEmpty());
  }

  private String changes(EnvironmentHead from, Release to) {
    return from.current()
        .flatMap(current -> observed.release(current.release()))
        .map(release -> ImageDiff.describe(release.images(), to.images()))
        .orElse("the first release here");
  }

  private Optional<ParameterDiff> convergence() {
    return seen()
        .head()
        .flatMap(
            head ->
                head.current()
                    .flatMap(current -> observed.release(current.release()))
                    .map(
                        release ->
                            ParameterDiff.compare(desired, release, head, seen(), observed, now)));
  }

  private DeployedRelease deployedBefore(ForeignDeployment found, DeploymentOrigin origin) {
    return new DeployedRelease(
        found.release().id(),
        found.release().createdAt(),
        found.deployment().id(),
        found.takenAt(now),
        origin);
  }

  private ObservedEnvironment seen() {
    return observed.environment(desired.id());
  }

  private void add(Action action) {
    actions.add(action);
    observed = observed.after(action, now);
  }
}
