package dev.onward.aws.dynamodb;

import static dev.onward.aws.Samples.LATEST;
import static dev.onward.aws.Samples.NOON;
import static dev.onward.aws.Samples.STAGE;
import static dev.onward.aws.Samples.STORAGE;
import static dev.onward.aws.Samples.cut;
import static dev.onward.aws.Samples.cutAfter;
import static dev.onward.aws.Samples.deploy;
import static dev.onward.aws.Samples.initialise;
import static dev.onward.aws.Samples.release;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.aws.JsonDumps;
import dev.onward.aws.dynamodb.release.ReleaseItem;
import dev.onward.aws.dynamodb.release.ReleaseTable;
import dev.onward.aws.dynamodb.state.ModelStores;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import dev.onward.plan.Action;
import dev.onward.simulation.ModelAws;
import dev.onward.store.ReleaseStore;
import dev.onward.store.WriteOutcome.Applied;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** The old tool's {@code show-release} prints whatever Onward wrote. */
final class OldToolPrintsTest {
  private final ModelAws aws = new ModelAws();
  private final DynamoDbClient dynamo = aws.dynamo();
  private final ReleaseStore store =
      new ModelStores(aws.ssm(), dynamo, InstantSource.system()).of(STORAGE).releases();

  @Test
  void noNumberStandsAnywhereInTheReleasesTableWhicheverWriteMadeOrChangedTheItem() {
    Release first = release("1");
    Release composed = release("composed", NOON.plusSeconds(7));
    assertThat(store.cut(cut(first))).isInstanceOf(Applied.class);
    assertThat(store.add(composed)).isInstanceOf(Applied.class);
    assertThat(store.initialise(initialise(STAGE)).applied()).isTrue();
    Action.RecordDeployment deployment = deploy(first, head());
    assertThat(store.record(deployment)).isInstanceOf(Applied.class);
    Release second = release("2", NOON.plusSeconds(9));
    var after = cutAfter(store.state().labels().get(LATEST), second);
    assertThat(store.cut(after, List.of(deploy(second, head())))).isInstanceOf(Applied.class);
    pad(first);
    assertThat(store.record(deploy(first, head()))).isInstanceOf(Applied.class);

    assertThat(List.of(item(first), item(composed), item(second)))
        .allSatisfy(item -> assertThat(JsonDumps.unprintable(item)).isEmpty());
    assertThat(item(first)).containsKey("deployments_overflow");
    assertThat(store.release(first.id()).orElseThrow().deployments()).hasSize(2);
  }

  @Test
  void theDateInUnixSecondsIsTextAndANumberOfEarlierVersionsIsRead() {
    Release release = release("1");
    store.cut(cut(release));
    var item = new HashMap<>(item(release));
    assertThat(item.get("created_at").s()).isEqualTo(Long.toString(NOON.getEpochSecond()));

    item.remove("date_created");
    assertThat(ReleaseItem.read(new Item(item)).createdAt()).isEqualTo(NOON);
    item.put("created_at", AttributeValue.fromN("1614600000"));
    assertThat(ReleaseItem.read(new Item(item)).createdAt())
        .isEqualTo(Instant.parse("2021-03-01T12:00:00Z"));
  }

  @Test
  void overflowedDeploymentsThatAnEarlierVersionCountedAreReadAndTheCountBecomesAMark() {
    Release release = release("1");
    store.cut(cut(release));
    store.initialise(initialise(STAGE));
    pad(release);
    store.record(deploy(release, head()));
    set(release, "deployments_overflow", AttributeValue.fromN("1"));

    assertThat(store.release(release.id()).orElseThrow().deployments()).hasSize(1);

    assertThat(store.record(deploy(release, head()))).isInstanceOf(Applied.class);
    assertThat(store.release(release.id()).orElseThrow().deployments()).hasSize(2);
    assertThat(JsonDumps.unprintable(item(release))).isEmpty();
  }

  private EnvironmentHead head() {
    return store.head(STAGE).orElseThrow();
  }

  private Map<String, AttributeValue> item(Release release) {
    return dynamo
        .getItem(
            it ->
                it.tableName(ModelStores.RELEASES)
                    .key(ReleaseTable.key(release.id()))
                    .consistentRead(true))
        .item();
  }

  /** Leaves no room for another deployment. */
  private void pad(Release release) {
    int padding = ItemSize.LIMIT - ItemSize.of(new Item(item(release)));
    set(release, "padding", Item.ofText("p".repeat(padding)));
  }

  private void set(Release release, String name, AttributeValue value) {
    var item = new HashMap<>(item(release));
    item.put(name, value);
    var put = Put.builder().tableName(ModelStores.RELEASES).item(item).build();
    var write = TransactWriteItem.builder().put(put).build();
    dynamo.transactWriteItems(
        TransactWriteItemsRequest.builder().transactItems(List.of(write)).build());
  }
}
