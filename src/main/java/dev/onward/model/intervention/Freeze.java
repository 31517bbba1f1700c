package dev.onward.model.intervention;

import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A freeze set at run time: nothing is promoted automatically until it ends.
 *
 * @param id identifies it when it is lifted
 * @param environment absent if it applies to the whole project, or globally
 * @param from absent if it took effect when it was set
 */
public record Freeze(
    String id, Optional<EnvironmentId> environment, Optional<Instant> from, Attribution set) {
  public Freeze {
    from = from.map(start -> start.truncatedTo(ChronoUnit.MICROS));
    if (from.isPresent() && set.until().isPresent() && !set.until().get().isAfter(from.get())) {
      throw new InvalidValueException(
          "end of the freeze", set.until().get().toString(), "a time after its start");
    }
  }

  public boolean concerns(EnvironmentId other) {
    return environment.map(other::equals).orElse(true);
  }

  public boolean isInForce(Instant now) {
    return from.filter(start -> start.isAfter(now)).isEmpty() && set.isInForce(now);
  }
}
