package dev.onward.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * One entry of an environment's recent history: which release was deployed there, when, and whose
 * decision that was.
 *
 * @param deploymentId absent for deployments of the old tool
 * @param converged whether its parameters were all written before it was superseded; for the
 *     current one the head says
 */
public record DeployedRelease(
    ReleaseId release,
    Instant releaseCreatedAt,
    Optional<String> deploymentId,
    Instant deployedAt,
    Origin origin,
    boolean converged) {
  public DeployedRelease {
    releaseCreatedAt = releaseCreatedAt.truncatedTo(ChronoUnit.MICROS);
    deployedAt = deployedAt.truncatedTo(ChronoUnit.MICROS);
  }

  /** One that is only now becoming current. */
  public DeployedRelease(
      ReleaseId release,
      Instant releaseCreatedAt,
      Optional<String> deploymentId,
      Instant deployedAt,
      Origin origin) {
    this(release, releaseCreatedAt, deploymentId, deployedAt, origin, true);
  }

  DeployedRelease superseded(boolean convergedBefore) {
    return new DeployedRelease(
        release, releaseCreatedAt, deploymentId, deployedAt, origin, convergedBefore);
  }
}
