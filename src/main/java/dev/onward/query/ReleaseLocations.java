package dev.onward.query;

import dev.onward.model.EnvironmentId;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.EnvironmentExplanation;
import dev.onward.query.DeploymentLog.Entry;
import dev.onward.status.ProjectStatus;
import java.util.List;
import java.util.Optional;

/** Where releases are and were deployed, as of the last cycle's observation. */
public final class ReleaseLocations {
  private ReleaseLocations() {}

  /** The environments whose current release this is, in the manifest's order. */
  public static List<EnvironmentId> currentIn(ProjectStatus status, ReleaseId release) {
    return status.explanations().stream()
        .filter(
            it -> it.current().map(DeployedRelease::release).filter(release::equals).isPresent())
        .map(EnvironmentExplanation::environment)
        .toList();
  }

  /** Every environment the release was ever deployed to, ordered by first deployment. */
  public static List<EnvironmentId> deployedTo(Release release) {
    return release.deployments().stream().map(it -> it.environment()).distinct().toList();
  }

  /**
   * A deployment found in an environment's recent history.
   *
   * @param previous the release before it; absent for the oldest entry
   */
  public record Recalled(DeployedRelease deployed, Optional<ReleaseId> previous) {}

  /** Looks up a deployment, if it is among the newest of its environment. */
  public static Optional<Recalled> recall(ProjectStatus status, Entry entry) {
    List<DeployedRelease> history =
        status.seen().stream()
            .flatMap(
                seen ->
                    Optional.ofNullable(
                        seen.observed().environments().get(entry.deployment().environment()))
                        .stream())
            .flatMap(environment -> environment.head().stream())
            .map(EnvironmentHead::history)
            .findFirst()
            .orElse(List.of());
    for (int i = history.size() - 1; i >= 0; i--) {
      if (isSame(history.get(i), entry)) {
        return Optional.of(
            new Recalled(
                history.get(i),
                i == 0 ? Optional.empty() : Optional.of(history.get(i - 1).release())));
      }
    }
    return Optional.empty();
  }

  private static boolean isSame(DeployedRelease deployed, Entry entry) {
    return deployed.release().equals(entry.release().id())
        && deployed.deploymentId().equals(entry.deployment().id())
        && (deployed.deploymentId().isPresent()
            || deployed.deployedAt().equals(entry.deployment().createdAt()));
  }
}
