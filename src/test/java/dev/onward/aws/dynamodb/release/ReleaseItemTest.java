package dev.onward.aws.dynamodb.release;

import static dev.onward.aws.Samples.NOON;
import static dev.onward.aws.Samples.STORAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.onward.aws.Samples;
import dev.onward.aws.dynamodb.Item;
import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import dev.onward.model.ProjectId;
import dev.onward.model.Requester;
import dev.onward.model.ServiceId;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseManifest;
import dev.onward.store.ReleaseStore.PartialRelease;
import dev.onward.store.ReleaseStore.Unreadable;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class ReleaseItemTest {
  /** The example of the original document, as it stands there, once deployed. */
  private static final String FIRST_DIALECT =
      """
      {
        "date_created": "2019-07-10T10:44:02.272898",
        "deployments": [
          {
            "date_created": "2019-07-10T10:44:12.983539",
            "description": "new pipeline",
            "environment": {"id": "stage", "name": "Staging"},
            "requested_by": {"id": "unknown", "name": "unknown"}
          }
        ],
        "description": "Some description",
        "images": {
          "hatching": "http://example.com/images/hatching/00001",
          "feeding": "http://example.com/images/hatching/00001"
        },
        "last_date_deployed": "2019-07-10T10:44:12.983539",
        "project_id": "example",
        "project_name": "Example project",
        "release_id": "0efcc940-e709-4a51-b264-809a670629b6",
        "requested_by": {"id": "unknown", "name": "unknown"}
      }
      """;

  /** Its successor's: plain ids where there were maps, whole seconds, attributes of its own. */
  private static final String SECOND_DIALECT =
      """
      {
        "date_created": "2021-03-01T12:00:00",
        "deployments": [
          {
            "date_created": "2021-03-01T12:05:00",
            "description": "No description provided",
            "environment": "prod",
            "requested_by": "arn:aws:sts::760097843905:assumed-role/platform-developer/alice",
            "details": {"bag-register": {"ecs_deployments": []}}
          }
        ],
        "description": "No description provided",
        "images": {"bag-register": "760097843905.dkr.ecr.eu-west-1.amazonaws.com/uk.ac.wellcome/bag-register:ref.1a2b3c4"},
        "project_id": "storage",
        "project_name": "Storage service",
        "release_id": "5cbbd4c6-e8a9-4a4c-8d35-9b1f6f4f7f5d",
        "requested_by": "arn:aws:sts::760097843905:assumed-role/platform-developer/alice"
      }
      """;

  @Test
  void theFirstDialectOfTheOldToolIsReadAsItStands() throws Exception {
    Release release = ReleaseItem.read(item(FIRST_DIALECT));

    assertThat(release.id().value()).isEqualTo("0efcc940-e709-4a51-b264-809a670629b6");
    assertThat(release.project()).isEqualTo(new ProjectId("example"));
    assertThat(release.projectName()).isEqualTo("Example project");
    assertThat(release.createdAt()).isEqualTo(Instant.parse("2019-07-10T10:44:02.272898Z"));
    assertThat(release.lastDeployedAt()).contains(Instant.parse("2019-07-10T10:44:12.983539Z"));
    assertThat(release.requestedBy()).isEqualTo(Requester.UNKNOWN);
    assertThat(release.images().images())
        .containsOnlyKeys(new ServiceId("feeding"), new ServiceId("hatching"));
    assertThat(release.manifest()).isEqualTo(ReleaseManifest.NONE);
    assertThat(release.deployments())
        .containsExactly(
            new Deployment(
                Optional.empty(),
                Instant.parse("2019-07-10T10:44:12.983539Z"),
                "new pipeline",
                new EnvironmentId("stage"),
                "Staging",
                Requester.UNKNOWN));
  }

  @Test
  void theSecondDialectOfTheOldToolIsReadAsItStands() throws Exception {
    Release release = ReleaseItem.read(item(SECOND_DIALECT));

    String alice = "arn:aws:sts::760097843905:assumed-role/platform-developer/alice";
    assertThat(release.createdAt()).isEqualTo(Instant.parse("2021-03-01T12:00:00Z"));
    assertThat(release.lastDeployedAt()).isEmpty();
    assertThat(release.requestedBy()).isEqualTo(new Requester(alice, alice));
    assertThat(release.deployments())
        .containsExactly(
            new Deployment(
                Optional.empty(),
                Instant.parse("2021-03-01T12:05:00Z"),
                "No description provided",
                new EnvironmentId("prod"),
                "prod",
                new Requester(alice, alice)));
  }

  @Test
  void whatIsWrittenIsReadBack() {
    Release release = Samples.release(STORAGE, "1", NOON.plusNanos(1_000), "Über", 12);

    assertThat(ReleaseItem.read(ReleaseItem.of(release))).isEqualTo(release);
  }

  @Test
  void aDeployedReleaseIsReadBack() {
    Release release = Samples.release("1");
    var deployment =
        new Deployment(Optional.of("d-1"), NOON, "why", Samples.STAGE, "Staging", Samples.ALICE);
    var deployed =
        new Release(
            release.id(),
            release.project(),
            release.projectName(),
            release.createdAt(),
            Optional.of(NOON),
            release.description(),
            release.requestedBy(),
            release.images(),
            release.manifest(),
            List.of(deployment));

    assertThat(ReleaseItem.read(ReleaseItem.of(deployed))).isEqualTo(deployed);
  }

  @Test
  void aNewReleaseHasAnEmptyListAndNoDateOfDeployment() {
    Map<String, AttributeValue> item = ReleaseItem.of(Samples.release("1")).attributes();

    assertThat(item.get("deployments").l()).isEmpty();
    assertThat(item)
        .containsOnlyKeys(
            "release_id",
            "project_id",
            "project_name",
            "date_created",
            "created_at",
            "description",
            "requested_by",
            "images",
            "release_manifest",
            "deployments");
  }

  @Test
  void datesAreWrittenWithSixDigitsEvenOnTheSecond() {
    Item item = ReleaseItem.of(Samples.release("1", NOON));

    assertThat(item.text("date_created")).contains("2026-03-01T12:00:00.000000");
    assertThat(item.text("created_at")).contains(Long.toString(NOON.getEpochSecond()));
  }

  @Test
  void anItemOfNothingButItsKeysIsReadable() {
    Release release =
        ReleaseItem.read(
            Item.builder().text("release_id", "old-1").text("project_id", "storage").build());

    assertThat(release.createdAt()).isEqualTo(Instant.EPOCH);
    assertThat(release.projectName()).isEqualTo("storage");
    assertThat(release.images().isEmpty()).isTrue();
    assertThat(release.deployments()).isEmpty();
    assertThat(release.requestedBy()).isEqualTo(Requester.UNKNOWN);
  }

  @Test
  void aBadDateFallsBackToTheUnixTime() throws Exception {
    Item item = with(item(SECOND_DIALECT), "date_created", AttributeValue.fromS("last week"));
    Item dated = with(item, "created_at", AttributeValue.fromN("1614600000"));

    assertThat(ReleaseItem.read(dated).createdAt())
        .isEqualTo(Instant.parse("2021-03-01T12:00:00Z"));
    assertThat(ReleaseItem.read(item).createdAt()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void aDeploymentWithABadDateCountsFromItsReleasesCreation() {
    var entry = Item.builder().text("environment", "prod").text("date_created", "?").build();

    assertThat(DeploymentItem.read(entry.asValue(), NOON).orElseThrow().createdAt())
        .isEqualTo(NOON);
  }

  @Test
  void entriesThatNameNoEnvironmentArePassedOver() throws Exception {
    var entries =
        AttributeValue.fromL(
            List.of(
                AttributeValue.fromS("text"),
                Item.builder().text("environment", "no/segment").build().asValue(),
                Item.builder().text("environment", "prod").build().asValue()));

    assertThat(ReleaseItem.read(with(item(SECOND_DIALECT), "deployments", entries)).deployments())
        .extracting(deployment -> deployment.environment().value())
        .containsExactly("prod");
  }

  @Test
  void unknownAttributesDoNotMatter() throws Exception {
    Item item = item(SECOND_DIALECT);

    assertThat(ReleaseItem.read(with(item, "git_commit", AttributeValue.fromS("8f14e45"))))
        .isEqualTo(ReleaseItem.read(item));
  }

  @Test
  void anImageThatIsNoneMakesTheItemUnreadableWithTheReason() throws Exception {
    var images = Item.builder().text("archivist", "not an image").build().asValue();
    Item item = with(item(SECOND_DIALECT), "images", images);

    assertThatThrownBy(() -> ReleaseItem.read(item))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("not an image");
  }

  @Test
  void ofAnItemThatCannotAllBeReadTheRestIsShownAndThePlacesAreNamed() throws Exception {
    var images =
        Item.builder()
            .text("archivist", "example.com/archivist:1")
            .number("bags", 7)
            .text("odd key", "example.com/odd:1")
            .map("nested", Item.builder().build())
            .build()
            .asValue();
    var entries =
        AttributeValue.fromL(
            List.of(
                Item.builder().text("environment", "prod").build().asValue(),
                AttributeValue.fromN("3")));
    Item item = with(with(item(SECOND_DIALECT), "images", images), "deployments", entries);

    PartialRelease read = ReleaseItem.readPartially(item);

    assertThat(read.release().images().images()).containsOnlyKeys(new ServiceId("archivist"));
    assertThat(read.release().description()).isEqualTo("No description provided");
    assertThat(read.release().deployments()).hasSize(1);
    assertThat(read.unreadable())
        .extracting(Unreadable::place)
        .containsExactlyInAnyOrder(
            "images.bags", "images.odd key", "images.nested", "deployments[1]");
    assertThat(read.unreadable())
        .filteredOn(it -> it.service().equals(Optional.of(new ServiceId("bags"))))
        .singleElement()
        .asString()
        .contains("the number 7");
    assertThatThrownBy(() -> ReleaseItem.read(item)).isInstanceOf(InvalidValueException.class);
  }

  @Test
  void imagesThatAreNoMapAreNotTakenForNone() throws Exception {
    Item item = with(item(SECOND_DIALECT), "images", AttributeValue.fromS("archivist:1"));

    assertThat(ReleaseItem.readPartially(item).unreadable())
        .extracting(Unreadable::place)
        .containsExactly("images");
    assertThatThrownBy(() -> ReleaseItem.read(item)).isInstanceOf(InvalidValueException.class);
  }

  @Test
  void anItemThatCanAllBeReadIsShownWhole() throws Exception {
    PartialRelease read = ReleaseItem.readPartially(item(FIRST_DIALECT));

    assertThat(read.unreadable()).isEmpty();
    assertThat(read.release()).isEqualTo(ReleaseItem.read(item(FIRST_DIALECT)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "[]",
        "null",
        "42",
        "\"text\"",
        "{\"label\": 7, \"services\": [1]}",
        "{\"label\": \"../x\", \"services\": {\"a\": {\"image\": \"\"}, \"b\": null}}"
      })
  void garbageForAManifestIsNoManifest(String garbage) {
    assertThat(ManifestJson.read(garbage)).isEqualTo(ReleaseManifest.NONE);
  }

  @Test
  void aManifestWithAServiceThatCannotBeReadKeepsItsChain() {
    ReleaseManifest manifest =
        ManifestJson.read(
            """
            {"label": "latest", "previous_release_id": "r-1", "services": {"a": {"image": "?"}}}
            """);

    assertThat(manifest.label()).contains(Samples.LATEST);
    assertThat(manifest.previous()).isPresent();
    assertThat(manifest.services()).isEmpty();
  }

  private static Item with(Item item, String name, AttributeValue value) {
    var attributes = new HashMap<>(item.attributes());
    attributes.put(name, value);
    return new Item(attributes);
  }

  private static Item item(String json) throws Exception {
    return new Item(value(new JsonMapper().readTree(json)).m());
  }

  /** As boto3 turns Python's values into DynamoDB's. */
  private static AttributeValue value(JsonNode json) {
    return switch (json.getNodeType()) {
      case STRING -> AttributeValue.fromS(json.textValue());
      case NUMBER -> AttributeValue.fromN(json.numberValue().toString());
      case ARRAY ->
          AttributeValue.fromL(
              StreamSupport.stream(json.spliterator(), false).map(ReleaseItemTest::value).toList());
      case OBJECT -> {
        var map = new HashMap<String, AttributeValue>();
        json.properties().forEach(field -> map.put(field.getKey(), value(field.getValue())));
        yield AttributeValue.fromM(map);
      }
      default -> AttributeValue.fromNul(true);
    };
  }
}
