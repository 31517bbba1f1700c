package dev.onward.plan.command;

import dev.onward.model.EnvironmentId;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.command.OperatorCommand.RollBackTo;
import dev.onward.plan.command.RollbackChoice.Target;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;

/** The releases of an environment's history that a rollback can deploy. */
record RollbackTargets(Optional<Target> older, Optional<Target> before) {
  private static final RollbackTargets NONE =
      new RollbackTargets(Optional.empty(), Optional.empty());

  static RollbackTargets of(
      Optional<EnvironmentHead> head, InterventionState interventions, Instant now) {
    Optional<DeployedRelease> current = head.flatMap(EnvironmentHead::current);
    return current.isEmpty()
        ? NONE
        : new RollbackTargets(
            older(head.get(), current.get(), interventions, now),
            before(head.get(), current.get(), interventions, now));
  }

  Optional<Target> target(RollBackTo to) {
    return switch (to) {
      case OLDER -> older;
      case BEFORE -> before;
    };
  }

  Optional<RollbackChoice> choice(RollBackTo to) {
    Optional<Target> other = target(to == RollBackTo.OLDER ? RollBackTo.BEFORE : RollBackTo.OLDER);
    return target(to)
        .map(
            chosen ->
                new RollbackChoice(
                    chosen, other.filter(it -> !it.release().equals(chosen.release()))));
  }

  private static Optional<Target> older(
      EnvironmentHead head, DeployedRelease current, InterventionState interventions, Instant now) {
    var passedBy = new HashSet<ReleaseId>();
    for (DeployedRelease earlier : head.history().reversed()) {
      if (!earlier.releaseCreatedAt().isBefore(current.releaseCreatedAt())) {
        continue;
      }
      boolean rejected = interventions.rejection(earlier.release(), now).isPresent();
      if (!rejected && !head.wentBackFrom(earlier)) {
        return Optional.of(
            new Target(
                RollBackTo.OLDER,
                earlier.release(),
                why(head.environment(), current, passedBy.size())));
      }
      passedBy.add(earlier.release());
    }
    return Optional.empty();
  }

  private static String why(EnvironmentId environment, DeployedRelease current, int passedBy) {
    String newest =
        "the newest release in the history of %s that is older than the current release %s"
            .formatted(environment, current.release().shortForm());
    return passedBy == 0
        ? newest
        : newest
            + ", and was neither rejected nor rolled back (%s newer %s)"
                .formatted(passedBy, passedBy == 1 ? "one was" : "ones were");
  }

  private static Optional<Target> before(
      EnvironmentHead head, DeployedRelease current, InterventionState interventions, Instant now) {
    return head.otherBefore()
        .filter(earlier -> interventions.rejection(earlier.release(), now).isEmpty())
        .map(
            earlier ->
                new Target(
                    RollBackTo.BEFORE,
                    earlier.release(),
                    "the release of %s before release %s was deployed at %s"
                        .formatted(
                            head.environment(),
                            current.release().shortForm(),
                            current.deployedAt().truncatedTo(ChronoUnit.SECONDS))));
  }
}
