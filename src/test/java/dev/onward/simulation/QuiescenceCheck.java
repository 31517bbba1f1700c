package dev.onward.simulation;

import static dev.onward.simulation.Judge.require;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ServiceId;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import dev.onward.policy.DriftPolicy;
import java.time.Duration;

/** What must be true once nothing has gone wrong for a while. */
final class QuiescenceCheck {
  /** More than one cycle of every process. */
  private static final long QUIET = Duration.ofSeconds(35).toNanos();

  private final World world;

  QuiescenceCheck(World world) {
    this.world = world;
  }

  /** Everything is as it should be, and nobody does anything about it any more. */
  void everythingIsAtRest() {
    for (EnvironmentId environment : Setting.ENVIRONMENTS) {
      EnvironmentHead head =
          world
              .judge
              .head(environment)
              .orElseThrow(() -> new AssertionError(environment + " has no head"));
      isAsItsHeadSays(environment, head);
      knowsTheOldToolsDeployments(environment, head);
    }
    require(
        world.lastWrite() < world.timeline.now() - QUIET,
        "something is still written at rest, last at %s",
        Duration.ofNanos(world.lastWrite()));
    books();
  }

  private void books() {
    world.judge.auditIsComplete();
    world.judge.everyDeploymentIsThereOnce();
  }

  private void isAsItsHeadSays(EnvironmentId environment, EnvironmentHead head) {
    boolean repaired =
        world.setting.desired().environment(environment).orElseThrow().parameterDrift()
            == DriftPolicy.REPAIR;
    if (head.current().isEmpty()
        || (head.current().get().origin() == DeploymentOrigin.FIRST_SIGHT && !repaired)) {
      return;
    }
    Release release = world.judge.release(head.current().get().release());
    for (ServiceId service : world.judge.parameters().differing(environment, release)) {
      var writes = world.judge.parameters().writes(environment, service);
      require(
          !repaired && !writes.isEmpty() && writes.getLast().isExcused() && head.converged(),
          "%s of %s is %s, not what %s says",
          service,
          environment,
          writes.isEmpty() ? "not there" : writes.getLast(),
          release.id());
    }
    require(head.converged(), "%s was never marked converged", environment);
  }

  /** Each was adopted, or a person decided otherwise after it. */
  private void knowsTheOldToolsDeployments(EnvironmentId environment, EnvironmentHead head) {
    boolean person =
        head.history().stream().anyMatch(deployed -> deployed.origin() == DeploymentOrigin.PERSON);
    world.oldTool.deployed().stream()
        .filter(deployed -> deployed.environment().equals(environment))
        .forEach(
            deployed ->
                require(
                    person
                        || head.adoptedUpTo()
                            .filter(upTo -> !upTo.isBefore(deployed.at()))
                            .isPresent(),
                    "%s never came to know of %s",
                    environment,
                    deployed));
  }

  /** The last release is everywhere, and every parameter is its own. */
  void theLastReleaseIsEverywhere() {
    Release newest =
        world.judge.release(
            world.judge.label().orElseThrow(() -> new AssertionError("no release")).release());
    for (ServiceId service : world.setting.services()) {
      var published = world.judge.parameters().writes(Setting.LATEST, service).getLast().value();
      require(
          newest.images().images().containsKey(service)
              && newest.images().images().get(service).value().equals(published),
          "the newest release does not have %s",
          published);
    }
    for (EnvironmentId environment : Setting.ENVIRONMENTS) {
      EnvironmentHead head = world.judge.head(environment).orElseThrow();
      require(
          head.current().filter(it -> it.release().equals(newest.id())).isPresent(),
          "%s has %s, not the newest %s",
          environment,
          head.current(),
          newest.id());
      var differing = world.judge.parameters().differing(environment, newest);
      require(differing.isEmpty(), "%s of %s differ in the end", differing, environment);
    }
    books();
  }
}
