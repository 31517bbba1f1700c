package dev.onward.aws.dynamodb;

import static dev.onward.aws.Samples.LATEST;
import static dev.onward.aws.Samples.NOON;
import static dev.onward.aws.Samples.STAGE;
import static dev.onward.aws.Samples.STORAGE;
import static dev.onward.aws.Samples.cut;
import static dev.onward.aws.Samples.deploy;
import static dev.onward.aws.Samples.initialise;
import static dev.onward.aws.Samples.release;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.aws.JsonDumps;
import dev.onward.aws.dynamodb.release.ReleaseItem;
import dev.onward.aws.dynamodb.release.ReleaseTable;
import dev.onward.aws.dynamodb.state.TestAws;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import dev.onward.plan.Action;
import dev.onward.store.Failure;
import dev.onward.store.ReleaseStore;
import dev.onward.store.WriteOutcome.AlreadyApplied;
import dev.onward.store.WriteOutcome.Applied;
import dev.onward.store.WriteOutcome.Failed;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Fault 34: DynamoDB bounds an item, and nothing bounds what happens to a release. */
final class ItemLimitIT {
  private final TestAws aws = new TestAws(STORAGE);
  private final ReleaseStore store = aws.releaseStore(InstantSource.system());

  @AfterEach
  void close() {
    aws.close();
  }

  @Test
  void fault34AReleaseNearTheItemLimitTakesEveryDeploymentAndDropsNone() {
    Release release = release("1");
    store.cut(cut(release));
    pad(release, ItemSize.LIMIT - 3_000);
    EnvironmentHead head = initialised();
    var recorded = new ArrayList<Deployment>();
    for (int i = 0; i < 12; i++) {
      String description = "%d ".formatted(i) + "x".repeat(600);
      var deployment =
          deploy(release, head, NOON.plusSeconds(i), description, DeploymentOrigin.AUTOMATION);
      assertThat(store.record(deployment)).isInstanceOf(Applied.class);
      recorded.add(deployment.deployment());
      head = deployment.to();
    }

    Item item = aws.item(release.id().value());
    assertThat(ItemSize.of(item)).isLessThanOrEqualTo(ItemSize.LIMIT);
    assertThat(JsonDumps.unprintable(item.attributes())).isEmpty();
    assertThat(item.list(ReleaseTable.DEPLOYMENTS).orElseThrow()).hasSizeBetween(1, 11);
    Release stored = store.release(release.id()).orElseThrow();
    assertThat(stored.deployments()).containsExactlyElementsOf(recorded);
    assertThat(stored.lastDeployedAt()).contains(recorded.getLast().createdAt());
    assertThat(store.releases(5, Optional.empty()).releases()).containsExactly(stored);
    assertThat(store.deployedNewestFirst()).containsExactly(stored);
    assertThat(store.head(STAGE)).contains(head);
  }

  @Test
  void fault34ADeploymentFitsIntoAnItemThatTheOldToolFilledToTheBrim() {
    Release release = release("1");
    store.cut(cut(release));
    pad(release, ItemSize.MAXIMUM - 300);
    Action.RecordDeployment deployment = deploy(release, initialised());

    assertThat(store.record(deployment)).isInstanceOf(Applied.class);
    assertThat(store.record(deployment)).isInstanceOf(AlreadyApplied.class);
    assertThat(store.release(release.id()).orElseThrow().deployments())
        .containsExactly(deployment.deployment());
  }

  @Test
  void anImageSetTooLargeWithItsOriginsIsCutWithoutThem() {
    Release large = release(STORAGE, "1", NOON, "large", 1_500);
    assertThat(ItemSize.of(ReleaseItem.of(large))).isGreaterThan(ItemSize.LIMIT);

    assertThat(store.cut(cut(large))).isInstanceOf(Applied.class);

    Release stored = store.release(large.id()).orElseThrow();
    assertThat(stored.images()).isEqualTo(large.images());
    assertThat(stored.manifest().label()).contains(LATEST);
    assertThat(stored.manifest().services()).isEmpty();
    assertThat(aws.item(large.id().value()).text(ReleaseTable.RELEASE_MANIFEST).orElseThrow())
        .contains("services_omitted");
  }

  @Test
  void anImageSetTooLargeForAnItemIsRefusedWithFigures() {
    Release huge = release(STORAGE, "1", NOON, "huge", 10_000);

    assertThat(store.cut(cut(huge)))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.failure().kind()).isEqualTo(Failure.Kind.STALLED);
              assertThat(failed.failure().message()).contains("10000 services", "409,600");
            });
    assertThat(store.state().labels()).isEmpty();
  }

  private EnvironmentHead initialised() {
    assertThat(store.initialise(initialise(STAGE)).applied()).isTrue();
    return store.head(STAGE).orElseThrow();
  }

  /** Fills the release's item up to a size. */
  private void pad(Release release, int size) {
    int padding = size - ItemSize.of(aws.item(release.id().value())) - "padding".length();
    aws.dynamo.updateItem(
        request ->
            request
                .tableName(aws.releases.name())
                .key(ReleaseTable.key(release.id()))
                .updateExpression("SET padding = :padding")
                .expressionAttributeValues(Map.of(":padding", Item.ofText("p".repeat(padding)))));
  }
}
