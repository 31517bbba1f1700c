package dev.onward.status.events;

import dev.onward.model.EnvironmentId;
import dev.onward.model.intervention.Intervention;
import dev.onward.plan.command.InterventionUpdate;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** That an operator said something. */
final class InterventionEvents {
  private InterventionEvents() {}

  static EventDraft of(InterventionUpdate saying) {
    return new EventDraft(StatusEvent.Type.INTERVENTION, environment(saying.word()), Map.of())
        .with("version", saying.to().version())
        .with("word", saying.word().event())
        .with("subject", saying.word().subject())
        .by(saying.said().by())
        .with("reason", saying.said().reason())
        .with("until", saying.said().until().map(Instant::toString));
  }

  static EventDraft saidElsewhere(long version) {
    return EventDraft.of(StatusEvent.Type.INTERVENTION).with("version", version);
  }

  private static Optional<EnvironmentId> environment(Intervention word) {
    return switch (word) {
      case Intervention.Hold(EnvironmentId id) -> Optional.of(id);
      case Intervention.Resume(EnvironmentId id) -> Optional.of(id);
      case Intervention.Approve(var _, EnvironmentId id) -> Optional.of(id);
      case Intervention.Withdraw(var _, EnvironmentId id) -> Optional.of(id);
      case Intervention.SetFreeze freeze -> freeze.environment();
      case Intervention.LiftFreeze freeze -> freeze.environment();
      case Intervention.Reject _, Intervention.Unreject _ -> Optional.empty();
      case Intervention.StopEverything _, Intervention.ResumeEverything _ -> Optional.empty();
    };
  }
}
