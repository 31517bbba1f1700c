package dev.onward.web.api.command;

import dev.onward.model.EnvironmentId;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.web.http.CommandRejectedException;
import java.time.Instant;
import java.util.Optional;

/** A freeze as it is asked for. */
record FreezeRequest(Intervention.SetFreeze intervention, Attribution attribution) {

  /**
   * Throws {@link CommandRejectedException} with all that is wrong.
   *
   * @param environment absent for all of a project, or for everything
   */
  static FreezeRequest read(CommandRequest act, Optional<EnvironmentId> environment) {
    var id = act.fields().optional("id", FreezeId.ALLOWED, FreezeId::given);
    Optional<Instant> from = act.from().get();
    Attribution attribution = act.attribution(act.until(from));
    return new FreezeRequest(
        new Intervention.SetFreeze(
            id.get().orElseGet(() -> FreezeId.derived(environment, attribution.reason())),
            environment,
            from),
        attribution);
  }
}
