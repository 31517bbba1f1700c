package dev.onward.web.api.command;

import dev.onward.model.Requester;
import dev.onward.model.intervention.Attribution;
import dev.onward.web.api.command.CommandBody.End;
import java.time.Instant;
import java.util.Optional;

/** A request that wants something done: who asks, whether only for a preview, and its body. */
record CommandRequest<T extends CommandBody>(Requester by, boolean dryRun, T body, Instant now) {
  Attribution attribution() {
    return new Attribution(by, now, body.reason().text(), End.of(body.until()));
  }

  /** The version of the interventions that the caller has seen, if they say so. */
  Optional<Long> expectedVersion() {
    return Optional.ofNullable(body.expectedVersion());
  }
}
