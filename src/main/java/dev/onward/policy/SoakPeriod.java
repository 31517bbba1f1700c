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
public record SoakPeriod(Instant from, Optional<Instant> to) {
  public Duration length(Instant now) {
    // The end may come from a clock that is ahead: time in the future does not count.
    Instant end = to.filter(now::isAfter).orElse(now);
    Duration length = Duration.between(from, end);
    return length.isNegative() ? Duration.ZERO : length;
  }
}
