package dev.onward.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A stretch of time during which a release was in its source environment without a break: deployed,
 * and the environment's parameters all its own.
 *
 * @param to when a newer release took its place; absent while it is still there
 */
public record Stay(Instant from, Optional<Instant> to) {
  public Duration length(Instant now) {
    Duration length = Duration.between(from, to.orElse(now));
    return length.isNegative() ? Duration.ZERO : length;
  }
}
