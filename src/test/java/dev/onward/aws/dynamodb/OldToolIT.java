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

import dev.onward.aws.FaultyHttp;
import dev.onward.aws.JsonDumps;
import dev.onward.aws.Samples;
import dev.onward.aws.dynamodb.release.ReleaseTable;
import dev.onward.aws.dynamodb.state.TestAws;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.Action;
import dev.onward.plan.ForeignDeployment;
import dev.onward.store.ReleaseStore;
import dev.onward.store.WriteOutcome.Applied;
import dev.onward.store.WriteOutcome.Conflict;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * People go on using the old tool beside Onward, on the same table. It is played here by the very
 * requests that it makes through boto3: whole items put, a list append and the date as two separate
 * updates, and queries of both indexes.
 */
final class OldToolIT {
  private final TestAws aws = new TestAws(STORAGE);
  private final ReleaseStore store = aws.releaseStore(InstantSource.system());

  @AfterEach
  void close() {
    aws.close();
  }

  @Test
  void theOldToolFindsOnwardsReleasesAsItsOwn() {
    Release first = release("1");
    Release second = release("2", NOON.plusNanos(1_000));
    store.cut(cut(first));
    store.cut(Samples.cutAfter(store.state().labels().get(LATEST), second));

    Map<String, AttributeValue> latest = newest("project_gsi").getFirst();

    assertThat(latest.get("release_id").s()).isEqualTo(second.id().value());
    assertThat(latest.get("date_created").s()).isEqualTo("2026-03-01T12:00:00.000001");
    assertThat(latest.get("images").m().get("service-0").s())
        .isEqualTo("example.com/images/service-0:2");
    assertThat(latest.get("requested_by").m().get("name").s()).isEqualTo("Onward");
    assertThat(latest.get("deployments").l()).isEmpty();
    assertThat(latest.get("created_at").s()).isEqualTo(Long.toString(NOON.getEpochSecond()));
    assertThat(JsonDumps.unprintable(latest)).isEmpty();
  }

  @Test
  void undeployedReleasesAreAbsentFromTheDeploymentIndex() {
    store.cut(cut(release("1")));

    assertThat(newest("deployment_gsi")).isEmpty();
    assertThat(aws.item(release("1").id().value()).attributes())
        .doesNotContainKey("last_date_deployed");
  }

  @Test
  void theOldToolFindsOnwardsDeployments() {
    Release release = release("1");
    store.cut(cut(release));
    store.record(deploy(release, initialised()));

    Map<String, AttributeValue> found = newest("deployment_gsi").getFirst();

    assertThat(found.get("last_date_deployed").s()).isEqualTo("2026-03-01T12:05:00.000000");
    Map<String, AttributeValue> deployment = found.get("deployments").l().getFirst().m();
    assertThat(deployment.get("date_created").s()).isEqualTo("2026-03-01T12:05:00.000000");
    assertThat(deployment.get("environment").m().get("id").s()).isEqualTo("stage");
    assertThat(deployment.get("environment").m().get("name").s()).isEqualTo("Staging");
    assertThat(deployment.get("requested_by").m().get("id").s()).isEqualTo("onward");
    assertThat(deployment.get("description").s()).isEqualTo("promoted");
  }

  @Test
  void aDeploymentOfTheOldToolIsFound() {
    Release release = release("1");
    store.cut(cut(release));
    deployAsTheOldToolDoes(release.id(), "prod", "2026-03-02T08:00:00.123456");

    Release found = store.deployedNewestFirst().findFirst().orElseThrow();

    assertThat(found.id()).isEqualTo(release.id());
    Deployment deployment = found.deployments().getFirst();
    assertThat(deployment.id()).isEmpty();
    assertThat(deployment.environment().value()).isEqualTo("prod");
    assertThat(deployment.requestedBy().name()).isEqualTo("Alice");
    assertThat(found.lastDeployedAt()).contains(deployment.createdAt());
  }

  /** Fault 33. */
  @Test
  void fault33WhenBothWriteAtTheSameMomentBothHistoriesSurvive() {
    Release release = release("1");
    store.cut(cut(release));
    EnvironmentHead head = initialised();
    aws.http.next(
        "TransactWriteItems",
        FaultyHttp.meanwhile(
            () -> deployAsTheOldToolDoes(release.id(), "prod", "2026-03-01T12:04:59")));

    assertThat(store.record(deploy(release, head))).isInstanceOf(Conflict.class);
    assertThat(store.record(deploy(release, head))).isInstanceOf(Applied.class);

    assertThat(store.release(release.id()).orElseThrow().deployments())
        .extracting(deployment -> deployment.environment().value())
        .containsExactly("prod", "stage");
  }

  /** Fault 32. */
  @Test
  void fault32AnItemWithoutDeploymentsWithOddDatesAndUnknownAttributesIsReadAndKept() {
    var old =
        Item.builder()
            .text("release_id", "0efcc940-e709-4a51-b264-809a670629b6")
            .text("project_id", "storage")
            .text("project_name", "Storage service")
            .text("date_created", "the day before yesterday")
            .text("description", "An old one")
            .text("requested_by", "arn:aws:iam::760097843905:user/alice")
            .text("git_commit", "8f14e45")
            .map("images", Item.builder().text("archivist", "example.com/archivist:1").build())
            .build();
    store.state();
    store.releases(1, Optional.empty());
    aws.dynamo.putItem(r -> r.tableName(aws.releases.name()).item(old.attributes()));
    var id = new ReleaseId("0efcc940-e709-4a51-b264-809a670629b6");

    Release read = store.release(id).orElseThrow();
    assertThat(read.requestedBy().id()).isEqualTo("arn:aws:iam::760097843905:user/alice");
    Action.RecordDeployment deployment = deploy(read, initialised());
    assertThat(store.record(deployment)).isInstanceOf(Applied.class);

    assertThat(store.release(id).orElseThrow().deployments())
        .containsExactly(deployment.deployment());
    Item kept = aws.item(id.value());
    old.attributes()
        .forEach((name, value) -> assertThat(kept.attributes()).containsEntry(name, value));
  }

  @Test
  void anItemThatIsNoReleaseBreaksNoPage() {
    store.cut(cut(release("1")));
    var broken =
        Item.builder()
            .text("release_id", "broken")
            .text("project_id", "storage")
            .text("date_created", "2026-03-01T12:00:01.000000")
            .text("last_date_deployed", "2026-03-01T12:00:01.000000")
            .map("images", Item.builder().text("archivist", "not an image").build())
            .build();
    aws.dynamo.putItem(r -> r.tableName(aws.releases.name()).item(broken.attributes()));

    var page = store.releases(10, Optional.empty());
    assertThat(page.releases()).extracting(Release::id).containsExactly(release("1").id());
    assertThat(page.unreadable())
        .singleElement()
        .satisfies(reason -> assertThat(reason).contains("broken", "not an image"));
    assertThat(store.deployedNewestFirst()).isEmpty();
  }

  @Test
  void aListThatIsNoListStopsNoDeployment() {
    Release release = release("1");
    store.cut(cut(release));
    aws.dynamo.updateItem(
        request ->
            request
                .tableName(aws.releases.name())
                .key(ReleaseTable.key(release.id()))
                .updateExpression("SET deployments = :null")
                .expressionAttributeValues(Map.of(":null", AttributeValue.fromNul(true))));
    Action.RecordDeployment deployment = deploy(release, initialised());

    assertThat(store.record(deployment)).isInstanceOf(Applied.class);
    assertThat(store.release(release.id()).orElseThrow().deployments())
        .containsExactly(deployment.deployment());
  }

  @Test
  void adoptingLeavesTheOldToolsItemAlone() {
    Release release = release("1");
    store.cut(cut(release));
    deployAsTheOldToolDoes(release.id(), "stage", "2026-03-02T08:00:00");
    Item before = aws.item(release.id().value());
    EnvironmentHead head = initialised();
    var deployed =
        new DeployedRelease(
            release.id(), release.createdAt(), Optional.empty(), NOON, DeploymentOrigin.ADOPTED);

    store.adopt(
        new Action.AdoptDeployment(
            new ForeignDeployment(
                release, store.release(release.id()).orElseThrow().deployments().getFirst()),
            head,
            head.adopted(deployed, NOON, Optional.empty())));

    assertThat(aws.item(release.id().value())).isEqualTo(before);
  }

  private EnvironmentHead initialised() {
    store.initialise(initialise(STAGE));
    return store.head(STAGE).orElseThrow();
  }

  /** As boto3 sends it for the old tool's {@code add_deployment}: two updates, no condition. */
  private void deployAsTheOldToolDoes(ReleaseId release, String environment, String date) {
    var deployment =
        Item.builder()
            .text("date_created", date)
            .text("description", "new pipeline")
            .map(
                "environment",
                Item.builder().text("id", environment).text("name", environment).build())
            .map("requested_by", Item.builder().text("id", "alice").text("name", "Alice").build())
            .build();
    aws.dynamo.updateItem(
        request ->
            request
                .tableName(aws.releases.name())
                .key(Map.of("release_id", Item.ofText(release.value())))
                .updateExpression("SET #deployments = list_append(#deployments, :d)")
                .expressionAttributeNames(Map.of("#deployments", "deployments"))
                .expressionAttributeValues(Map.of(":d", Item.ofList(List.of(deployment)))));
    aws.dynamo.updateItem(
        request ->
            request
                .tableName(aws.releases.name())
                .key(Map.of("release_id", Item.ofText(release.value())))
                .updateExpression("SET #last_date_deployed = :d")
                .expressionAttributeNames(Map.of("#last_date_deployed", "last_date_deployed"))
                .expressionAttributeValues(Map.of(":d", Item.ofText(date))));
  }

  /** As the old tool asks for the latest release, or the recent deployments. */
  private List<Map<String, AttributeValue>> newest(String index) {
    return aws.dynamo
        .query(
            QueryRequest.builder()
                .tableName(aws.releases.name())
                .indexName(index)
                .keyConditionExpression("#n0 = :v0")
                .expressionAttributeNames(Map.of("#n0", "project_id"))
                .expressionAttributeValues(Map.of(":v0", Item.ofText("storage")))
                .scanIndexForward(false)
                .limit(10)
                .build())
        .items();
  }
}
