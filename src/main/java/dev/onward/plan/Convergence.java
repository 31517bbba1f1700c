package dev.onward.plan;

import dev.onward.model.DeployedRelease;
import dev.onward.model.EnvironmentHead;
import dev.onward.model.ImageRef;
import dev.onward.model.Origin;
import dev.onward.model.Release;
import dev.onward.model.ServiceId;
import dev.onward.plan.EnvironmentExplanation.Drifted;
import dev.onward.policy.DriftPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How an environment's parameters compare with its head's release, and what is to be written.
 *
 * <p>What Onward deployed is written at once. What the old tool deployed is the old tool's to
 * write: only when its parameters have been still for the grace period does Onward finish the work.
 * What was there at first sight is compared and never written.
 *
 * @param differing every parameter that is not what the release says
 * @param blocked those of them that cannot be overwritten, being no String
 */
record Convergence(
    DesiredEnvironment desired,
    Release release,
    EnvironmentHead head,
    ObservedEnvironment seen,
    List<Drifted> differing,
    TreeSet<ServiceId> blocked) {

  static Convergence compare(
      DesiredEnvironment desired, Release release, EnvironmentHead head, ObservedEnvironment seen) {
    List<Drifted> differing = differing(release, seen);
    var blocked = new TreeSet<ServiceId>();
    for (Drifted drifted : differing) {
      ObservedParameter found = seen.parameters().get(drifted.service());
      if (found != null && found.value() instanceof ObservedParameter.Value.WrongType) {
        blocked.add(drifted.service());
      }
    }
    return new Convergence(desired, release, head, seen, differing, blocked);
  }

  static List<Drifted> differing(Release release, ObservedEnvironment seen) {
    var differing = new ArrayList<Drifted>();
    for (Map.Entry<ServiceId, ImageRef> image : release.images().images().entrySet()) {
      var found = Optional.ofNullable(seen.parameters().get(image.getKey()));
      if (found.flatMap(ObservedParameter::image).filter(image.getValue()::equals).isEmpty()) {
        differing.add(
            new Drifted(image.getKey(), image.getValue(), found.map(ObservedParameter::describe)));
      }
    }
    return List.copyOf(differing);
  }

  /** The write that is due now, if any. */
  Optional<Action.ConvergeParameters> action(Duration grace) {
    boolean repair = head.converged();
    if (repair ? !repairDue(grace) : !convergeDue(grace)) {
      return Optional.empty();
    }
    var writes = new TreeMap<ServiceId, ImageRef>();
    differing.forEach(drifted -> writes.put(drifted.service(), drifted.expected()));
    writes.keySet().removeAll(blocked);
    if (writes.isEmpty() && !blocked.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Action.ConvergeParameters(release, head, writes, blocked.isEmpty(), repair));
  }

  private boolean convergeDue(Duration grace) {
    if (differing.isEmpty()) {
      return true;
    }
    return switch (origin()) {
      case AUTOMATION, PERSON -> true;
      case ADOPTED -> desired.promotion().isPresent() && seen.unchangedFor().compareTo(grace) >= 0;
      case FIRST_SIGHT -> false;
    };
  }

  private boolean repairDue(Duration grace) {
    return !differing.isEmpty()
        && desired.parameterDrift() == DriftPolicy.REPAIR
        && origin() != Origin.FIRST_SIGHT
        && seen.foreignLookedUp()
        && seen.foreign().isEmpty()
        && seen.driftedFor().compareTo(grace) >= 0;
  }

  /** Parameter drift: what differs although nothing is left to be written. */
  List<Drifted> drift() {
    return head.converged() || origin() == Origin.ADOPTED ? differing : List.of();
  }

  private Origin origin() {
    return head.current().map(DeployedRelease::origin).orElse(Origin.FIRST_SIGHT);
  }
}
