package dev.onward.aws;

import dev.onward.model.Interventions;
import dev.onward.plan.Saying;
import dev.onward.reconcile.AuditTrail;
import dev.onward.reconcile.DaemonStore;
import dev.onward.reconcile.RequestLedger;
import dev.onward.reconcile.WriteOutcome;
import java.time.InstantSource;
import java.util.List;

/** What the state table keeps for the daemon as a whole. */
final class DynamoDaemonStore implements DaemonStore {
  private final StateReads reads;
  private final OperatorWords words;
  private final AuditTrail audit;
  private final RequestLedger requests;

  DynamoDaemonStore(TableDefinition stateTable, TableCalls calls, InstantSource clock) {
    var state = new OwnState(StateOwner.DAEMON, stateTable, List.of(stateTable), calls);
    reads = new StateReads(state);
    words = new OperatorWords(state, reads, new Transactions(state, clock));
    audit = new DynamoAuditTrail(state);
    requests = new DynamoRequestLedger(state, clock);
  }

  @Override
  public Interventions interventions() {
    return reads.interventions();
  }

  @Override
  public WriteOutcome say(Saying saying) {
    return words.say(saying);
  }

  @Override
  public AuditTrail audit() {
    return audit;
  }

  @Override
  public RequestLedger requests() {
    return requests;
  }
}
