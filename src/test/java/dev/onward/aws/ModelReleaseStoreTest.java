package dev.onward.aws;

import dev.onward.aws.dynamodb.state.ModelStores;
import dev.onward.model.ProjectId;
import dev.onward.simulation.ModelAws;
import dev.onward.store.ReleaseStore;
import java.time.InstantSource;

/** The simulation's model of DynamoDB behaves, under the real store, as DynamoDB does. */
final class ModelReleaseStoreTest extends ReleaseStoreContract {
  private final ModelAws aws = new ModelAws();

  @Override
  public ReleaseStore store(ProjectId project) {
    return new ModelStores(aws.ssm(), aws.dynamo(), InstantSource.system()).of(project).releases();
  }
}
