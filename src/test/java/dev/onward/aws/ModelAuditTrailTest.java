package dev.onward.aws;

import dev.onward.aws.dynamodb.state.ModelStores;
import dev.onward.model.ProjectId;
import dev.onward.simulation.ModelAws;
import dev.onward.store.AuditTrail;
import java.time.InstantSource;

/** The simulation's model of DynamoDB behaves, under the real store, as DynamoDB does. */
final class ModelAuditTrailTest extends AuditTrailContract {
  private final ModelAws aws = new ModelAws();

  @Override
  public AuditTrail trail(ProjectId project) {
    return new ModelStores(aws.ssm(), aws.dynamo(), InstantSource.system()).of(project).audit();
  }
}
