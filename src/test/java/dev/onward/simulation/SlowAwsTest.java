package dev.onward.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.aws.dynamodb.state.ModelStores;
import dev.onward.model.ProjectId;
import dev.onward.model.RoleArn;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.DesiredState;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.ReleasePolicy;
import dev.onward.policy.gate.PromotionPolicy;
import dev.onward.reconcile.observe.SimulatedReplica;
import dev.onward.reconcile.observe.SkewCorrectedClock;
import dev.onward.store.GlobalStore;
import dev.onward.store.ProjectStores;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The real stores on a model of AWS that is as slow as it may be, and does not fail otherwise. */
class SlowAwsTest {
  private static final ProjectId STORAGE = new ProjectId("storage");
  private static final Duration INTERVAL = Setting.CONFIG.interval();
  private static final int RELEASES = 4;
  private static final DesiredState DESIRED =
      new DesiredState(
          STORAGE,
          "Storage service",
          Optional.empty(),
          ReleasePolicy.DEFAULT,
          List.of(
              new DesiredEnvironment(
                  Setting.STAGE,
                  "Staging",
                  Optional.of(new PromotionPolicy(Setting.LATEST, PromotionMode.AUTO, List.of())),
                  DriftPolicy.REPORT)));

  private long now;
  private NetworkConditions weather = NetworkConditions.FINE;
  private Wire wire = Wire.DIRECT;
  private final DynamoModel dynamo = new DynamoModel(() -> now, new Changing());
  private final SsmModel ssm = new SsmModel(() -> now, SlowAwsTest::instant, new Changing());

  SlowAwsTest() {
    ModelAws.createTables(dynamo);
  }

  /** Every write is new to the indexes for half a minute, in which two replicas look. */
  @Test
  void fault14AnIndexThatLagsHalfAMinuteMakesNothingTwiceForTheHeadDecides() {
    weather =
        new NetworkConditions() {
          @Override
          public long indexLag() {
            return Duration.ofSeconds(30).toNanos();
          }

          @Override
          public long readLag() {
            return 0;
          }

          @Override
          public int page(int most) {
            return most;
          }
        };
    for (int tag = 1; tag <= RELEASES; tag++) {
      publish(tag);
      pass(Duration.ofSeconds(45));
      replica().cycle(DESIRED);
      pass(Duration.ofSeconds(1));
      replica().cycle(DESIRED);
    }
    everyReleaseWentToStageOnce();
  }

  @Test
  void fault35ATableOfOneWriteUnitASecondIsSlowAndLosesNothing() {
    var capacity = new OneUnitASecond();
    wire = capacity;
    SimulatedReplica replica = replica();
    long began = now;
    for (int tag = 1; tag <= RELEASES; tag++) {
      publish(tag);
      int cycles = 0;
      while (!isInStage(tag)) {
        pass(INTERVAL);
        replica.cycle(DESIRED);
        assertThat(++cycles).as("cycles until release %d is in stage", tag).isLessThan(60);
      }
    }
    assertThat(capacity.refused).as("refused requests").isPositive();
    assertThat(Duration.ofNanos(now - began))
        .isGreaterThan(Duration.ofSeconds(capacity.used - OneUnitASecond.UNITS));
    everyReleaseWentToStageOnce();
  }

  private void everyReleaseWentToStageOnce() {
    List<Release> releases =
        dynamo.all(ModelStores.RELEASES).stream().map(ModelStores::release).toList();
    assertThat(releases).hasSize(RELEASES);
    assertThat(releases)
        .flatExtracting(Release::deployments)
        .extracting(Deployment::environment)
        .hasSize(RELEASES)
        .containsOnly(Setting.STAGE);
    assertThat(releases).allSatisfy(it -> assertThat(it.deployments()).hasSize(1));
    EnvironmentHead head = ModelStores.environment(item("environment#stage")).orElseThrow();
    assertThat(head.history()).hasSize(RELEASES);
    assertThat(head.converged()).isTrue();
    assertThat(isInStage(RELEASES)).isTrue();
    assertThat(dynamo.all(ModelStores.STATE))
        .filteredOn(item -> item.containsKey("event"))
        .extracting(item -> item.get("event").s())
        .filteredOn(event -> !event.equals("environment_initialised"))
        .containsOnly("release_cut", "deployment_recorded")
        .hasSize(2 * RELEASES);
  }

  private Map<String, AttributeValue> item(String key) {
    return dynamo.get(
        ModelStores.STATE,
        Map.of("pk", AttributeValue.fromS("project#" + STORAGE), "sk", AttributeValue.fromS(key)));
  }

  private void publish(int tag) {
    ssm.put("/storage/images/latest/bags", image(tag), "build", Optional.empty());
  }

  private boolean isInStage(int tag) {
    return ssm.current("/storage/images/stage/bags")
            .filter(it -> it.value().equals(image(tag)))
            .isPresent()
        && ModelStores.environment(item("environment#stage")).orElseThrow().converged();
  }

  private static String image(int tag) {
    return "example.com/ns/bags:" + tag;
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private static Instant instant(long nanos) {
    return Instant.parse("2026-03-02T10:00:00Z").plusNanos(nanos);
  }

  private SimulatedReplica replica() {
    var clock = new SkewCorrectedClock(() -> instant(now), () -> now);
    var stores =
        new ModelStores(new SsmModelClient(ssm, wire), new DynamoModelClient(dynamo, wire), clock);
    return new SimulatedReplica(
        Setting.CONFIG,
        new ProjectStores.Provider() {
          @Override
          public ProjectStores open(ProjectId project, Optional<RoleArn> role) {
            return stores.of(project);
          }

          @Override
          public GlobalStore daemon() {
            return stores.daemon();
          }
        },
        verification -> {
          throw new IllegalStateException("no policy asks for " + verification);
        },
        clock,
        () -> now,
        new Random(1));
  }

  private final class Changing implements NetworkConditions {
    @Override
    public long indexLag() {
      return weather.indexLag();
    }

    @Override
    public long readLag() {
      return weather.readLag();
    }

    @Override
    public int page(int most) {
      return weather.page(most);
    }
  }

  /**
   * As DynamoDB meters a provisioned table: a write is let in while there is capacity left, and
   * what it takes beyond that must be earned before the next. What was saved up has been used.
   */
  private final class OneUnitASecond implements Wire {
    /** A promotion, docs/data.md says. */
    private static final int UNITS = 18;

    private long debtUntil;
    private int refused;
    private int used;

    @Override
    public <T> T call(Call call, Supplier<T> effect) {
      if (call.operation() != Operation.TRANSACT) {
        return effect.get();
      }
      if (now < debtUntil) {
        refused++;
        // Whoever is refused waits a second, and tries again.
        pass(Duration.ofSeconds(1));
        throw AwsAnswers.throttled(false);
      }
      debtUntil = now + Duration.ofSeconds(UNITS).toNanos();
      used += UNITS;
      return effect.get();
    }
  }
}
