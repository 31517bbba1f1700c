package dev.onward.aws;

import dev.onward.aws.dynamodb.state.ModelStores;
import dev.onward.model.ProjectId;
import dev.onward.simulation.ModelAws;
import dev.onward.store.ParameterStore;
import java.time.InstantSource;

/** The simulation's model of Parameter Store behaves, under the real store, as that does. */
final class ModelParameterStoreTest extends ParameterStoreContract {
  private final ModelAws aws = new ModelAws();

  @Override
  public ParameterStore store() {
    return new ModelStores(aws.ssm(), aws.dynamo(), InstantSource.system())
        .of(project())
        .parameters();
  }

  @Override
  public ProjectId project() {
    return new ProjectId("storage");
  }
}
