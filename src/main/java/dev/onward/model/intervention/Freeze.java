package dev.onward.model.intervention;

import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A freeze that was set at run time: until it ends nothing is promoted automatically.
 *
 * @param id names it for whoever lifts it
 * @param environment absent if it is for all of the project, or for everything
 * @param from absent if it began when it was set
 */
public record Freeze(
    String id, Optional<EnvironmentId> environment, Optional<Instant> from, Attribution set) {
  public Freeze {
    from = from.map(start -> start.truncatedTo(ChronoUnit.MICROS));
    if (from.isPresent() && set.until().isPresent() && !set.until().get().isAfter(from.get())) {
      throw new InvalidValueException(
          "end of the freeze", set.until().get().toString(), "a moment after its beginning");
    }
  }

  public boolean concerns(EnvironmentId other) {
    return environment.map(other::equals).orElse(true);
  }

  public boolean isInForce(Instant now) {
    return from.filter(start -> start.isAfter(now)).isEmpty() && set.isInForce(now);
  }
}
