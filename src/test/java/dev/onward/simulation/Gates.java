package dev.onward.simulation;

import static dev.onward.simulation.Judge.require;

import dev.onward.model.EnvironmentId;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import dev.onward.policy.Gate;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.gate.ApprovalsGate;
import dev.onward.policy.gate.MinIntervalGate;
import dev.onward.policy.gate.PromotionPolicy;
import dev.onward.policy.gate.SoakGate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Judges automation's deployments by what really was, at the moment they are written: in other ways
 * than the gates themselves do, and by the true time.
 */
final class Gates {
  private final World world;
  private final ParameterTruth parameters;
  private final Cuts cuts;
  private final Heads heads;

  Gates(World world, ParameterTruth parameters, Cuts cuts, Heads heads) {
    this.world = world;
    this.parameters = parameters;
    this.cuts = cuts;
    this.heads = heads;
  }

  void judge(EnvironmentHead before, DeployedRelease deployed) {
    EnvironmentId target = before.environment();
    Release release = world.judge.release(deployed.release());
    PromotionPolicy policy =
        world.setting.desired().environment(target).orElseThrow().promotion().orElseThrow();
    require(policy.mode() == PromotionMode.AUTO, "%s takes nothing by itself", target);
    wasLet(target, release);
    isNewer(before, release);
    followsAPersons(target, release);
    if (policy.from() instanceof EnvironmentId source) {
      wasInSource(source, release);
    }
    // Of a request that came late, only what does not depend on the time can be said.
    Optional<Duration> error =
        world.acting().map(ReplicaProcess::clockError).filter(it -> !world.isLate());
    for (Gate gate : policy.gates()) {
      switch (gate) {
        case ApprovalsGate approvals ->
            require(
                world.judge.interventions().approvals(release.id(), target).size()
                    >= approvals.count(),
                "%s went to %s without an approval",
                release.id(),
                target);
        case SoakGate soak ->
            error.ifPresent(
                by -> soaked((EnvironmentId) policy.from(), release, soak.soak().minus(by)));
        case MinIntervalGate interval ->
            error.ifPresent(by -> waited(target, interval.interval().minus(by)));
        default -> throw new AssertionError("unknown gate " + gate);
      }
    }
  }

  private void wasLet(EnvironmentId target, Release release) {
    Instant now = world.now();
    InterventionState interventions = world.judge.interventions();
    require(
        interventions.stop(now).isEmpty(), "%s was promoted although all is stopped", release.id());
    require(
        interventions.hold(target, now).isEmpty(), "%s got a release although it is held", target);
    require(
        interventions.rejection(release.id(), now).isEmpty(),
        "%s went on although rejected",
        release.id());
    require(
        interventions.freezes(target, now).isEmpty(), "%s got a release although frozen", target);
    boolean knew =
        !world.isLate()
            && world
                .acting()
                .map(ReplicaProcess::globalInterventions)
                .filter(globalInterventions -> globalInterventions.stop(now).isPresent())
                .isPresent();
    require(!knew, "%s was promoted by who knew that everything is stopped", release.id());
  }

  private static void isNewer(EnvironmentHead before, Release release) {
    before
        .current()
        .ifPresent(
            current ->
                require(
                    release.newerThan(current),
                    "automation put %s back to the older %s",
                    before.environment(),
                    release.id()));
  }

  /** What was cut before a person chose another release goes nowhere by itself. */
  private void followsAPersons(EnvironmentId target, Release release) {
    long cut = cuts.cutAt(release.id()).orElseGet(() -> World.nanos(release.createdAt()));
    for (long asked : world.people.deployed(target)) {
      require(
          cut > asked,
          "%s went to %s although a person chose another release there after it was cut",
          release.id(),
          target);
    }
  }

  private void wasInSource(EnvironmentId source, Release release) {
    List<Heads.Stay> stays =
        heads.stays(source).stream().filter(stay -> stay.release().equals(release.id())).toList();
    require(!stays.isEmpty(), "%s never was in %s", release.id(), source);
    require(
        stays.stream()
            .anyMatch(
                stay -> stay.everConverged() || stay.origin() == DeploymentOrigin.FIRST_SIGHT),
        "%s was taken from %s before its parameters were written there",
        release.id(),
        source);
    for (Heads.Stay later : after(stays.getLast(), heads.stays(source))) {
      require(
          !world.judge.release(later.release()).createdAt().isBefore(release.createdAt()),
          "%s was promoted although %s went back from it to %s",
          release.id(),
          source,
          later.release());
    }
  }

  private static List<Heads.Stay> after(Heads.Stay stay, List<Heads.Stay> stays) {
    return stays.subList(stays.lastIndexOf(stay) + 1, stays.size());
  }

  private void soaked(EnvironmentId source, Release release, Duration needed) {
    List<Heads.Stay> stays = heads.stays(source);
    long longest = 0;
    for (int i = 0; i < stays.size(); i++) {
      Heads.Stay stay = stays.get(i);
      boolean first =
          stay.origin() == DeploymentOrigin.FIRST_SIGHT
              || stay.origin() == DeploymentOrigin.ADOPTED;
      long from = first ? Long.MIN_VALUE / 2 : stay.at();
      long to = i + 1 < stays.size() ? stays.get(i + 1).at() : world.timeline.now();
      if (stay.release().equals(release.id())) {
        // The next head's date may be later than its write, and the last look a moment old.
        longest = Math.max(longest, parameters.longestWhole(from, to, source, release));
      }
    }
    require(
        longest >= needed.minusSeconds(2).toNanos(),
        "%s soaked in %s for only %s",
        release.id(),
        source,
        Duration.ofNanos(longest));
  }

  private void waited(EnvironmentId target, Duration needed) {
    List<Heads.Stay> stays = heads.stays(target);
    if (stays.isEmpty() || stays.getLast().origin() == DeploymentOrigin.FIRST_SIGHT) {
      return;
    }
    Heads.Stay last = stays.getLast();
    boolean onward =
        last.origin() == DeploymentOrigin.AUTOMATION || last.origin() == DeploymentOrigin.PERSON;
    if (onward && last.error().isPresent()) {
      long waited = world.timeline.now() - last.at();
      require(
          waited >= needed.minus(last.error().get()).toNanos(),
          "%s got releases within %s",
          target,
          Duration.ofNanos(waited));
    }
  }
}
