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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    var differing = new ArrayList<Drifted>();
    var blocked = new TreeSet<ServiceId>();
    release
        .images()
        .images()
        .forEach(
            (service, image) -> {
              var found = Optional.ofNullable(seen.parameters().get(service));
              if (found.flatMap(ObservedParameter::image).filter(image::equals).isEmpty()) {
                differing.add(new Drifted(service, image, found.map(ObservedParameter::describe)));
                if (found.map(ObservedParameter::value).orElse(null)
                    instanceof ObservedParameter.Value.WrongType) {
                  blocked.add(service);
                }
              }
            });
    return new Convergence(desired, release, head, seen, List.copyOf(differing), blocked);
  }

  /** The write that is due now, if any. */
  Optional<Action.ConvergeParameters> action(Duration grace, Instant now) {
    boolean repair = head.converged();
    if (repair ? !repairDue(grace, now) : !convergeDue(grace)) {
      return Optional.empty();
    }
    var writes = new TreeMap<ServiceId, ImageRef>();
    differing.forEach(drifted -> writes.put(drifted.service(), drifted.expected()));
    writes.keySet().removeAll(blocked);
    if (writes.isEmpty() && !blocked.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Action.ConvergeParameters(release, head, writes, repair));
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

  private boolean repairDue(Duration grace, Instant now) {
    return !differing.isEmpty()
        && desired.parameterDrift() == DriftPolicy.REPAIR
        && origin() != Origin.FIRST_SIGHT
        && seen.foreignLookedUp()
        && seen.foreign().isEmpty()
        && stoodFor(now).compareTo(grace) >= 0;
  }

  /** How long the drift has stood: by the parameters' dates, or as far as this process watched. */
  private Duration stoodFor(Instant now) {
    Instant lastWritten = Instant.MIN;
    for (Drifted drifted : differing) {
      ObservedParameter parameter = seen.parameters().get(drifted.service());
      if (parameter == null) {
        return seen.unchangedFor();
      }
      if (parameter.lastModified().isAfter(lastWritten)) {
        lastWritten = parameter.lastModified();
      }
    }
    Duration byDates = Duration.between(lastWritten, now);
    return byDates.compareTo(seen.unchangedFor()) > 0 ? byDates : seen.unchangedFor();
  }

  /** Parameter drift: what differs although nothing is left to be written. */
  List<Drifted> drift() {
    return head.converged() || origin() == Origin.ADOPTED ? differing : List.of();
  }

  private Origin origin() {
    return head.current().map(DeployedRelease::origin).orElse(Origin.FIRST_SIGHT);
  }
}
