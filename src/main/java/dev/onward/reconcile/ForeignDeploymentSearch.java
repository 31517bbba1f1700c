package dev.onward.reconcile;

import dev.onward.model.DeployedRelease;
import dev.onward.model.Deployment;
import dev.onward.model.EnvironmentHead;
import dev.onward.model.EnvironmentId;
import dev.onward.model.Release;
import dev.onward.model.ServiceId;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.DesiredState;
import dev.onward.plan.ForeignDeployment;
import dev.onward.plan.ObservedEnvironment;
import dev.onward.plan.ObservedParameter;
import dev.onward.plan.ObservedState;
import dev.onward.policy.DriftPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds deployments in the releases table that Onward neither made nor adopted: the old tool's. It
 * writes the table first and the parameters then, so drifting parameters are the moment to look;
 * now and then it is done anyway.
 */
final class ForeignDeploymentSearch {
  /** Clocks of the old tool's users may be off, and its two updates are not one. */
  private static final Duration MARGIN = Duration.ofDays(1);

  /** How far back to look for an environment that was never deployed to. */
  private static final Duration LOOK_BACK = Duration.ofDays(30);

  private final Duration interval;
  private final Duration repairGrace;

  ForeignDeploymentSearch(Duration interval, Duration repairGrace) {
    this.interval = interval;
    this.repairGrace = repairGrace;
  }

  boolean isDue(DesiredState desired, ObservedState observed, ProjectMemory memory) {
    var drift = drift(observed);
    boolean drifts = drift.values().stream().anyMatch(d -> !d.isEmpty());
    boolean fresh = false;
    if (drifts) {
      // The index lags: look again while the drift is young.
      fresh = memory.driftFor(drift).compareTo(repairGrace.multipliedBy(2)) <= 0;
    } else {
      memory.noDrift();
    }
    boolean unseen = observed.environments().values().stream().anyMatch(e -> e.head().isEmpty());
    boolean repairs =
        desired.environments().stream()
            .filter(e -> e.parameterDrift() == DriftPolicy.REPAIR)
            .map(DesiredEnvironment::id)
            .anyMatch(id -> !drift.getOrDefault(id, Map.of()).isEmpty());
    boolean longAgo =
        memory.sinceLookup().map(since -> since.compareTo(interval) >= 0).orElse(true);
    return unseen || fresh || repairs || longAgo;
  }

  /** Per environment, the newest deployment that Onward does not know yet. */
  Map<EnvironmentId, ForeignDeployment> search(
      ObservedState observed, ReleaseStore store, Instant now) {
    var found = new HashMap<EnvironmentId, ForeignDeployment>();
    try (Stream<Release> deployed = store.deployedNewestFirst()) {
      for (Iterator<Release> each = deployed.iterator(); each.hasNext(); ) {
        Release release = each.next();
        if (release.lastDeployedAt().isPresent()
            && nothingOlderMatters(release.lastDeployedAt().get(), observed, found, now)) {
          break;
        }
        for (Deployment deployment : release.deployments()) {
          consider(release, deployment, observed, found);
        }
      }
    }
    return found;
  }

  private static void consider(
      Release release,
      Deployment deployment,
      ObservedState observed,
      Map<EnvironmentId, ForeignDeployment> found) {
    var environment = observed.environments().get(deployment.environment());
    if (environment == null || isKnown(deployment, environment.head())) {
      return;
    }
    found.merge(
        deployment.environment(),
        new ForeignDeployment(release, deployment),
        (one, other) ->
            other.deployment().createdAt().isAfter(one.deployment().createdAt()) ? other : one);
  }

  /**
   * At first sight every deployment counts, Onward's own included: its state may have been lost.
   */
  private static boolean isKnown(Deployment deployment, Optional<EnvironmentHead> head) {
    if (head.isEmpty()) {
      return false;
    }
    return deployment.id().isPresent()
        || head.get()
            .adoptedUpTo()
            .filter(upTo -> !deployment.createdAt().isAfter(upTo))
            .isPresent();
  }

  private static boolean nothingOlderMatters(
      Instant lastDeployed,
      ObservedState observed,
      Map<EnvironmentId, ForeignDeployment> found,
      Instant now) {
    return observed.environments().entrySet().stream()
        .allMatch(
            entry ->
                earliest(entry.getValue(), Optional.ofNullable(found.get(entry.getKey())), now)
                    .filter(lastDeployed::isBefore)
                    .isPresent());
  }

  /** Deployments before this moment cannot matter; absent if all may. */
  private static Optional<Instant> earliest(
      ObservedEnvironment environment, Optional<ForeignDeployment> found, Instant now) {
    if (found.isPresent()) {
      return Optional.of(found.get().deployment().createdAt());
    }
    if (environment.head().isEmpty()) {
      return Optional.empty();
    }
    EnvironmentHead head = environment.head().get();
    Instant current =
        head.current().map(DeployedRelease::deployedAt).orElse(now.minus(LOOK_BACK)).minus(MARGIN);
    return Optional.of(head.adoptedUpTo().filter(upTo -> upTo.isAfter(current)).orElse(current));
  }

  /**
   * What differs from the heads' releases, per environment: versions tell one drift from another.
   */
  private static Map<EnvironmentId, Map<ServiceId, Long>> drift(ObservedState observed) {
    var drift = new HashMap<EnvironmentId, Map<ServiceId, Long>>();
    observed
        .environments()
        .forEach(
            (id, environment) ->
                environment
                    .head()
                    .filter(EnvironmentHead::converged)
                    .flatMap(EnvironmentHead::current)
                    .flatMap(current -> observed.release(current.release()))
                    .ifPresent(release -> drift.put(id, differing(release, environment))));
    return drift;
  }

  private static Map<ServiceId, Long> differing(Release release, ObservedEnvironment environment) {
    var differing = new HashMap<ServiceId, Long>();
    release
        .images()
        .images()
        .forEach(
            (service, image) -> {
              var found = Optional.ofNullable(environment.parameters().get(service));
              if (found.flatMap(ObservedParameter::image).filter(image::equals).isEmpty()) {
                differing.put(service, found.map(ObservedParameter::version).orElse(0L));
              }
            });
    return differing;
  }
}
