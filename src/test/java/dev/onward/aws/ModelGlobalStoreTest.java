package dev.onward.aws;

import dev.onward.aws.dynamodb.state.ModelStores;
import dev.onward.simulation.ModelAws;
import dev.onward.store.GlobalStore;
import java.time.InstantSource;

/** The simulation's model of DynamoDB behaves, under the real store, as DynamoDB does. */
final class ModelGlobalStoreTest extends GlobalStoreContract {
  private final ModelAws aws = new ModelAws();

  @Override
  public GlobalStore store() {
    return new ModelStores(aws.ssm(), aws.dynamo(), InstantSource.system()).daemon();
  }
}
