package dev.onward.simulation;

import dev.onward.aws.dynamodb.state.ModelStores;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The model of AWS in fine weather, at the machine's own time: for tests of how it behaves. */
public final class ModelAws {
  private final DynamoModel dynamo = new DynamoModel(ModelAws::nanos, NetworkConditions.FINE);
  private final SsmModel ssm =
      new SsmModel(
          ModelAws::nanos, nanos -> Instant.EPOCH.plusNanos(nanos), NetworkConditions.FINE);

  public ModelAws() {
    createTables(dynamo);
  }

  public SsmClient ssm() {
    return new SsmModelClient(ssm, oneAtATime());
  }

  public DynamoDbClient dynamo() {
    return new DynamoModelClient(dynamo, oneAtATime());
  }

  static void createTables(DynamoModel dynamo) {
    dynamo.create(
        ModelStores.RELEASES,
        "release_id",
        Optional.empty(),
        Map.of("project_gsi", "date_created", "deployment_gsi", "last_date_deployed"));
    dynamo.create(ModelStores.STATE, "pk", Optional.of("sk"), Map.of());
  }

  private static long nanos() {
    Instant now = Clock.systemUTC().instant();
    return now.getEpochSecond() * 1_000_000_000 + now.getNano();
  }

  /** Tests call from several threads. */
  private Wire oneAtATime() {
    return new Wire() {
      @Override
      public <T> T call(Call call, java.util.function.Supplier<T> effect) {
        synchronized (ModelAws.this) {
          return effect.get();
        }
      }
    };
  }
}
