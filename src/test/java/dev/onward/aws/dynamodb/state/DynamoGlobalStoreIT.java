package dev.onward.aws.dynamodb.state;

import static dev.onward.aws.Samples.STORAGE;
import static dev.onward.aws.Samples.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.aws.FaultyHttp;
import dev.onward.aws.GlobalStoreContract;
import dev.onward.aws.Samples;
import dev.onward.aws.dynamodb.Item;
import dev.onward.aws.dynamodb.RequesterItem;
import dev.onward.model.ProjectId;
import dev.onward.model.intervention.Intervention.StopEverything;
import dev.onward.model.intervention.InterventionState;
import dev.onward.store.Failure;
import dev.onward.store.GlobalStore;
import dev.onward.store.ReleaseStore;
import dev.onward.store.StoreException;
import dev.onward.store.WriteOutcome.AlreadyApplied;
import dev.onward.store.WriteOutcome.Applied;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract, kept by DynamoDB. */
final class DynamoGlobalStoreIT extends GlobalStoreContract {
  private final TestAws aws = new TestAws(STORAGE);

  @AfterEach
  void close() {
    aws.close();
  }

  @Override
  public GlobalStore store() {
    return aws.daemonStore(InstantSource.system());
  }

  @Test
  void readingCostsOneRequestAndNeedsNoReleasesTable() {
    GlobalStore store = store();
    store.interventions();
    aws.http.forgetSent();

    store.interventions();

    assertThat(aws.http.sent()).containsExactly("GetItem");
    assertThat(aws.dynamo.listTablesPaginator().tableNames())
        .contains(aws.state.name())
        .doesNotContain(aws.releases.name());
  }

  @Test
  void aMissingTableIsNamedWithTheSettingAndNeverCreatedSilently() {
    GlobalStore store = aws.daemonStore(InstantSource.system(), false);

    assertThatThrownBy(store::interventions)
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.failure().kind()).isEqualTo(Failure.Kind.STALLED))
        .hasMessageContaining(aws.state.name())
        .hasMessageContaining("onward.state-table")
        .hasMessageContaining("onward.create-tables");
    assertThat(aws.dynamo.listTablesPaginator().tableNames()).doesNotContain(aws.state.name());
  }

  @Test
  void aProjectCalledDaemonHasItsOwnItemAndItsOwnAuditTrail() {
    var called = new ProjectId("daemon");
    ReleaseStore project = aws.releaseStore(called, InstantSource.system());
    store().updateInterventions(say(new StopEverything(), InterventionState.NONE));

    assertThat(project.state().interventions()).isEqualTo(InterventionState.NONE);
    assertThat(project.updateInterventions(say(new StopEverything(), InterventionState.NONE)))
        .isInstanceOf(Applied.class);
    assertThat(aws.partition(StateOwner.of(called).auditPartition())).hasSize(1);
    assertThat(aws.partition(StateOwner.DAEMON.auditPartition()))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.text(StateTable.EVENT)).contains("everything_stopped");
              assertThat(event.map(StateTable.WHO)).contains(RequesterItem.of(Samples.ALICE));
              assertThat(event.text(StateTable.DETAIL)).contains("because");
            });
  }

  @Test
  void aWordWhoseEveryAnswerIsLostIsFoundByReadingAgain() {
    store().interventions();
    aws.http.next(
        "TransactWriteItems",
        FaultyHttp.answerLost(),
        FaultyHttp.answerLost(),
        FaultyHttp.answerLost(),
        FaultyHttp.answerLost());

    assertThat(store().updateInterventions(say(new StopEverything(), InterventionState.NONE)))
        .isInstanceOf(AlreadyApplied.class);
  }

  @Test
  void anItemThatCannotBeReadIsAFailureAndNotSilence() {
    store().updateInterventions(say(new StopEverything(), InterventionState.NONE));
    aws.dynamo.updateItem(
        request ->
            request
                .tableName(aws.state.name())
                .key(StateTable.key(StateOwner.DAEMON, StateTable.INTERVENTIONS))
                .updateExpression("SET stop = :garbage")
                .expressionAttributeValues(Map.of(":garbage", Item.ofText("yes"))));

    assertThatThrownBy(store()::interventions)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("item interventions of the daemon")
        .hasMessageContaining("stop");
  }
}
