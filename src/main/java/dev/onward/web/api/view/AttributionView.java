package dev.onward.web.api.view;

import dev.onward.model.intervention.Attribution;
import dev.onward.web.api.view.ReleaseView.Person;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Who said something, when, why, and until when it stands.
 *
 * @param until absent if it stands until somebody takes it back
 */
@Schema(name = "Attribution")
record AttributionView(Person by, Instant at, String reason, Optional<Instant> until) {
  static AttributionView of(Attribution it) {
    return new AttributionView(Person.of(it.by()), it.at(), it.reason(), it.until());
  }
}
