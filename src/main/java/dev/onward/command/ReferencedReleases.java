package dev.onward.command;

import dev.onward.model.intervention.Approval;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.DesiredState;
import dev.onward.plan.ObservedState;
import dev.onward.plan.command.CommandPlanner;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.store.ReleaseStore;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The releases that a command refers to. A cycle reads only those that its plan needs; a person may
 * name any, and whether an approval is spent depends on the age of its release.
 */
final class ReferencedReleases {
  private ReferencedReleases() {}

  /** Reads those that were not observed. */
  static ObservedState addedTo(
      ObservedState observed,
      DesiredState desired,
      ReleaseStore releases,
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
}
