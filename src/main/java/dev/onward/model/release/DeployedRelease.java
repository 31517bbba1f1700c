package dev.onward.model.release;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * One entry of an environment's recent history: which release was deployed, when, and by whose
 * decision.
 *
 * @param deploymentId absent for deployments made with the older tool
 * @param convergedSince the time since which, when it was superseded, the environment's parameters
 *     had continuously matched it; absent if they did not match, and for the current release, whose
 *     state is derived from the parameters
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

  /** An entry that is just becoming current. */
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
