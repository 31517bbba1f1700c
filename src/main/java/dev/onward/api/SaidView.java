package dev.onward.api;

import dev.onward.api.ReleaseView.Person;
import dev.onward.model.Intervention;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Who said something, when, why, and until when it stands.
 *
 * @param until absent if it stands until somebody takes it back
 */
@Schema(name = "Said")
record SaidView(Person by, Instant at, String reason, Optional<Instant> until) {
  static SaidView of(Intervention it) {
    return new SaidView(Person.of(it.by()), it.at(), it.reason(), it.until());
  }
}
