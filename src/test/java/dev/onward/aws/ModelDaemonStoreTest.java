package dev.onward.aws;

import dev.onward.reconcile.DaemonStore;
import dev.onward.simulation.ModelAws;
import java.time.InstantSource;

/** The simulation's model of DynamoDB behaves, under the real store, as DynamoDB does. */
final class ModelDaemonStoreTest extends DaemonStoreContract {
  private final ModelAws aws = new ModelAws();

  @Override
  DaemonStore store() {
    return new ModelStores(aws.ssm(), aws.dynamo(), InstantSource.system()).daemon();
  }
}
