package dev.onward.aws;

import dev.onward.model.ProjectId;
import dev.onward.reconcile.ParameterStore;
import dev.onward.simulation.ModelAws;
import java.time.InstantSource;

/** The simulation's model of Parameter Store behaves, under the real store, as that does. */
final class ModelParameterStoreTest extends ParameterStoreContract {
  private final ModelAws aws = new ModelAws();

  @Override
  ParameterStore store() {
    return new ModelStores(aws.ssm(), aws.dynamo(), InstantSource.system())
        .of(project())
        .parameters();
  }

  @Override
  ProjectId project() {
    return new ProjectId("storage");
  }
}
