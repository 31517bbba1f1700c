package dev.onward.reconcile;

import dev.onward.model.Interventions;
import dev.onward.plan.Saying;

/** The port to what is kept for the daemon as a whole, whatever its projects. */
public interface DaemonStore {
  /** What operators have said about everything, read consistently. */
  Interventions interventions();

  /** Change it, if nobody else did since it was read. */
  WriteOutcome say(Saying saying);

  /** What happened to everything. */
  AuditTrail audit();

  /** The requests about everything that were given a key. */
  RequestLedger requests();
}
