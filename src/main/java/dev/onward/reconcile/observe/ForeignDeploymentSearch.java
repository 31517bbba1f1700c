package dev.onward.reconcile.observe;

import dev.onward.model.EnvironmentId;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.DesiredState;
import dev.onward.plan.ForeignDeployment;
import dev.onward.plan.ObservedEnvironment;
import dev.onward.plan.ObservedState;
import dev.onward.policy.DriftPolicy;
import dev.onward.store.Failure;
import dev.onward.store.ReleaseStore;
import dev.onward.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Finds deployments in the releases table that Onward neither made nor adopted: those of the older
 * tool. That tool writes the table before the parameters, so drifting parameters trigger a search;
 * it also runs periodically.
 */
final class ForeignDeploymentSearch {
  /** The clocks of the older tool's users may be wrong, and its two updates are not atomic. */
  private static final Duration MARGIN = Duration.ofDays(1);

  /** How far back to search for an environment without deployments. */
  private static final Duration LOOK_BACK = Duration.ofDays(30);

  private static final Logger LOG = Logger.getLogger(ForeignDeploymentSearch.class);

  private final Duration interval;
  private final Duration repairGrace;

  ForeignDeploymentSearch(Duration interval, Duration repairGrace) {
    this.interval = interval;
    this.repairGrace = repairGrace;
  }

  /**
   * Adds the result of a search to the observation, if one is due. If AWS fails temporarily, the
   * rest of the observation is unaffected: until the next search, nothing is adopted and nothing
   * repaired. A table that an operator must fix fails the observation.
   */
  ObservedState search(
      DesiredState desired,
      ObservedState observed,
      ReleaseStore store,
      ProjectCache memory,
      Instant now) {
    if (isDue(desired, observed, memory)) {
      try {
        var found = find(observed, store, memory, now);
        memory.searched(now, observed.environments().keySet(), found);
        return observed.searched(observed.environments().keySet(), found);
      } catch (StoreException e) {
        if (e.failure().kind() == Failure.Kind.STALLED) {
          throw e;
        }
        memory.searchFailed();
        LOG.warnf(
            "%s: failed to search the releases table for deployments of the older tool: %s",
            desired.project(), e.failure().message());
      }
    }
    // An environment without a head is still observed for the first time.
    return memory
        .lastSearch()
        .map(last -> observed.searched(unseen(observed, last.environments()), last.found()))
        .orElse(observed);
  }

  private boolean isDue(DesiredState desired, ObservedState observed, ProjectCache memory) {
    if (memory.sinceFailedSearch().filter(since -> since.compareTo(repairGrace) < 0).isPresent()) {
      return false;
    }
    boolean longAgo =
        memory.sinceSearch().map(since -> since.compareTo(interval) >= 0).orElse(true);
    Set<EnvironmentId> searched =
        memory.lastSearch().map(ProjectCache.Search::environments).orElse(Set.of());
    boolean unseen = !searched.containsAll(unseen(observed, observed.environments().keySet()));
    return longAgo
        || unseen
        || desired.environments().stream().anyMatch(e -> driftAsks(e, observed, memory));
  }

  /**
   * The index is eventually consistent: search again while the drift is new, and just before it is
   * repaired.
   */
  private boolean driftAsks(
      DesiredEnvironment environment, ObservedState observed, ProjectCache memory) {
    if (observed.drift(environment.id()).isEmpty()) {
      return false;
    }
    Duration drifted = observed.environment(environment.id()).driftedFor();
    boolean young = drifted.compareTo(repairGrace.multipliedBy(2)) <= 0;
    boolean recent =
        memory
            .sinceSearch()
            .filter(since -> since.compareTo(repairGrace.dividedBy(2)) < 0)
            .isPresent();
    return young || (environment.parameterDrift() == DriftPolicy.REPAIR && !recent);
  }

  private static Set<EnvironmentId> unseen(ObservedState observed, Set<EnvironmentId> among) {
    return among.stream()
        .filter(id -> observed.environments().containsKey(id))
        .filter(id -> observed.environment(id).head().isEmpty())
        .collect(Collectors.toSet());
  }

  /** The newest deployment of each environment that Onward does not know yet. */
  private static Map<EnvironmentId, ForeignDeployment> find(
      ObservedState observed, ReleaseStore store, ProjectCache memory, Instant now) {
    Optional<Instant> searchedUpTo =
        memory.lastSearch().map(search -> search.began().minus(MARGIN));
    var found = new HashMap<EnvironmentId, ForeignDeployment>();
    try (Stream<Release> deployed = store.deployedNewestFirst()) {
      for (Iterator<Release> each = deployed.iterator(); each.hasNext(); ) {
        Release release = each.next();
        if (release
            .lastDeployedAt()
            .filter(at -> nothingOlderMatters(at, observed, found, searchedUpTo, now))
            .isPresent()) {
          break;
        }
        for (Deployment deployment : release.deployments()) {
          consider(release, deployment, observed, found, now);
        }
      }
    }
    return found;
  }

  private static void consider(
      Release release,
      Deployment deployment,
      ObservedState observed,
      Map<EnvironmentId, ForeignDeployment> found,
      Instant now) {
    var environment = observed.environments().get(deployment.environment());
    if (environment == null
        || isKnown(deployment, environment.head(), now)
        || wouldUndoAPersons(deployment, environment.head())) {
      return;
    }
    found.merge(
        deployment.environment(),
        new ForeignDeployment(release, deployment),
        (one, other) ->
            other.deployment().createdAt().isAfter(one.deployment().createdAt()) ? other : one);
  }

  /**
   * On first observation every deployment counts, including Onward's own: its state may have been
   * lost.
   */
  private static boolean isKnown(
      Deployment deployment, Optional<EnvironmentHead> head, Instant now) {
    if (head.isEmpty()) {
      return false;
    }
    Optional<Instant> upTo =
        deployment.createdAt().isAfter(now) ? head.get().adoptedUpTo() : head.get().knownUpTo(now);
    return deployment.id().isPresent()
        || upTo.filter(it -> !deployment.createdAt().isAfter(it)).isPresent();
  }

  /**
   * A deployment of the older tool that becomes visible only after a person deployed through
   * Onward: the later decision of a person prevails, whatever automation did since.
   */
  private static boolean wouldUndoAPersons(Deployment deployment, Optional<EnvironmentHead> head) {
    return head.map(EnvironmentHead::history).orElse(List.of()).stream()
        .filter(deployed -> deployed.origin() == DeploymentOrigin.PERSON)
        .anyMatch(deployed -> deployment.createdAt().isBefore(deployed.deployedAt()));
  }

  private static boolean nothingOlderMatters(
      Instant lastDeployed,
      ObservedState observed,
      Map<EnvironmentId, ForeignDeployment> found,
      Optional<Instant> searchedUpTo,
      Instant now) {
    return observed.environments().entrySet().stream()
        .allMatch(
            entry ->
                earliest(entry.getValue(), Optional.ofNullable(found.get(entry.getKey())), now)
                    .map(from -> searchedUpTo.filter(from::isBefore).orElse(from))
                    .filter(lastDeployed::isBefore)
                    .isPresent());
  }

  /** Deployments before this time are irrelevant; absent if all are relevant. */
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
    return Optional.of(head.knownUpTo(now).filter(upTo -> upTo.isAfter(current)).orElse(current));
  }
}
