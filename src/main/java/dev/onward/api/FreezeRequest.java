package dev.onward.api;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Intervention;
import dev.onward.model.OperatorWord;
import java.time.Instant;
import java.util.Optional;

/** A freeze as it is asked for. */
record FreezeRequest(OperatorWord.SetFreeze word, Intervention said) {

  /**
   * Throws {@link RefusedRequest} with all that is wrong.
   *
   * @param environment absent for all of a project, or for everything
   */
  static FreezeRequest read(Act act, Optional<EnvironmentId> environment) {
    var id = act.fields().optional("id", FreezeId.ALLOWED, FreezeId::given);
    Optional<Instant> from = act.from().get();
    Intervention said = act.said(act.until(from));
    return new FreezeRequest(
        new OperatorWord.SetFreeze(
            id.get().orElseGet(() -> FreezeId.derived(environment, said.reason())),
            environment,
            from),
        said);
  }
}
