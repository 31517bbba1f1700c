package dev.onward.model.release;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * One entry of an environment's recent history: which release was deployed there, when, and whose
 * decision that was.
 *
 * @param deploymentId absent for deployments of the old tool
 * @param convergedSince since when, at the moment it was superseded, the environment's parameters
 *     had been all its own without a break; absent if they were not, and for the current one, of
 *     which the parameters themselves tell
 */
public record DeployedRelease(
    ReleaseId release,
    Instant releaseCreatedAt,
    Optional<String> deploymentId,
    Instant deployedAt,
    DeploymentOrigin origin,
    Optional<Instant> convergedSince) {
  public DeployedRelease {
    releaseCreatedAt = releaseCreatedAt.truncatedTo(ChronoUnit.MICROS);
    deployedAt = deployedAt.truncatedTo(ChronoUnit.MICROS);
    convergedSince = convergedSince.map(since -> since.truncatedTo(ChronoUnit.MICROS));
  }

  /** One that is only now becoming current. */
  public DeployedRelease(
      ReleaseId release,
      Instant releaseCreatedAt,
      Optional<String> deploymentId,
      Instant deployedAt,
      DeploymentOrigin origin) {
    this(release, releaseCreatedAt, deploymentId, deployedAt, origin, Optional.empty());
  }

  DeployedRelease superseded(Optional<Instant> convergedSince) {
    return new DeployedRelease(
        release, releaseCreatedAt, deploymentId, deployedAt, origin, convergedSince);
  }
}
