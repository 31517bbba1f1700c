package dev.onward.status.events;

import dev.onward.model.EnvironmentId;
import dev.onward.model.intervention.Intervention;
import dev.onward.plan.command.InterventionUpdate;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Creates events for interventions. */
final class InterventionEvents {
  private InterventionEvents() {}

  static EventDraft of(InterventionUpdate update) {
    return new EventDraft(
            StatusEvent.Type.INTERVENTION, environment(update.intervention()), Map.of())
        .with("version", update.to().version())
        .with("action", update.intervention().event())
        .with("subject", update.intervention().subject())
        .by(update.attribution().by())
        .with("reason", update.attribution().reason())
        .with("until", update.attribution().until().map(Instant::toString));
  }

  static EventDraft setElsewhere(long version) {
    return EventDraft.of(StatusEvent.Type.INTERVENTION).with("version", version);
  }

  private static Optional<EnvironmentId> environment(Intervention intervention) {
    return switch (intervention) {
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
