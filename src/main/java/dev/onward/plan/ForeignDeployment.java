package dev.onward.plan;

import dev.onward.model.ServiceId;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import java.time.Instant;
import java.util.Map;

/**
 * A deployment in the releases table that Onward did not make: made with the older tool, so by a
 * person.
 *
 * @param writtenOver of the parameters that already have this deployment's image, those that had
 *     the current release's image before, and since when
 */
public record ForeignDeployment(
    Release release, Deployment deployment, Map<ServiceId, Instant> writtenOver) {
  public ForeignDeployment {
    writtenOver = Map.copyOf(writtenOver);
  }

  /**
   * The effective time of the deployment. A date in the future comes from a clock that is ahead,
   * and would otherwise hold gates, and date releases, until then.
   */
  Instant takenAt(Instant now) {
    return deployment.createdAt().isAfter(now) ? now : deployment.createdAt();
  }

  /**
   * Its date as text, with the effective time if the date was in the future.
   *
   * @param to the resulting head
   */
  public String dated(EnvironmentHead to) {
    return to.current()
        .map(DeployedRelease::deployedAt)
        .filter(taken -> taken.isBefore(deployment.createdAt()))
        .map(taken -> "%s (later than now: taken as %s)".formatted(deployment.createdAt(), taken))
        .orElseGet(() -> deployment.createdAt().toString());
  }

  /** A deployment without known overwritten parameters. */
  public ForeignDeployment(Release release, Deployment deployment) {
    this(release, deployment, Map.of());
  }
}
