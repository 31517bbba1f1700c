package dev.onward.plan;

import dev.onward.model.ServiceId;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import java.time.Instant;
import java.util.Map;

/**
 * A deployment in the releases table that Onward did not make: the old tool's, so a person's.
 *
 * @param writtenOver of the parameters that have this deployment's image already, those that had
 *     the current release's image until then, and since when
 */
public record ForeignDeployment(
    Release release, Deployment deployment, Map<ServiceId, Instant> writtenOver) {
  public ForeignDeployment {
    writtenOver = Map.copyOf(writtenOver);
  }

  /**
   * When it counts as made. Whoever dated it later than now has a clock that is ahead: by that date
   * it would hold gates, and date releases, until then.
   */
  Instant takenAt(Instant now) {
    return deployment.createdAt().isAfter(now) ? now : deployment.createdAt();
  }

  /**
   * Its date in words, and which one was taken instead if that was later than now.
   *
   * @param to the head that it led to
   */
  public String dated(EnvironmentHead to) {
    return to.current()
        .map(DeployedRelease::deployedAt)
        .filter(taken -> taken.isBefore(deployment.createdAt()))
        .map(taken -> "%s (later than now: taken as %s)".formatted(deployment.createdAt(), taken))
        .orElseGet(() -> deployment.createdAt().toString());
  }

  /** One of which nobody knows what it has written over. */
  public ForeignDeployment(Release release, Deployment deployment) {
    this(release, deployment, Map.of());
  }
}
