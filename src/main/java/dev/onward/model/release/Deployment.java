package dev.onward.model.release;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Requester;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A statement of intent to deploy a release to an environment.
 *
 * @param id absent for deployments made with the older tool
 * @param createdAt to the microsecond, the table's resolution
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
