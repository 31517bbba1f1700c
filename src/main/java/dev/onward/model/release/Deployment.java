package dev.onward.model.release;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Requester;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A statement of intent to deploy a release to an environment.
 *
 * @param id Onward's own deployments have one; the old tool's have none
 * @param createdAt to the microsecond, as the table keeps it
 */
public record Deployment(
    Optional<String> id,
    Instant createdAt,
    String description,
    EnvironmentId environment,
    String environmentName,
    Requester requestedBy) {
  public Deployment {
    createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
  }
}
