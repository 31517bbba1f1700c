package dev.onward.aws;

import dev.onward.model.ProjectId;
import dev.onward.reconcile.RequestLedger;
import dev.onward.simulation.ModelAws;

/** The simulation's model of DynamoDB behaves, under the real store, as DynamoDB does. */
final class ModelRequestLedgerTest extends RequestLedgerContract {
  private final ModelAws aws = new ModelAws();

  @Override
  RequestLedger ledger(ProjectId project) {
    return new ModelStores(aws.ssm(), aws.dynamo(), clock).of(project).requests();
  }
}
