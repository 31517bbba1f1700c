package dev.onward.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * One entry of an environment's recent history: which release was deployed there, when, and whose
 * decision that was.
 *
 * @param deploymentId absent for deployments of the old tool
 */
public record DeployedRelease(
    ReleaseId release,
    Instant releaseCreatedAt,
    Optional<String> deploymentId,
    Instant deployedAt,
    Origin origin) {
  public DeployedRelease {
    releaseCreatedAt = releaseCreatedAt.truncatedTo(ChronoUnit.MICROS);
    deployedAt = deployedAt.truncatedTo(ChronoUnit.MICROS);
  }
}
