package dev.onward.aws.dynamodb.state;

import dev.onward.aws.dynamodb.TableCalls;
import dev.onward.aws.dynamodb.TableDefinition;
import dev.onward.model.intervention.InterventionState;
import dev.onward.plan.command.InterventionUpdate;
import dev.onward.store.AuditTrail;
import dev.onward.store.GlobalStore;
import dev.onward.store.IdempotencyStore;
import dev.onward.store.WriteOutcome;
import java.time.InstantSource;
import java.util.List;

/** The daemon's own part of the state table. */
public final class DynamoGlobalStore implements GlobalStore {
  private final StateReads reads;
  private final InterventionWrites interventions;
  private final AuditTrail audit;
  private final IdempotencyStore requests;

  public DynamoGlobalStore(TableDefinition stateTable, TableCalls calls, InstantSource clock) {
    var state = new StatePartition(StateOwner.DAEMON, stateTable, List.of(stateTable), calls);
    reads = new StateReads(state);
    interventions = new InterventionWrites(state, reads, new Transactions(state, clock));
    audit = new DynamoAuditTrail(state);
    requests = new DynamoIdempotencyStore(state, clock);
  }

  @Override
  public InterventionState interventions() {
    return reads.interventions();
  }

  @Override
  public WriteOutcome updateInterventions(InterventionUpdate update) {
    return interventions.updateInterventions(update);
  }

  @Override
  public AuditTrail audit() {
    return audit;
  }

  @Override
  public IdempotencyStore requests() {
    return requests;
  }
}
