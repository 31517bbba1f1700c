package dev.onward.simulation;

import dev.onward.reconcile.observe.SkewCorrectedClock;
import dev.onward.store.GlobalStore;
import dev.onward.store.ProjectStores;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Where a bug can be planted: around what a process works with. */
interface Mutation {
  Mutation NOTHING = new Mutation() {};

  default DynamoDbClient dynamo(ReplicaProcess process, DynamoDbClient real) {
    return real;
  }

  default SsmClient ssm(ReplicaProcess process, SsmClient real) {
    return real;
  }

  /** Whether answers are held against AWS's own model. */
  default boolean checksAnswers() {
    return true;
  }

  /**
   * What a process takes for the time.
   *
   * @param nanoTime a clock that never jumps
   */
  default SkewCorrectedClock clock(InstantSource machine, LongSupplier nanoTime) {
    return new SkewCorrectedClock(machine, nanoTime);
  }

  default GlobalStore daemon(ReplicaProcess process, GlobalStore real) {
    return real;
  }

  default ProjectStores stores(ReplicaProcess process, ProjectStores real) {
    return real;
  }
}
