package dev.onward.aws.dynamodb.state;

import static dev.onward.aws.Samples.LATEST;
import static dev.onward.aws.Samples.NOON;
import static dev.onward.aws.Samples.STAGE;
import static dev.onward.aws.Samples.STORAGE;
import static dev.onward.aws.Samples.adopt;
import static dev.onward.aws.Samples.converge;
import static dev.onward.aws.Samples.cut;
import static dev.onward.aws.Samples.deploy;
import static dev.onward.aws.Samples.initialise;
import static dev.onward.aws.Samples.release;
import static dev.onward.aws.Samples.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.aws.FaultyHttp;
import dev.onward.model.ProjectId;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import dev.onward.plan.Action;
import dev.onward.plan.RepairRequest;
import dev.onward.store.Failure;
import dev.onward.store.ReleaseStore;
import dev.onward.store.StoreException;
import dev.onward.store.WriteOutcome.AlreadyApplied;
import dev.onward.store.WriteOutcome.Applied;
import dev.onward.store.WriteOutcome.Conflict;
import dev.onward.store.WriteOutcome.Failed;
import dev.onward.store.WriteOutcome.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What becomes of writes when something goes wrong. */
final class DynamoFaultsIT {
  private static final String TRANSACTION = "TransactWriteItems";
  private static final Pattern TOKEN = Pattern.compile("\"ClientRequestToken\":\"[^\"]+\"");

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
    var hold = say(new Intervention.Hold(STAGE), InterventionState.NONE);
    store.state();

    loseEveryAnswer();
    assertThat(store.cut(cut)).isInstanceOf(AlreadyApplied.class);
    loseEveryAnswer();
    assertThat(store.initialise(initialise)).isInstanceOf(AlreadyApplied.class);
    loseEveryAnswer();
    assertThat(store.adopt(adopt)).isInstanceOf(AlreadyApplied.class);
    loseEveryAnswer();
    assertThat(store.markConverged(converge)).isInstanceOf(AlreadyApplied.class);
    EnvironmentHead converged = store.head(STAGE).orElseThrow();
    loseEveryAnswer();
    assertThat(
            store.repair(
                new RepairRequest(
                    release,
                    converged,
                    converged.askedToRepair(),
                    0,
                    hold.attribution(),
                    "an edit; parameters to write: service-0")))
        .isInstanceOf(AlreadyApplied.class);
    loseEveryAnswer();
    assertThat(store.updateInterventions(hold)).isInstanceOf(AlreadyApplied.class);
    loseEveryAnswer();
    assertThat(store.add(release("composed"))).isInstanceOf(AlreadyApplied.class);

    assertThat(aws.audit())
        .extracting(event -> event.text(StateTable.EVENT).orElseThrow())
        .containsExactlyInAnyOrder(
            "release_cut",
            "environment_initialised",
            "deployment_adopted",
            "drift_repaired",
            "repair_requested",
            "environment_held",
            "release_composed");
  }

  @Test
  void aDeploymentWhoseAnswerIsLostIsOnesOwnEvenIfAnOperatorSpeaksBeforeItIsSentAgain() {
    Release release = release("1");
    Instant now = Instant.now();
    store.cut(cut(release));
    Action.RecordDeployment deployment = deploy(release, initialised());
    aws.releaseStore(InstantSource.fixed(now)).record(deployment);
    store.updateInterventions(say(new Intervention.Hold(STAGE), InterventionState.NONE));

    ReleaseStore after = aws.releaseStore(InstantSource.fixed(now.plus(Duration.ofMinutes(11))));
    assertThat(after.record(deployment)).isInstanceOf(AlreadyApplied.class);
  }

  @Test
  void anOperatorWhoSpeaksWhileADeploymentIsOnItsWayStopsIt() {
    Release release = release("1");
    store.cut(cut(release));
    EnvironmentHead head = initialised();
    aws.http.next(
        TRANSACTION,
        FaultyHttp.meanwhile(
            () ->
                assertThat(
                        aws.releaseStore(InstantSource.system())
                            .updateInterventions(
                                say(new Intervention.Hold(STAGE), InterventionState.NONE)))
                    .isInstanceOf(Applied.class)));

    assertThat(store.record(deploy(release, head)))
        .isEqualTo(new Conflict("an intervention was set meanwhile"));
    assertThat(store.head(STAGE)).contains(head);
    assertThat(aws.audit())
        .extracting(event -> event.text(StateTable.EVENT).orElseThrow())
        .doesNotContain("deployment_recorded");
  }

  @Test
  void somebodyElseWhoRecordsWhileADeploymentIsOnItsWayIsNotTakenForAnOperator() {
    Release release = release("1");
    store.cut(cut(release));
    EnvironmentHead head = initialised();
    var theirs = deploy(release, head, NOON, "by hand", DeploymentOrigin.PERSON);
    Release mine = release("mine");
    store.add(mine);
    aws.http.next(
        TRANSACTION,
        FaultyHttp.meanwhile(
            () -> {
              ReleaseStore other = aws.releaseStore(InstantSource.system());
              other.updateInterventions(say(new Intervention.Hold(STAGE), InterventionState.NONE));
              other.record(theirs);
            }));

    assertThat(store.record(deploy(mine, head)))
        .isInstanceOfSatisfying(
            Conflict.class,
            conflict -> assertThat(conflict.reason()).contains("now it is at version 2"));
  }

  @Test
  void theSameWordSaidOfTwoProjectsAtTheSameMomentIsHeardInBoth() {
    InstantSource now = InstantSource.fixed(Instant.now());
    var hold = say(new Intervention.Hold(STAGE), InterventionState.NONE);
    ReleaseStore other = aws.releaseStore(new ProjectId("catalogue"), now);

    assertThat(aws.releaseStore(now).updateInterventions(hold)).isInstanceOf(Applied.class);
    assertThat(other.updateInterventions(hold)).isInstanceOf(Applied.class);

    assertThat(other.state().interventions()).isEqualTo(hold.to());
  }

  @Test
  void aWordThatNeverArrivesIsUnknownAndSaysNothing() {
    store.state();
    aws.http.next(
        TRANSACTION,
        FaultyHttp.requestLost(),
        FaultyHttp.requestLost(),
        FaultyHttp.requestLost(),
        FaultyHttp.requestLost());

    assertThat(store.updateInterventions(say(new Intervention.Hold(STAGE), InterventionState.NONE)))
        .isInstanceOf(Unknown.class);
    assertThat(store.state().interventions()).isEqualTo(InterventionState.NONE);
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
    aws.http.next(
        "GetItem",
        IntStream.range(0, 4).mapToObj(i -> serverError()).toArray(FaultyHttp.Fault[]::new));

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
    var inProgress = FaultyHttp.error(400, "TransactionInProgressException", "already in progress");
    aws.http.next(TRANSACTION, inProgress);
    assertThat(store.cut(cut(release("1")))).isInstanceOf(Applied.class);

    aws.http.next(TRANSACTION, inProgress, inProgress, inProgress, inProgress);
    assertThat(store.initialise(initialise(STAGE))).isInstanceOf(Unknown.class);
  }

  @Test
  void fault13EveryAttemptCarriesTheSameToken() {
    store.state();
    var inProgress = FaultyHttp.error(400, "TransactionInProgressException", "already in progress");
    aws.http.forgetSent();
    aws.http.next(TRANSACTION, transactionConflict(), inProgress, FaultyHttp.answerLost());

    assertThat(store.cut(cut(release("1"))).applied()).isTrue();
    assertThat(aws.http.bodies())
        .flatExtracting(body -> TOKEN.matcher(body).results().map(MatchResult::group).toList())
        .hasSize(4)
        .satisfies(tokens -> assertThat(new TreeSet<>(tokens)).hasSize(1));
    assertThat(aws.audit()).hasSize(1);
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
                  .contains(
                      "allow dynamodb:PutItem on arn:aws:dynamodb:eu-west-1:1:table/onward-state");
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

  private static Map<String, AttributeValue> key(String sortKey) {
    return StateTable.key(StateOwner.of(STORAGE), sortKey);
  }
}
