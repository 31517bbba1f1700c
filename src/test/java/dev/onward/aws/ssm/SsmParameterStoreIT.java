package dev.onward.aws.ssm;

import static dev.onward.aws.FaultyHttp.error;
import static dev.onward.aws.FaultyHttp.none;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.aws.FaultyHttp;
import dev.onward.aws.ParameterStoreContract;
import dev.onward.aws.dynamodb.state.TestAws;
import dev.onward.local.LocalAws;
import dev.onward.local.LocalAwsOptions;
import dev.onward.model.Label;
import dev.onward.model.ParameterName;
import dev.onward.model.ProjectId;
import dev.onward.model.ServiceId;
import dev.onward.store.Failure;
import dev.onward.store.ListedParameter;
import dev.onward.store.ParameterStore;
import dev.onward.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** The contract, kept by Parameter Store, and what becomes of calls when something goes wrong. */
final class SsmParameterStoreIT extends ParameterStoreContract {
  private static final AtomicInteger PROJECTS = new AtomicInteger();
  private static final String LIST = "GetParametersByPath";
  private static final String PUT = "PutParameter";

  private final ProjectId project = new ProjectId("project-" + PROJECTS.incrementAndGet());
  private final TestAws aws = new TestAws(project);

  @Override
  public ParameterStore store() {
    return aws.parameters();
  }

  @Override
  public ProjectId project() {
    return project;
  }

  @AfterEach
  void close() {
    aws.close();
  }

  @Test
  void aListingTakesOneRequestForTenParameters() {
    put(23);

    store().list(project);

    assertThat(aws.http.sent(LIST)).isEqualTo(3);
  }

  @Test
  void aListingIsOfTheTimeOfItsFirstPageByAwssClock() {
    var time = new AtomicReference<>(Instant.parse("2026-03-04T05:06:07.089Z"));
    var options = LocalAwsOptions.defaults().onAnyPort().withoutDynamoDb().withClock(time::get);
    try (var clocked = LocalAws.start(options);
        var connection = new TestAws(project, clocked)) {
      ParameterStore store = connection.parameters();
      for (int i = 0; i < 12; i++) {
        store.put(name(STAGE, "service-" + i), image("1"), "x");
      }
      Runnable aMinutePasses = () -> time.set(time.get().plusSeconds(60));
      connection.http.next(LIST, none(), FaultyHttp.meanwhile(aMinutePasses));

      assertThat(store.list(project).readAt()).contains(Instant.parse("2026-03-04T05:06:07Z"));
      assertThat(store.list(project).readAt()).contains(Instant.parse("2026-03-04T05:07:07Z"));
    }
  }

  @Test
  void aListingWhoseDateIsMissingOrUnreadableIsAsGoodAndHasNoTime() {
    put(1);
    aws.http.next(
        LIST,
        FaultyHttp.answer(200, "{\"Parameters\": []}"),
        FaultyHttp.dated("yesterday"),
        FaultyHttp.dated(""));

    assertThat(store().list(project).readAt()).isEmpty();
    for (int i = 0; i < 2; i++) {
      assertThat(store().list(project))
          .satisfies(listing -> assertThat(listing.parameters()).hasSize(1))
          .satisfies(listing -> assertThat(listing.readAt()).isEmpty());
    }
  }

  @Test
  void fault25EmptyAndUnevenPagesDoNotChangeAListing() {
    var options = LocalAwsOptions.defaults().onAnyPort().withoutDynamoDb().withUnevenPages(42);
    try (var uneven = LocalAws.start(options);
        var connection = new TestAws(project, uneven)) {
      ParameterStore store = connection.parameters();
      for (int i = 0; i < 40; i++) {
        store.put(name(STAGE, "service-" + i), image("1"), "x");
      }

      assertThat(store.list(project).parameters())
          .extracting(ListedParameter::name)
          .doesNotHaveDuplicates();
      assertThat(store.list(project).parameters()).hasSize(40);
      assertThat(connection.http.sent(LIST)).isGreaterThan(2 * 4);
    }
  }

  @Test
  void fault25AnEmptyPageThatIsNotTheLastIsFollowedByTheNext() {
    put(12);
    String rest =
        aws.ssm
            .getParametersByPath(r -> r.path("/" + project + "/images").recursive(true))
            .nextToken();
    aws.http.next(
        LIST,
        FaultyHttp.answer(200, "{\"Parameters\": [], \"NextToken\": \"%s\"}".formatted(rest)));

    assertThat(store().list(project).parameters()).hasSize(2);
  }

  @Test
  void fault26WhenOnePageFailsForGoodThereIsNoListing() {
    put(85);
    aws.http.next(
        LIST,
        none(),
        none(),
        none(),
        none(),
        none(),
        none(),
        throttled(),
        throttled(),
        throttled(),
        throttled());

    assertThatThrownBy(() -> store().list(project))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> {
              assertThat(e.failure().kind()).isEqualTo(Failure.Kind.TRANSIENT);
              assertThat(e).hasMessageContaining("SSM GetParametersByPath is throttled");
            });
    assertThat(store().list(project).parameters()).hasSize(85);
  }

  @Test
  void fault26ALostPageTokenDiscardsTheListingAndMayBeTriedAgain() {
    put(12);
    aws.http.next(LIST, none(), error(400, "InvalidNextToken", "The token is no longer valid"));

    assertThatThrownBy(() -> store().list(project))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.failure().kind()).isEqualTo(Failure.Kind.TRANSIENT));
    assertThat(aws.http.sent(LIST)).isEqualTo(2);
    assertThat(store().list(project).parameters()).hasSize(12);
  }

  @Test
  void fault22ASecretIsListedByItsTypeAndNeverDecrypted() {
    String latest = "/" + project + "/images/latest/";
    aws.ssm.putParameter(
        put -> put.name(latest + "secret").type(ParameterType.SECURE_STRING).value("the password"));
    aws.ssm.putParameter(
        put -> put.name(latest + "list").type(ParameterType.STRING_LIST).value("a,b"));
    aws.http.forgetSent();

    assertThat(store().list(project).parameters())
        .extracting(ListedParameter::type)
        .containsExactlyInAnyOrder("SecureString", "StringList");
    store().history(new ParameterName(project, new Label("latest"), new ServiceId("secret")));
    assertThat(store().list(project).parameters().toString()).doesNotContain("the password");
    assertThat(aws.http.bodies())
        .hasSize(3)
        .allSatisfy(body -> assertThat(body).contains("\"WithDecryption\":false"));
  }

  @Test
  void aPageThatFailsForAMomentIsAskedForAgain() {
    put(12);
    aws.http.next(LIST, none(), error(503, "ServiceUnavailable", "Try later"), throttled());

    assertThat(store().list(project).parameters()).hasSize(12);
  }

  @Test
  void fault10ConcurrentUpdatesOfAParameterAreRetriedAndTheValueIsRight() {
    aws.http.next(PUT, tooManyUpdates(), tooManyUpdates());

    assertThat(store().put(name(STAGE, "bags"), image("1"), "x")).isEqualTo(1);
    assertThat(store().list(project).parameters())
        .extracting(ListedParameter::value)
        .containsExactly(image("1").value());
    assertThat(aws.http.sent(PUT)).isEqualTo(3);
  }

  @Test
  void fault10TheyAreRetriedABoundedNumberOfTimes() {
    aws.http.next(PUT, tooManyUpdates(), tooManyUpdates(), tooManyUpdates(), tooManyUpdates());

    assertThatThrownBy(() -> store().put(name(STAGE, "bags"), image("1"), "x"))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.failure().kind()).isEqualTo(Failure.Kind.TRANSIENT));
    assertThat(aws.http.sent(PUT)).isEqualTo(4);
  }

  /** Fault 6: there is no idempotency token; the next cycle's listing tells instead. */
  @Test
  void fault6APutWhoseAnswerIsLostIsNotSentTwice() {
    aws.http.next(PUT, FaultyHttp.answerLost());

    assertThatThrownBy(() -> store().put(name(STAGE, "bags"), image("1"), "x"))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.failure().kind()).isEqualTo(Failure.Kind.TRANSIENT));
    assertThat(aws.http.sent(PUT)).isEqualTo(1);
    assertThat(store().list(project).parameters())
        .singleElement()
        .satisfies(listed -> assertThat(listed.version()).isEqualTo(1));
  }

  @Test
  void aPutThatIsRefusedNamesTheParameter() {
    aws.http.next(
        PUT, error(400, "ParameterMaxVersionLimitExceeded", "The oldest version has a label"));

    assertThatThrownBy(() -> store().put(name(STAGE, "bags"), image("1"), "x"))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.failure().kind()).isEqualTo(Failure.Kind.STALLED))
        .hasMessageContaining("/images/stage/bags")
        .hasMessageContaining("The oldest version has a label");
  }

  @Test
  void everyAttemptIsReportedWithItsOutcome() {
    aws.http.next(LIST, throttled());

    store().list(project);

    assertThat(aws.called)
        .containsExactly("SSM GetParametersByPath throttled", "SSM GetParametersByPath success");
  }

  /** Fault 9: many at once, each of them failing twice, and none goes out without its turn. */
  @Test
  void everyAttemptWaitsForItsTurn() throws Exception {
    var turns = new CopyOnWriteArrayList<String>();
    var calls = TestAws.calls(request -> turns.add(request.getClass().getSimpleName()));
    var store = new SsmParameterStore(aws.ssm, calls);
    aws.http.next(PUT, tooManyUpdates(), tooManyUpdates(), throttled());

    var puts = new ArrayList<Callable<Long>>();
    for (int i = 0; i < 5; i++) {
      var name = name(STAGE, "service-" + i);
      puts.add(() -> store.put(name, image("1"), "x"));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.invokeAll(puts);
    }

    assertThat(turns).hasSize(8);
    assertThat(aws.http.sent(PUT)).isEqualTo(8);
  }

  private void put(int parameters) {
    for (int i = 0; i < parameters; i++) {
      store().put(name(STAGE, "service-" + i), image("1"), "x");
    }
  }

  private static FaultyHttp.Fault throttled() {
    return error(400, "ThrottlingException", "Rate exceeded");
  }

  private static FaultyHttp.Fault tooManyUpdates() {
    return error(400, "TooManyUpdates", "Too many concurrent updates");
  }
}
