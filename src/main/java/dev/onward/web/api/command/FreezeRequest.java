package dev.onward.web.api.command;

import dev.onward.model.EnvironmentId;
import dev.onward.model.intervention.Intervention;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A freeze as it is asked for. */
record FreezeRequest(
    @Schema(
            implementation = String.class,
            description = "Names it for whoever lifts it; derived from the reason if absent")
        @Nullable FreezeId id,
    @Schema(
            implementation = String.class,
            description = "When it begins, with its offset; at once if absent")
        @Nullable Instant from,
    @Schema(
            implementation = String.class,
            description = "When it ends, with its offset, or how long after it begins")
        @Nullable End until,
    @NotNull Reason reason,
    @PositiveOrZero @Schema(description = EXPECTED_VERSION) @Nullable Long expectedVersion)
    implements CommandBody {

  /**
   * Sets it.
   *
   * @param environment absent for all of a project, or for everything
   */
  Intervention.SetFreeze intervention(Optional<EnvironmentId> environment) {
    FreezeId named = id == null ? FreezeId.derived(environment, reason.text()) : id;
    return new Intervention.SetFreeze(named.value(), environment, Optional.ofNullable(from));
  }
}
