package dev.onward.aws.dynamodb.state;

import static dev.onward.aws.Samples.STORAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.aws.FaultyHttp;
import dev.onward.aws.IdempotencyStoreContract;
import dev.onward.aws.dynamodb.Item;
import dev.onward.model.ProjectId;
import dev.onward.store.Failure;
import dev.onward.store.IdempotencyStore;
import dev.onward.store.IdempotencyStore.Answer;
import dev.onward.store.IdempotencyStore.Claim;
import dev.onward.store.StoreException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The contract, kept by DynamoDB, and what becomes of a key when something goes wrong. */
final class DynamoIdempotencyStoreIT extends IdempotencyStoreContract {
  private static final String PUT = "PutItem";
  private static final String UPDATE = "UpdateItem";

  private final TestAws aws = new TestAws(STORAGE);

  @BeforeEach
  void tables() {
    aws.createTables();
  }

  @AfterEach
  void close() {
    aws.close();
  }

  @Override
  public IdempotencyStore ledger(ProjectId project) {
    return aws.requestLedger(project, clock);
  }

  @Test
  void aRequestCostsTwoWritesAndNoRead() {
    IdempotencyStore ledger = ledger();
    ledger.claim("warm", "warm");
    aws.http.forgetSent();

    ledger.claim("k", "deploy 1");
    ledger.answer("k", "deploy 1", new Answer(200, "{}"));

    assertThat(aws.http.sent()).containsExactly(PUT, UPDATE);
  }

  @Test
  void anItemHasTheSecondOfUnixTimeWhenDynamoDbMayRemoveIt() {
    ledger().claim("k", "deploy 1");

    assertThat(item("k").number(StateTable.EXPIRES_AT))
        .contains(clock.instant().plus(Duration.ofDays(1)).getEpochSecond());
  }

  @Test
  void whatDynamoDbRemovedIsForgotten() {
    ledger().claim("k", "deploy 1");
    remove("k");

    assertThat(ledger().claim("k", "deploy 2")).isEqualTo(new Claim.Taken());
  }

  @Test
  void theDaemonHasALedgerOfItsOwn() {
    IdempotencyStore daemon = aws.daemonStore(clock).requests();
    daemon.claim("k", "stop");

    assertThat(ledger(new ProjectId("daemon")).claim("k", "deploy 1")).isEqualTo(new Claim.Taken());
    assertThat(daemon.claim("k", "stop")).isEqualTo(new Claim.UnderWay());
  }

  @Test
  void aClaimWhoseAnswerIsLostIsRecognisedAsOnesOwn() {
    ready();
    aws.http.next(PUT, FaultyHttp.answerLost());

    assertThat(ledger().claim("k", "deploy 1")).isEqualTo(new Claim.Taken());
    assertThat(aws.http.sent(PUT)).isEqualTo(2);
    assertThat(ledger().claim("k", "deploy 1")).isEqualTo(new Claim.UnderWay());
  }

  @Test
  void aClaimWhoseEveryAnswerIsLostIsFoundByReadingAgain() {
    ready();
    everyTime(PUT, FaultyHttp.answerLost());

    assertThat(ledger().claim("k", "deploy 1")).isEqualTo(new Claim.Taken());
  }

  @Test
  void aClaimThatNeverArrivesIsNobodysAndWhoeverAskedMustNotGoOn() {
    ready();
    everyTime(PUT, FaultyHttp.requestLost());

    assertThatThrownBy(() -> ledger().claim("k", "deploy 1"))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.failure().kind()).isEqualTo(Failure.Kind.TRANSIENT))
        .hasMessageContaining("whether the idempotency key was claimed is not known");
    assertThat(ledger().claim("k", "deploy 1")).isEqualTo(new Claim.Taken());
  }

  @Test
  void somebodyElseWhoClaimsWhileOnesOwnIsLostHasTheKey() {
    ready();
    IdempotencyStore other = ledger();
    aws.http.next(
        PUT,
        FaultyHttp.requestLost(),
        FaultyHttp.meanwhile(
            () -> assertThat(other.claim("k", "deploy 1")).isEqualTo(new Claim.Taken())));

    assertThat(ledger().claim("k", "deploy 1")).isEqualTo(new Claim.UnderWay());
  }

  @Test
  void aKeyThatIsGivenBackJustWhenItIsFoundTakenIsTaken() {
    ledger().claim("k", "deploy 1");
    IdempotencyStore other = ledger();
    aws.http.next("GetItem", FaultyHttp.meanwhile(() -> other.release("k", "deploy 1")));

    assertThat(ledger().claim("k", "deploy 1")).isEqualTo(new Claim.Taken());
  }

  @Test
  void anAnswerWhoseReplyIsLostIsKept() {
    ledger().claim("k", "deploy 1");
    aws.http.next(UPDATE, FaultyHttp.answerLost());
    var done = new Answer(200, "{}");

    ledger().answer("k", "deploy 1", done);

    assertThat(ledger().claim("k", "deploy 1")).isEqualTo(new Claim.Answered(done));
  }

  @Test
  void givingBackTwiceDoesNotGiveBackWhatSomebodyElseHasTakenInBetween() {
    ledger().claim("k", "deploy 1");
    IdempotencyStore other = ledger();
    aws.http.next(
        UPDATE,
        FaultyHttp.answerLost(),
        FaultyHttp.meanwhile(
            () -> assertThat(other.claim("k", "deploy 1")).isEqualTo(new Claim.Taken())));

    ledger().release("k", "deploy 1");

    assertThat(aws.http.sent(UPDATE)).isEqualTo(2);
    assertThat(ledger().claim("k", "deploy 1")).isEqualTo(new Claim.UnderWay());
  }

  @Test
  void aLedgerThatCannotBeReachedIsAFailureOfEveryMethod() {
    ledger().claim("k", "deploy 1");
    var denied = FaultyHttp.error(400, "AccessDeniedException", "no");
    aws.http.next(PUT, denied);
    aws.http.next(UPDATE, denied, denied);
    var done = new Answer(200, "{}");

    assertThatThrownBy(() -> ledger().claim("l", "deploy 1")).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> ledger().answer("k", "deploy 1", done))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> ledger().release("k", "deploy 1")).isInstanceOf(StoreException.class);
  }

  /** So that the next put is the claim's. */
  private void ready() {
    ledger().claim("warm", "warm");
    aws.http.forgetSent();
  }

  private void everyTime(String operation, FaultyHttp.Fault fault) {
    aws.http.next(operation, fault, fault, fault, fault);
  }

  private Item item(String key) {
    return new Item(
        aws.dynamo.getItem(r -> r.tableName(aws.state.name()).key(itemKey(key))).item());
  }

  private void remove(String key) {
    aws.dynamo.deleteItem(r -> r.tableName(aws.state.name()).key(itemKey(key)));
  }

  private static Map<String, AttributeValue> itemKey(String key) {
    return StateTable.key(StateOwner.of(STORAGE).requestsPartition(), key);
  }
}
