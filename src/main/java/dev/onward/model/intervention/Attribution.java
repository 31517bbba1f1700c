package dev.onward.model.intervention;

import dev.onward.model.InvalidValueException;
import dev.onward.model.Requester;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Who set an intervention, when, why, and until when it is in force.
 *
 * @param reason never blank: other operators rely on it
 * @param until absent if it is in force until it is removed
 */
public record Attribution(Requester by, Instant at, String reason, Optional<Instant> until) {
  /** Keeps a project's state small; longer explanations belong in a ticket. */
  public static final int LONGEST_REASON = 500;

  public Attribution {
    at = at.truncatedTo(ChronoUnit.MICROS);
    until = until.map(end -> end.truncatedTo(ChronoUnit.MICROS));
    if (reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw new InvalidValueException(
          "reason", reason, "a text of 1 to %s characters".formatted(LONGEST_REASON));
    }
  }

  public boolean isInForce(Instant now) {
    return until.filter(end -> !end.isAfter(now)).isEmpty();
  }
}
