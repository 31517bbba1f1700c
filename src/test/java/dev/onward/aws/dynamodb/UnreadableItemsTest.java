package dev.onward.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.aws.dynamodb.state.IdempotencyItem;
import dev.onward.aws.dynamodb.state.InterventionsItem;
import dev.onward.aws.dynamodb.state.LeaseItem;
import dev.onward.aws.dynamodb.state.ModelStores;
import dev.onward.model.ProjectId;
import dev.onward.model.Requester;
import dev.onward.model.ServiceId;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.ReleaseId;
import dev.onward.simulation.ModelAws;
import dev.onward.store.Failure;
import dev.onward.store.GlobalStore;
import dev.onward.store.ReleaseStore;
import dev.onward.store.ReleaseStore.PartialRelease;
import dev.onward.store.StoreException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items of Onward's own with numbers and dates beyond anything that Onward ever wrote. */
class UnreadableItemsTest {
  private static final ProjectId STORAGE = new ProjectId("storage");
  private static final String FAR = "+10000000-01-01T00:00:00";

  private final ModelAws aws = new ModelAws();
  private final ModelStores stores =
      new ModelStores(aws.ssm(), aws.dynamo(), InstantSource.system());
  private final ReleaseStore releases = stores.of(STORAGE).releases();
  private final GlobalStore daemon = stores.daemon();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9223372036854775807",
        "9223372036854775808",
        "1000000000000001",
        "0",
        "-1",
        "1.5",
        "1E+40"
      })
  void aVersionBeyondItsRangeIsAnItemThatCannotBeReadAndIsNeverTakenForNone(String version) {
    for (Map<String, AttributeValue> good :
        List.of(environment(), label(), words("project#storage"))) {
      put(with(good, "version", AttributeValue.fromN(version)));
      assertUnreadable(
          releases::state,
          text(good, "sk"),
          "'%s'".formatted(version),
          "a whole number from 1 to 1,000,000,000,000,000",
          "'An unreadable item'");
      put(good);
      releases.state();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "environment#stage, automation_after",
    "environment#stage, adopted_up_to",
    "label#latest, release_created_at"
  })
  void aDateTenMillionYearsAwayIsAnItemThatCannotBeRead(String sk, String attribute) {
    var good = sk.startsWith("label") ? label() : environment();
    put(with(good, attribute, Item.ofText(FAR)));
    assertUnreadable(releases::state, sk, attribute, FAR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775807", "-9223372036854775808", "315360000000000000000"})
  void aDateOfAHistoryIsHeldToTheSameBounds(String micros) {
    var entry =
        Map.of(
            "r", Item.ofText("r1"),
            "c", AttributeValue.fromN("0"),
            "t", AttributeValue.fromN(micros),
            "o", Item.ofText("a"));
    put(with(environment(), "history", AttributeValue.fromL(List.of(AttributeValue.fromM(entry)))));
    assertUnreadable(releases::state, "environment#stage", "'t'", micros);
  }

  @Test
  void whatIsSaidOfEverythingBeingUnreadableStopsDecisionsAndSaysTheWayOut() {
    put(with(words("daemon"), "version", AttributeValue.fromN("9223372036854775807")));
    assertUnreadable(
        daemon::interventions,
        "item interventions of the daemon in table state",
        "automation of all projects is paused",
        "'An unreadable item'");
    put(words("daemon"));
    assertThat(daemon.interventions().version()).isEqualTo(1);
  }

  @Test
  void aWordDatedBeyondAllYearsIsUnreadableToo() {
    var said =
        Map.of(
            "who", RequesterItem.of(new Requester("jo", "Jo")).asValue(),
            "at", Item.ofText("2026-03-01T12:00:00"),
            "reason", Item.ofText("why"),
            "until", Item.ofText(FAR));
    put(with(words("daemon"), "stop", AttributeValue.fromM(said)));
    assertUnreadable(daemon::interventions, "until", FAR);
  }

  @Test
  void aLeasesNumbersAndAKeptAnswersStatusHaveBoundsAsWell() {
    var lease = Map.of("beat", Item.ofNumber(Long.MAX_VALUE), "term", Item.ofNumber(15_000));
    assertThatThrownBy(() -> LeaseItem.read(new Item(lease))).hasMessageContaining("'beat'");
    var term = Map.of("beat", Item.ofNumber(1), "term", Item.ofNumber(Long.MAX_VALUE));
    assertThatThrownBy(() -> LeaseItem.read(new Item(term))).hasMessageContaining("'term'");
    var answer =
        Item.builder()
            .text("fingerprint", "f")
            .map("answer", Item.builder().number("status", Long.MAX_VALUE).text("body", "").build())
            .build();
    assertThatThrownBy(() -> IdempotencyItem.read(answer, "f", "c"))
        .hasMessageContaining("a whole number from 100 to 599");
  }

  @Test
  void aReleaseOfTheOlderToolWithANumberAmongItsImagesIsShownInPartAndNeverPlannedWith() {
    aws.dynamo()
        .putItem(
            put ->
                put.tableName(ModelStores.RELEASES)
                    .item(
                        Map.of(
                            "release_id", Item.ofText("r1"),
                            "project_id", Item.ofText("storage"),
                            "date_created", Item.ofText("2026-03-01T12:00:00"),
                            "images",
                                AttributeValue.fromM(
                                    Map.of(
                                        "bags", AttributeValue.fromN("7"),
                                        "mets", Item.ofText("example.com/mets:1"))))));
    var id = new ReleaseId("r1");

    PartialRelease shown = releases.partial(id).orElseThrow();

    assertThat(shown.release().images().images()).containsOnlyKeys(new ServiceId("mets"));
    assertThat(shown.unreadable())
        .singleElement()
        .asString()
        .startsWith("images.bags: ")
        .contains("the number 7");
    assertUnreadable(() -> releases.release(id), "r1", "the number 7");
  }

  private static void assertUnreadable(Runnable reading, String... words) {
    assertThatThrownBy(reading::run)
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.failure().kind()).isEqualTo(Failure.Kind.STALLED))
        .hasMessageContaining("cannot be read")
        .hasMessageContainingAll(words);
  }

  private static Map<String, AttributeValue> environment() {
    return Map.of(
        "pk", Item.ofText("project#storage"),
        "sk", Item.ofText("environment#stage"),
        "environment_id", Item.ofText("stage"),
        "version", Item.ofNumber(1),
        "converged", AttributeValue.fromBool(true),
        "history", AttributeValue.fromL(List.of()));
  }

  private static Map<String, AttributeValue> label() {
    return Map.of(
        "pk", Item.ofText("project#storage"),
        "sk", Item.ofText("label#latest"),
        "label", Item.ofText("latest"),
        "release_id", Item.ofText("r1"),
        "release_created_at", Item.ofText("2026-03-01T12:00:00"),
        "version", Item.ofNumber(1));
  }

  private static Map<String, AttributeValue> words(String partition) {
    var item = new TreeMap<>(InterventionsItem.of(InterventionState.NONE).attributes());
    item.put("pk", Item.ofText(partition));
    item.put("sk", Item.ofText("interventions"));
    item.put("version", Item.ofNumber(1));
    return item;
  }

  private static Map<String, AttributeValue> with(
      Map<String, AttributeValue> item, String name, AttributeValue value) {
    var changed = new HashMap<>(item);
    changed.put(name, value);
    return changed;
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    return new Item(item).text(name).orElseThrow();
  }

  private void put(Map<String, AttributeValue> item) {
    aws.dynamo().putItem(put -> put.tableName(ModelStores.STATE).item(item));
  }
}
