package dev.onward.aws;

import dev.onward.aws.dynamodb.state.ModelStores;
import dev.onward.model.ProjectId;
import dev.onward.simulation.ModelAws;
import dev.onward.store.IdempotencyStore;

/** The simulation's model of DynamoDB behaves, under the real store, as DynamoDB does. */
final class ModelIdempotencyStoreTest extends IdempotencyStoreContract {
  private final ModelAws aws = new ModelAws();

  @Override
  public IdempotencyStore ledger(ProjectId project) {
    return new ModelStores(aws.ssm(), aws.dynamo(), clock).of(project).requests();
  }
}
