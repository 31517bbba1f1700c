package dev.onward.store;

import dev.onward.model.intervention.InterventionState;
import dev.onward.plan.command.InterventionUpdate;

/** The port to what is kept for the daemon as a whole, whatever its projects. */
public interface GlobalStore {
  /** What operators have said about everything, read consistently. */
  InterventionState interventions();

  /** Change it, if nobody else did since it was read. */
  WriteOutcome updateInterventions(InterventionUpdate update);

  /** What happened to everything. */
  AuditTrail audit();

  /** The requests about everything that were given a key. */
  IdempotencyStore requests();
}
