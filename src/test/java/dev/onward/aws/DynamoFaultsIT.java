package dev.onward.aws;

import static dev.onward.aws.Samples.ALICE;
import static dev.onward.aws.Samples.LATEST;
import static dev.onward.aws.Samples.NOON;
import static dev.onward.aws.Samples.STAGE;
import static dev.onward.aws.Samples.STORAGE;
import static dev.onward.aws.Samples.adopt;
import static dev.onward.aws.Samples.converge;
import static dev.onward.aws.Samples.cut;
import static dev.onward.aws.Samples.cutAfter;
import static dev.onward.aws.Samples.deploy;
import static dev.onward.aws.Samples.initialise;
import static dev.onward.aws.Samples.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.Deployment;
import dev.onward.model.EnvironmentHead;
import dev.onward.model.Origin;
import dev.onward.model.Release;
import dev.onward.plan.Action;
import dev.onward.reconcile.Failure;
import dev.onward.reconcile.ReleaseStore;
import dev.onward.reconcile.StoreException;
import dev.onward.reconcile.WriteOutcome;
import dev.onward.reconcile.WriteOutcome.AlreadyApplied;
import dev.onward.reconcile.WriteOutcome.Applied;
import dev.onward.reconcile.WriteOutcome.Conflict;
import dev.onward.reconcile.WriteOutcome.Failed;
import dev.onward.reconcile.WriteOutcome.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What becomes of writes when something goes wrong. The numbers are those of FAULTS.md. */
final class DynamoFaultsIT {
  private static final String TRANSACTION = "TransactWriteItems";

  private final TestAws aws = new TestAws(STORAGE);
  private final ReleaseStore store = aws.releaseStore(InstantSource.system());

  @AfterEach
  void close() {
    aws.close();
  }

  @Test
  void fault6AWriteWhoseAnswerIsLostIsRecognisedAsOnesOwn() {
    store.state();
    aws.http.next(TRANSACTION, FaultyHttp.answerLost());

    assertThat(store.cut(cut(release("1"))).applied()).isTrue();
    assertThat(aws.http.sent(TRANSACTION)).isEqualTo(2);
    assertThat(aws.audit()).hasSize(1);

    Action.RecordDeployment deployment = deploy(release("1"), initialised());
    aws.http.next(TRANSACTION, FaultyHttp.answerLost());
    assertThat(store.record(deployment).applied()).isTrue();
    assertThat(store.release(release("1").id()).orElseThrow().deployments()).hasSize(1);
  }

  @Test
  void fault6AWriteWhoseEveryAnswerIsLostIsFoundByReadingAgain() {
    store.cut(cut(release("1")));
    Action.RecordDeployment deployment = deploy(release("1"), initialised());
    loseEveryAnswer();

    assertThat(store.record(deployment)).isInstanceOf(AlreadyApplied.class);
    assertThat(store.release(release("1").id()).orElseThrow().deployments()).hasSize(1);
  }

  @Test
  void fault6EveryKindOfWriteRecognisesItself() {
    Release release = release("1");
    Action.CutRelease cut = cut(release);
    Action.InitialiseEnvironment initialise = initialise(STAGE);
    Action.AdoptDeployment adopt = adopt(release, initialise.to(), NOON);
    Action.ConvergeParameters converge = converge(release, adopt.to(), true);
    store.state();

    loseEveryAnswer();
    assertThat(store.cut(cut)).isInstanceOf(AlreadyApplied.class);
    loseEveryAnswer();
    assertThat(store.initialise(initialise)).isInstanceOf(AlreadyApplied.class);
    loseEveryAnswer();
    assertThat(store.adopt(adopt)).isInstanceOf(AlreadyApplied.class);
    loseEveryAnswer();
    assertThat(store.markConverged(converge)).isInstanceOf(AlreadyApplied.class);

    assertThat(aws.audit())
        .extracting(event -> event.text(StateTable.EVENT).orElseThrow())
        .containsExactlyInAnyOrder(
            "release_cut", "environment_initialised", "deployment_adopted", "drift_repaired");
  }

  @Test
  void aWriteThatNeverArrivesIsUnknownAndChangesNothing() {
    store.state();
    aws.http.next(
        TRANSACTION,
        FaultyHttp.requestLost(),
        FaultyHttp.requestLost(),
        FaultyHttp.requestLost(),
        FaultyHttp.requestLost());

    assertThat(store.cut(cut(release("1"))))
        .isInstanceOfSatisfying(
            Unknown.class,
            unknown -> assertThat(unknown.failure().kind()).isEqualTo(Failure.Kind.TRANSIENT));
    assertThat(store.release(release("1").id())).isEmpty();
  }

  @Test
  void aWriteOfWhichNothingCanBeReadAfterwardsIsUnknown() {
    store.state();
    loseEveryAnswer();
    aws.http.next("GetItem", IntStream.range(0, 4).mapToObj(i -> serverError()).toArray(FaultyHttp.Fault[]::new));

    assertThat(store.cut(cut(release("1")))).isInstanceOf(Unknown.class);
  }

  @Test
  void anInternalErrorOfAwsIsRetriedWithTheSameToken() {
    store.state();
    aws.http.next(TRANSACTION, serverError());

    assertThat(store.cut(cut(release("1")))).isInstanceOf(Applied.class);
  }

  @Test
  void fault7ATransactionRetriedLongAfterIsStoppedByItsConditionNotItsToken() {
    Release release = release("1");
    Instant now = Instant.now();
    ReleaseStore before = aws.releaseStore(InstantSource.fixed(now));
    ReleaseStore after = aws.releaseStore(InstantSource.fixed(now.plus(Duration.ofMinutes(11))));
    before.cut(cut(release));
    before.initialise(initialise(STAGE));
    Action.RecordDeployment deployment = deploy(release, EnvironmentHead.empty(STAGE));
    before.record(deployment);

    assertThat(after.cut(cut(release))).isInstanceOf(AlreadyApplied.class);
    assertThat(after.record(deployment)).isInstanceOf(AlreadyApplied.class);
    assertThat(store.release(release.id()).orElseThrow().deployments()).hasSize(1);
    assertThat(aws.audit()).hasSize(3);
  }

  @Test
  void fault12AWriteOfSomebodyElseInBetweenIsAConflictAndIsNotRepeated() {
    Release mine = release("mine");
    Release theirs = release("theirs");
    store.state();
    aws.http.next(
        TRANSACTION,
        FaultyHttp.meanwhile(
            () ->
                assertThat(aws.releaseStore(InstantSource.system()).cut(cut(theirs)))
                    .isInstanceOf(Applied.class)));

    assertThat(store.cut(cut(mine)))
        .isInstanceOfSatisfying(
            Conflict.class,
            conflict -> assertThat(conflict.reason()).contains(theirs.id().value()));
    assertThat(aws.http.sent(TRANSACTION)).isEqualTo(2);
    assertThat(store.release(mine.id())).isEmpty();
  }

  @Test
  void fault13ATransactionConflictIsRetriedABoundedNumberOfTimes() {
    store.state();
    aws.http.next(TRANSACTION, transactionConflict(), transactionConflict());
    assertThat(store.cut(cut(release("1")))).isInstanceOf(Applied.class);
    assertThat(aws.http.sent(TRANSACTION)).isEqualTo(3);

    aws.http.forgetSent();
    aws.http.next(
        TRANSACTION,
        transactionConflict(),
        transactionConflict(),
        transactionConflict(),
        transactionConflict());
    assertThat(store.initialise(initialise(STAGE)))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.failure().kind()).isEqualTo(Failure.Kind.TRANSIENT));
    assertThat(aws.http.sent(TRANSACTION)).isEqualTo(4);
  }

  @Test
  void fault13ATransactionInProgressIsRetriedAndEndsAsUnknownIfItStaysSo() {
    store.state();
    var inProgress =
        FaultyHttp.error(400, "TransactionInProgressException", "already in progress");
    aws.http.next(TRANSACTION, inProgress);
    assertThat(store.cut(cut(release("1")))).isInstanceOf(Applied.class);

    aws.http.next(TRANSACTION, inProgress, inProgress, inProgress, inProgress);
    assertThat(store.initialise(initialise(STAGE))).isInstanceOf(Unknown.class);
  }

  @Test
  void throttlingIsTransientAndCertainlyWroteNothing() {
    store.state();
    var throttled = FaultyHttp.error(400, "ThrottlingException", "Rate exceeded");
    aws.http.next(TRANSACTION, throttled, throttled, throttled, throttled);

    assertThat(store.cut(cut(release("1"))))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.failure().kind()).isEqualTo(Failure.Kind.TRANSIENT));
    assertThat(aws.called).filteredOn(call -> call.endsWith("throttled")).hasSize(4);
  }

  @Test
  void aMissingPermissionIsStalledAndNamed() {
    store.state();
    aws.http.next(
        TRANSACTION,
        FaultyHttp.error(
            400,
            "AccessDeniedException",
            "User: arn:aws:sts::1:assumed-role/onward/x is not authorized to perform:"
                + " dynamodb:PutItem on resource: arn:aws:dynamodb:eu-west-1:1:table/onward-state"
                + " because no identity-based policy allows it"));

    assertThat(store.cut(cut(release("1"))))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.failure().kind()).isEqualTo(Failure.Kind.STALLED);
              assertThat(failed.failure().message())
                  .contains("allow dynamodb:PutItem on arn:aws:dynamodb:eu-west-1:1:table/onward-state");
            });
    assertThat(aws.http.sent(TRANSACTION)).isEqualTo(1);
  }

  @Test
  void aReleaseThatIsThereWithoutItsHeadIsCompletedWithItsOwnDate() {
    Release release = release("1");
    store.cut(cut(release));
    forgetHead("label#latest");
    Release again = release("1", NOON.plusSeconds(60));

    assertThat(store.cut(cut(again))).isInstanceOf(Applied.class);

    assertThat(store.state().labels().get(LATEST).releaseCreatedAt())
        .isEqualTo(release.createdAt());
    assertThat(store.releases(10, Optional.empty()).releases()).hasSize(1);
    assertThat(store.cut(cut(again))).isInstanceOf(AlreadyApplied.class);
  }

  @Test
  void aDeploymentThatIsThereWithoutItsHeadIsNotAddedAgain() {
    Release release = release("1");
    store.cut(cut(release));
    Action.RecordDeployment deployment = deploy(release, initialised());
    store.record(deployment);
    forgetHead("environment#stage");
    initialised();

    assertThat(store.record(deployment)).isInstanceOf(Applied.class);
    assertThat(store.head(STAGE)).contains(deployment.to());
    assertThat(store.release(release.id()).orElseThrow().deployments()).hasSize(1);
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
          deploy(release, head, NOON.plusSeconds(i), description, Origin.AUTOMATION);
      assertThat(store.record(deployment)).isInstanceOf(Applied.class);
      recorded.add(deployment.deployment());
      head = deployment.to();
    }

    Item item = aws.item(release.id().value());
    assertThat(ItemSize.of(item)).isLessThanOrEqualTo(ItemSize.LIMIT);
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
                            release, EnvironmentHead.empty(STAGE), NOON, "why", Origin.PERSON))))) {
      ReleaseStore at = aws.releaseStore(InstantSource.fixed(start.plusSeconds(each.second())));
      assertThat(each.write().apply(at)).isInstanceOf(Applied.class);
    }

    List<Item> audit = aws.audit();
    assertThat(audit)
        .extracting(event -> event.text(StateTable.EVENT).orElseThrow())
        .containsExactly("release_cut", "environment_initialised", "deployment_recorded");
    Item last = audit.getLast();
    assertThat(last.text(StateTable.AT)).contains("2026-03-01T12:00:02.000000");
    assertThat(last.map(StateTable.WHO).orElseThrow()).isEqualTo(DeploymentItem.of(ALICE));
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
                .key(StateTable.key(STORAGE, STAGE))
                .updateExpression("SET held_by = :who")
                .expressionAttributeValues(Map.of(":who", Item.ofText("carol"))));

    assertThat(store.state().environments()).containsOnlyKeys(STAGE);
    assertThat(store.record(deploy(release, head))).isInstanceOf(Applied.class);
    store.markConverged(converge(release, deploy(release, head).to(), false));
    assertThat(head("environment#stage").text("held_by")).contains("carol");

    var prod = new dev.onward.model.EnvironmentId("prod");
    assertThat(store.initialise(initialise(prod))).isInstanceOf(Applied.class);
    assertThat(head("environment#prod").text("held_by")).contains("bob");
  }

  @Test
  void aHeadThatCannotBeReadIsAFailureAndNotAnAbsence() {
    initialised();
    aws.dynamo.updateItem(
        request ->
            request
                .tableName(aws.state.name())
                .key(StateTable.key(STORAGE, STAGE))
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
    for (int i = 0; i < 15; i++) {
      var deployment = deploy(release, head, NOON.plusSeconds(i), "again", Origin.AUTOMATION);
      store.record(deployment);
      head = deployment.to();
    }
    aws.http.forgetSent();

    store.state();

    assertThat(aws.http.sent()).containsExactly("Query");
    int bytes =
        aws.partition(StateTable.partition(STORAGE)).stream().mapToInt(ItemSize::of).sum();
    assertThat(bytes).isLessThanOrEqualTo(4096);
  }

  @Test
  void anExpiredTokenIsRetriedOnceAndThenSaid() {
    store.state();
    var expired =
        FaultyHttp.error(400, "ExpiredTokenException", "The security token included is expired");
    aws.http.next("Query", expired);
    assertThat(store.state()).isNotNull();

    aws.http.forgetSent();
    aws.http.next("Query", expired, expired);
    assertThatThrownBy(store::state)
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> {
              assertThat(e.failure().kind()).isEqualTo(Failure.Kind.STALLED);
              assertThat(e).hasMessageContaining("expired");
            });
    assertThat(aws.http.sent("Query")).isEqualTo(2);
  }

  private record WriteAt(
      int second, java.util.function.Function<ReleaseStore, WriteOutcome> write) {}

  private EnvironmentHead initialised() {
    assertThat(store.initialise(initialise(STAGE)).applied()).isTrue();
    return store.head(STAGE).orElseThrow();
  }

  private void loseEveryAnswer() {
    aws.http.next(
        TRANSACTION,
        FaultyHttp.answerLost(),
        FaultyHttp.answerLost(),
        FaultyHttp.answerLost(),
        FaultyHttp.answerLost());
  }

  private static FaultyHttp.Fault serverError() {
    return FaultyHttp.error(500, "InternalServerError", "Something broke");
  }

  private static FaultyHttp.Fault transactionConflict() {
    return FaultyHttp.answer(
        400,
        """
        {"__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
         "Message": "Transaction cancelled",
         "CancellationReasons": [{"Code": "TransactionConflict"}, {"Code": "None"}]}
        """);
  }

  private void forgetHead(String sortKey) {
    aws.dynamo.deleteItem(request -> request.tableName(aws.state.name()).key(key(sortKey)));
  }

  private Item head(String sortKey) {
    return new Item(
        aws.dynamo.getItem(r -> r.tableName(aws.state.name()).key(key(sortKey))).item());
  }

  private static Map<String, AttributeValue> key(String sortKey) {
    return Map.of(
        StateTable.PK, StateTable.partition(STORAGE), StateTable.SK, Item.ofText(sortKey));
  }

  private void put(Map<String, String> texts) {
    var item = Item.builder();
    texts.forEach((name, text) -> item.text(name, text));
    aws.dynamo.putItem(
        request -> request.tableName(aws.state.name()).item(item.build().attributes()));
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
