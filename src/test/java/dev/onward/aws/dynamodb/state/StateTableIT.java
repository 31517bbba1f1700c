package dev.onward.aws.dynamodb.state;

import static dev.onward.aws.Samples.ALICE;
import static dev.onward.aws.Samples.NOON;
import static dev.onward.aws.Samples.STAGE;
import static dev.onward.aws.Samples.STORAGE;
import static dev.onward.aws.Samples.converge;
import static dev.onward.aws.Samples.cut;
import static dev.onward.aws.Samples.deploy;
import static dev.onward.aws.Samples.initialise;
import static dev.onward.aws.Samples.release;
import static dev.onward.aws.Samples.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.aws.dynamodb.Item;
import dev.onward.aws.dynamodb.ItemSize;
import dev.onward.aws.dynamodb.RequesterItem;
import dev.onward.model.EnvironmentId;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import dev.onward.store.Failure;
import dev.onward.store.ReleaseStore;
import dev.onward.store.StoreException;
import dev.onward.store.WriteOutcome;
import dev.onward.store.WriteOutcome.Applied;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What stands in the state table, and what reading it costs. */
final class StateTableIT {
  private final TestAws aws = new TestAws(STORAGE);
  private final ReleaseStore store = aws.releaseStore(InstantSource.system());

  @AfterEach
  void close() {
    aws.close();
  }

  @Test
  void everyWriteLeavesWhoWhatAndWhenInTheAuditTrailInOrder() {
    Release release = release("1");
    Instant start = NOON;
    for (WriteAt each :
        List.of(
            new WriteAt(0, s -> s.cut(cut(release))),
            new WriteAt(1, s -> s.initialise(initialise(STAGE))),
            new WriteAt(
                2,
                s ->
                    s.record(
                        deploy(
                            release,
                            EnvironmentHead.empty(STAGE),
                            NOON,
                            "why",
                            DeploymentOrigin.PERSON))))) {
      ReleaseStore at = aws.releaseStore(InstantSource.fixed(start.plusSeconds(each.second())));
      assertThat(each.write().apply(at)).isInstanceOf(Applied.class);
    }

    List<Item> audit = aws.audit();
    assertThat(audit)
        .extracting(event -> event.text(StateTable.EVENT).orElseThrow())
        .containsExactly("release_cut", "environment_initialised", "deployment_recorded");
    Item last = audit.getLast();
    assertThat(last.text(StateTable.AT)).contains("2026-03-01T12:00:02.000000");
    assertThat(last.map(StateTable.WHO).orElseThrow()).isEqualTo(RequesterItem.of(ALICE));
    assertThat(last.text(StateTable.SUBJECT)).contains("stage");
    assertThat(last.text(StateTable.BEFORE)).isEmpty();
    assertThat(last.text(StateTable.AFTER)).contains(release.id().value());
    assertThat(last.text(StateTable.DETAIL)).contains("why");
    assertThat(last.text(StateTable.REQUEST_ID)).isPresent();
  }

  @Test
  void whatALaterVersionKeepsInThePartitionIsPassedOverAndSurvives() {
    Release release = release("1");
    store.cut(cut(release));
    EnvironmentHead head = initialised();
    put(Map.of("pk", "project#storage", "sk", "approval#stage#1", "who", "alice"));
    put(Map.of("pk", "project#storage", "sk", "environment#prod", "held_by", "bob"));
    aws.dynamo.updateItem(
        request ->
            request
                .tableName(aws.state.name())
                .key(key("environment#stage"))
                .updateExpression("SET held_by = :who")
                .expressionAttributeValues(Map.of(":who", Item.ofText("carol"))));

    assertThat(store.state().environments()).containsOnlyKeys(STAGE);
    assertThat(store.record(deploy(release, head))).isInstanceOf(Applied.class);
    store.markConverged(converge(release, deploy(release, head).to(), false));
    assertThat(head("environment#stage").text("held_by")).contains("carol");

    var prod = new EnvironmentId("prod");
    assertThat(store.initialise(initialise(prod))).isInstanceOf(Applied.class);
    assertThat(head("environment#prod").text("held_by")).contains("bob");
  }

  @Test
  void whatAnOperatorSaysLeavesWhoWhatAndUntilWhenInTheAuditTrail() {
    var until = new Attribution(ALICE, NOON, "stocktaking", Optional.of(NOON.plusSeconds(3600)));
    var freeze = new Intervention.SetFreeze("books", Optional.of(STAGE), Optional.of(NOON));

    assertThat(store.updateInterventions(say(freeze, InterventionState.NONE, until)))
        .isInstanceOf(Applied.class);

    Item event = aws.audit().getFirst();
    assertThat(event.text(StateTable.EVENT)).contains("freeze_set");
    assertThat(event.map(StateTable.WHO)).contains(RequesterItem.of(ALICE));
    assertThat(event.text(StateTable.SUBJECT)).contains("stage");
    assertThat(event.text(StateTable.DETAIL))
        .contains(
            "stocktaking (freeze 'books', from 2026-03-01T12:00:00Z,"
                + " until 2026-03-01T13:00:00Z)");
  }

  @Test
  void aComposedReleaseIsInTheAuditTrail() {
    store.add(release("1"));

    Item event = aws.audit().getFirst();
    assertThat(event.text(StateTable.EVENT)).contains("release_composed");
    assertThat(event.text(StateTable.SUBJECT)).contains(release("1").id().value());
    assertThat(event.text(StateTable.DETAIL)).contains("Release 1");
  }

  @Test
  void whatALaterVersionKeepsOfOperatorsSurvivesAWord() {
    store.state();
    put(Map.of("pk", "project#storage", "sk", "interventions", "pins", "everything"));
    assertThat(store.state().interventions()).isEqualTo(InterventionState.NONE);

    var hold = say(new Intervention.Hold(STAGE), InterventionState.NONE);
    assertThat(store.updateInterventions(hold)).isInstanceOf(Applied.class);

    assertThat(store.state().interventions()).isEqualTo(hold.to());
    assertThat(head("interventions").text("pins")).contains("everything");
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "stop", "holds", "rejections", "approvals", "freezes"})
  void wordsThatCannotBeReadAreAFailureAndNotSilence(String attribute) {
    store.updateInterventions(say(new Intervention.Hold(STAGE), InterventionState.NONE));
    aws.dynamo.updateItem(
        request ->
            request
                .tableName(aws.state.name())
                .key(key("interventions"))
                .updateExpression("SET %s = :garbage".formatted(attribute))
                .expressionAttributeValues(Map.of(":garbage", Item.ofText("soon"))));

    assertThatThrownBy(store::state)
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.failure().kind()).isEqualTo(Failure.Kind.STALLED))
        .hasMessageContaining("item interventions of project storage")
        .hasMessageContaining(attribute);
  }

  @Test
  void aHeadThatCannotBeReadIsAFailureAndNotAnAbsence() {
    initialised();
    aws.dynamo.updateItem(
        request ->
            request
                .tableName(aws.state.name())
                .key(key("environment#stage"))
                .updateExpression("SET automation_after = :garbage")
                .expressionAttributeValues(Map.of(":garbage", Item.ofText("soon"))));

    assertThatThrownBy(store::state)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("environment#stage")
        .hasMessageContaining("automation_after");
  }

  @Test
  void theStateOfATypicalProjectCostsOneReadUnitAndOneRequest() {
    Release release = release("1");
    store.cut(cut(release));
    EnvironmentHead head = initialised();
    for (int i = 0; i < EnvironmentHead.HISTORY_LIMIT; i++) {
      var deployment =
          deploy(release, head, NOON.plusSeconds(i), "again", DeploymentOrigin.AUTOMATION);
      store.record(deployment);
      head = deployment.to();
    }
    store.updateInterventions(say(new Intervention.Hold(STAGE), InterventionState.NONE));
    aws.http.forgetSent();

    store.state();

    assertThat(aws.http.sent()).containsExactly("Query");
    int bytes = aws.stateItems().stream().mapToInt(ItemSize::of).sum();
    assertThat(bytes).isLessThanOrEqualTo(4096);
  }

  private record WriteAt(int second, Function<ReleaseStore, WriteOutcome> write) {}

  private EnvironmentHead initialised() {
    assertThat(store.initialise(initialise(STAGE)).applied()).isTrue();
    return store.head(STAGE).orElseThrow();
  }

  private Item head(String sortKey) {
    return new Item(
        aws.dynamo.getItem(r -> r.tableName(aws.state.name()).key(key(sortKey))).item());
  }

  private static Map<String, AttributeValue> key(String sortKey) {
    return StateTable.key(StateOwner.of(STORAGE), sortKey);
  }

  private void put(Map<String, String> texts) {
    var item = Item.builder();
    texts.forEach((name, text) -> item.text(name, text));
    aws.dynamo.putItem(
        request -> request.tableName(aws.state.name()).item(item.build().attributes()));
  }
}
