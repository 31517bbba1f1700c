package dev.onward.policy.gate;

import dev.onward.model.InvalidValueException;
import java.time.ZonedDateTime;

/**
 * A freeze that a manifest announces.
 *
 * @param to when it is over; later than {@code from}
 */
public record PlannedFreeze(ZonedDateTime from, ZonedDateTime to, String reason) {
  public PlannedFreeze {
    if (!to.toInstant().isAfter(from.toInstant())) {
      throw new InvalidValueException("end of the freeze", to.toString(), "a time after its start");
    }
  }
}
