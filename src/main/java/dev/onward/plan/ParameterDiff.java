package dev.onward.plan;

import dev.onward.model.ServiceId;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.Release;
import dev.onward.plan.EnvironmentExplanation.Drifted;
import dev.onward.policy.DriftPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The differences between an environment's parameters and its head's release, and what is to be
 * written.
 *
 * <p>A deployment by Onward is written at once. A deployment by the older tool is written by that
 * tool: Onward completes it only when the parameters have been unchanged for the grace period, or
 * when an operator requests it. Later differences, or those at first observation, are parameter
 * drift: repaired after the grace period where the policy says so, or on request.
 *
 * <p>Parameter Store may return the previous value for some seconds. A parameter that matches, but
 * has not changed since the previous release was deployed with a different image for it, is not
 * trusted during that time: it is written once more.
 *
 * @param differing every parameter that differs from the release
 * @param unconfirmed the services whose parameters match but may be stale
 * @param blocked those that differ and cannot be overwritten because they are not of type String
 */
public record ParameterDiff(
    DesiredEnvironment desired,
    Release release,
    EnvironmentHead head,
    ObservedEnvironment seen,
    List<Drifted> differing,
    TreeSet<ServiceId> unconfirmed,
    TreeSet<ServiceId> blocked) {

  /** Far longer than any delay observed in Parameter Store. */
  private static final Duration STALE_FOR = Duration.ofMinutes(1);

  public static ParameterDiff compare(
      DesiredEnvironment desired,
      Release release,
      EnvironmentHead head,
      ObservedEnvironment seen,
      ObservedState observed,
      Instant now) {
    List<Drifted> differing = differing(release, seen);
    var blocked = new TreeSet<ServiceId>();
    for (Drifted drifted : differing) {
      ObservedParameter found = seen.parameters().get(drifted.service());
      if (found != null && found.value() instanceof ObservedParameter.Value.WrongType) {
        blocked.add(drifted.service());
      }
    }
    return new ParameterDiff(
        desired,
        release,
        head,
        seen,
        differing,
        unconfirmed(release, head, seen, observed, now),
        blocked);
  }

  private static TreeSet<ServiceId> unconfirmed(
      Release release,
      EnvironmentHead head,
      ObservedEnvironment seen,
      ObservedState observed,
      Instant now) {
    var unconfirmed = new TreeSet<ServiceId>();
    Optional<DeployedRelease> before =
        head.otherBefore()
            .filter(it -> !head.converged() && it.deployedAt().isAfter(now.minus(STALE_FOR)));
    Optional<Release> earlier = before.map(DeployedRelease::release).flatMap(observed::release);
    if (earlier.isEmpty()) {
      return unconfirmed;
    }
    for (Map.Entry<ServiceId, ImageRef> image : release.images().images().entrySet()) {
      boolean wasAnother =
          earlier
              .get()
              .images()
              .image(image.getKey())
              .filter(it -> !it.equals(image.getValue()))
              .isPresent();
      boolean seemsRight =
          Optional.ofNullable(seen.parameters().get(image.getKey()))
              .filter(it -> it.lastModified().isBefore(before.get().deployedAt()))
              .flatMap(ObservedParameter::image)
              .filter(image.getValue()::equals)
              .isPresent();
      if (wasAnother && seemsRight) {
        unconfirmed.add(image.getKey());
      }
    }
    return unconfirmed;
  }

  public static List<Drifted> differing(Release release, ObservedEnvironment seen) {
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
    unconfirmed.forEach(
        service -> writes.put(service, release.images().image(service).orElseThrow()));
    writes.keySet().removeAll(blocked);
    if (writes.isEmpty() && !blocked.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Action.ConvergeParameters(release, head, writes, blocked.isEmpty(), repair));
  }

  private boolean convergeDue(Duration grace) {
    if (head.repairAsked() || (differing.isEmpty() && unconfirmed.isEmpty())) {
      return true;
    }
    boolean still = seen.unchangedFor().compareTo(grace) >= 0;
    return switch (origin()) {
      case AUTOMATION, PERSON -> true;
      case ADOPTED -> desired.promotion().isPresent() && still;
      // Reopened in the middle of a repair.
      case FIRST_SIGHT -> still;
    };
  }

  private boolean repairDue(Duration grace) {
    return !differing.isEmpty()
        && desired.parameterDrift() == DriftPolicy.REPAIR
        && seen.foreignDeploymentsLoaded()
        && seen.foreign().isEmpty()
        && seen.driftedFor().compareTo(grace) >= 0;
  }

  /** Parameter drift: differences although no write is pending. */
  List<Drifted> drift() {
    return head.converged() || origin() == DeploymentOrigin.ADOPTED ? differing : List.of();
  }

  /** The parameters that a requested repair would write. */
  public List<Drifted> writable() {
    return differing.stream().filter(it -> !blocked.contains(it.service())).toList();
  }

  /** Whether the differences are being written without a request. */
  public boolean isUnderWay() {
    boolean onwards =
        origin() == DeploymentOrigin.AUTOMATION || origin() == DeploymentOrigin.PERSON;
    return !head.converged() && (onwards || head.repairAsked());
  }

  private DeploymentOrigin origin() {
    return head.current().map(DeployedRelease::origin).orElse(DeploymentOrigin.FIRST_SIGHT);
  }
}
