package dev.onward.store;

import dev.onward.model.intervention.InterventionState;
import dev.onward.plan.command.InterventionUpdate;

/** The port to what is stored for the daemon as a whole, independent of projects. */
public interface GlobalStore {
  /** The global interventions, read consistently. */
  InterventionState interventions();

  /**
   * Changes the global interventions, on condition that they have not changed since they were read.
   */
  WriteOutcome updateInterventions(InterventionUpdate update);

  /** The audit trail of global events. */
  AuditTrail audit();

  /** The idempotency keys of global requests. */
  IdempotencyStore requests();
}
