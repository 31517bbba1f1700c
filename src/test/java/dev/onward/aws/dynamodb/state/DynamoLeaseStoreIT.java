package dev.onward.aws.dynamodb.state;

import static dev.onward.aws.Samples.STORAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.aws.Concurrently;
import dev.onward.aws.FaultyHttp;
import dev.onward.aws.LeaseStoreContract;
import dev.onward.aws.dynamodb.Item;
import dev.onward.model.intervention.InterventionState;
import dev.onward.store.LeaseStore;
import dev.onward.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract, kept by DynamoDB. */
final class DynamoLeaseStoreIT extends LeaseStoreContract {
  private final TestAws aws = new TestAws(STORAGE);

  @AfterEach
  void close() {
    aws.close();
  }

  @Override
  public LeaseStore lease() {
    return aws.lease("onward");
  }

  @Test
  void readingAndWritingCostOneRequestEach() {
    LeaseStore lease = lease();
    lease.read();
    aws.http.forgetSent();
    lease.read();
    lease.claim(claim("a", 0));
    lease.attend("b", presence(1));
    lease.leave("a", Optional.of(1L));

    assertThat(aws.http.sent())
        .containsExactly("GetItem", "UpdateItem", "UpdateItem", "UpdateItem");
  }

  @Test
  void leasesOfOtherNamesAreOthersAndSoIsWhatOperatorsSay() {
    lease().claim(claim("a", 0));

    assertThat(aws.lease("shard-2").claim(claim("b", 0))).isPresent();
    assertThat(lease().read().leader()).contains("a");
    assertThat(aws.daemonStore(InstantSource.system()).interventions())
        .isEqualTo(InterventionState.NONE);
  }

  @Test
  void aClaimWhoseEveryAnswerIsLostIsRecognised() {
    lease().read();
    aws.http.next(
        "UpdateItem",
        FaultyHttp.answerLost(),
        FaultyHttp.answerLost(),
        FaultyHttp.answerLost(),
        FaultyHttp.answerLost());

    assertThat(lease().claim(claim("a", 0))).isPresent();
    assertThat(lease().read().beat()).isEqualTo(1);
  }

  @Test
  void aClaimThatMeetsItsOwnEffectIsRecognised() {
    lease().claim(claim("a", 0));
    aws.http.next("UpdateItem", FaultyHttp.answerLost());

    assertThat(lease().claim(claim("a", 1))).isPresent();
    assertThat(lease().read().beat()).isEqualTo(2);
  }

  @Test
  void ofManyWhoTakeItAtTheSameTimeOneGetsIt() throws Exception {
    lease().read();
    var outcomes =
        Concurrently.both(() -> lease().claim(claim("a", 0)), () -> lease().claim(claim("b", 0)));

    assertThat(outcomes.stream().flatMap(Optional::stream)).containsExactly(lease().read());
  }

  @Test
  void anItemThatCannotBeReadIsNamed() {
    lease().claim(claim("a", 0));
    aws.dynamo.updateItem(
        request ->
            request
                .tableName(aws.state.name())
                .key(StateTable.key(StateOwner.DAEMON, "lease#onward"))
                .updateExpression("SET beat = :garbage")
                .expressionAttributeValues(Map.of(":garbage", Item.ofText("soon"))));

    assertThatThrownBy(lease()::read)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("item lease#onward of the daemon")
        .hasMessageContaining("beat");
  }

  @Test
  @Timeout(5)
  void anAnswerThatComesTooLateIsNotWaitedFor() {
    lease().read();
    FaultyHttp.Fault silence = FaultyHttp.never();
    aws.http.next("GetItem", silence, silence, silence, silence);
    LeaseStore impatient = aws.lease("onward", Duration.ofMillis(50));

    assertThatThrownBy(impatient::read)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("GetItem");
  }
}
