package dev.onward.aws;

import dev.onward.model.ProjectId;
import dev.onward.reconcile.AuditTrail;
import dev.onward.simulation.ModelAws;
import java.time.InstantSource;

/** The simulation's model of DynamoDB behaves, under the real store, as DynamoDB does. */
final class ModelAuditTrailTest extends AuditTrailContract {
  private final ModelAws aws = new ModelAws();

  @Override
  AuditTrail trail(ProjectId project) {
    return new ModelStores(aws.ssm(), aws.dynamo(), InstantSource.system()).of(project).audit();
  }
}
