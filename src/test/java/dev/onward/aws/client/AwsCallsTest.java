package dev.onward.aws.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.aws.dynamodb.state.TestAws;
import dev.onward.store.RequestContext;
import jakarta.enterprise.inject.CreationException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.SsmException;

final class AwsCallsTest {
  private static final PutParameterRequest REQUEST = PutParameterRequest.builder().build();

  private final Deque<RuntimeException> failures = new ArrayDeque<>();
  private final List<PutParameterRequest> sent = new ArrayList<>();

  @Test
  void whatMaySucceedAMomentLaterIsTriedAgain() {
    failures.add(answer("ThrottlingException"));
    failures.add(lost());

    assertThat(TestAws.calls(Pace.UNLIMITED).call(REQUEST, this::operation)).isEqualTo("done");
    assertThat(sent).hasSize(3);
  }

  @Test
  void whatNoWaitingMendsIsNot() {
    failures.add(answer("AccessDeniedException"));

    assertThatThrownBy(() -> TestAws.calls(Pace.UNLIMITED).call(REQUEST, this::operation))
        .isInstanceOf(AwsCallException.class);
    assertThat(sent).hasSize(1);
  }

  @Test
  void aWriteThatMustHappenOnceIsRepeatedOnlyWhileItCertainlyDidNot() {
    failures.add(answer("TooManyUpdates"));
    failures.add(lost());

    assertThatThrownBy(() -> TestAws.calls(Pace.UNLIMITED).callOnce(REQUEST, this::operation))
        .isInstanceOfSatisfying(
            AwsCallException.class, e -> assertThat(e.mayHaveBeenCarriedOut()).isTrue());
    assertThat(sent).hasSize(2);
  }

  @Test
  void anAttemptThatMayHaveHadItsEffectIsNotForgottenWhenTheNextIsThrottled() {
    failures.add(lost());
    failures.add(answer("ThrottlingException"));
    failures.add(answer("ThrottlingException"));
    failures.add(answer("ThrottlingException"));

    assertThatThrownBy(() -> TestAws.calls(Pace.UNLIMITED).call(REQUEST, this::operation))
        .isInstanceOfSatisfying(
            AwsCallException.class,
            e -> {
              assertThat(e.error()).isEqualTo(AwsError.THROTTLED);
              assertThat(e.mayHaveBeenCarriedOut()).isTrue();
            });
  }

  @Test
  void fault11ExpiredCredentialsAreRenewedAndTheCallRepeatedOnce() {
    var renewals = new AtomicInteger();
    var credentials =
        CallCredentials.of(
            () -> {
              renewals.incrementAndGet();
              return AnonymousCredentialsProvider.create();
            });
    var calls = new AwsCalls(credentials, Pace.UNLIMITED, TestAws.immediately(), "test");
    failures.add(answer("ExpiredTokenException"));

    assertThat(calls.call(REQUEST, this::operation)).isEqualTo("done");
    assertThat(renewals).hasValue(2);

    failures.add(answer("ExpiredTokenException"));
    failures.add(answer("ExpiredTokenException"));
    assertThatThrownBy(() -> calls.call(REQUEST, this::operation))
        .isInstanceOfSatisfying(
            AwsCallException.class, e -> assertThat(e.error()).isEqualTo(AwsError.EXPIRED));
  }

  @Test
  void theCredentialsOfARoleAreSetOnTheRequest() {
    var credentials = CallCredentials.of(AnonymousCredentialsProvider::create);
    new AwsCalls(credentials, Pace.UNLIMITED, TestAws.immediately(), "test")
        .call(REQUEST, this::operation);

    assertThat(sent.getFirst().overrideConfiguration().orElseThrow().credentialsIdentityProvider())
        .isPresent();
  }

  @Test
  void aCallThatIsInterruptedWhileItWaitsIsNotSent() throws InterruptedException {
    var pace = new SsmRateLimiter(1, 1);
    pace.await(REQUEST);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> TestAws.calls(pace).call(REQUEST, this::operation))
        .isInstanceOfSatisfying(
            AwsCallException.class, e -> assertThat(e.error()).isEqualTo(AwsError.INTERRUPTED));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(sent).isEmpty();
  }

  @Test
  void aClientThatCannotBeMadeIsAFailureOfTheCall() {
    failures.add(new CreationException("Unable to load region from any of the providers"));

    assertThatThrownBy(() -> TestAws.calls(Pace.UNLIMITED).call(REQUEST, this::operation))
        .isInstanceOfSatisfying(
            AwsCallException.class, e -> assertThat(e.error()).isEqualTo(AwsError.NO_REGION));
  }

  @Test
  void fault9WritesAreEvenlySpacedFromTheFirstOn() throws InterruptedException {
    var pace = new SsmRateLimiter(1_000_000, 50);
    Instant start = Instant.now();

    for (int i = 0; i < 6; i++) {
      pace.await(REQUEST);
    }

    assertThat(Duration.between(start, Instant.now()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(99));
  }

  @Test
  void readsDoNotWaitForWrites() throws InterruptedException {
    var pace = new SsmRateLimiter(1_000, 1);
    pace.await(REQUEST);
    Instant start = Instant.now();

    for (int i = 0; i < 10; i++) {
      pace.await(GetParameterRequest.builder().build());
    }

    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofMillis(900));
  }

  @Test
  void whatAPersonWaitsForDoesNotWaitBehindPolling() throws InterruptedException {
    var pace = new SsmRateLimiter(40, 1);
    try (var polling = new Polling(pace, 60)) {
      polling.awaitServed(1);
      int before = polling.served.get();
      readForPerson(pace);
      assertThat(polling.served.get() - before).as("reads of others meanwhile").isLessThan(20);
      assertThat(polling.waiting()).isPositive();
    }
  }

  @Test
  void peopleTakeNoMoreThanHalfOfTheReads() throws InterruptedException {
    var pace = new SsmRateLimiter(100, 1);
    try (var polling = new Polling(pace, 200)) {
      polling.awaitServed(1);
      int before = polling.served.get();
      for (int i = 0; i < 30; i++) {
        readForPerson(pace);
      }
      assertThat(polling.served.get() - before).isGreaterThan(15);
    }
  }

  private static void readForPerson(SsmRateLimiter pace) throws InterruptedException {
    RequestContext.<String, InterruptedException>calling(
        "a request",
        () -> {
          pace.await(GetParameterRequest.builder().build());
          return "";
        });
  }

  /** Many that want to read at once. */
  private static final class Polling implements AutoCloseable {
    private final AtomicInteger served = new AtomicInteger();
    private final Semaphore permits = new Semaphore(0);
    private final List<Thread> threads = new ArrayList<>();

    Polling(SsmRateLimiter pace, int many) {
      for (int i = 0; i < many; i++) {
        threads.add(Thread.ofVirtual().start(() -> read(pace)));
      }
    }

    private void read(SsmRateLimiter pace) {
      try {
        pace.await(GetParameterRequest.builder().build());
        served.incrementAndGet();
        permits.release();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void awaitServed(int many) throws InterruptedException {
      permits.acquire(many);
    }

    int waiting() {
      return threads.size() - served.get();
    }

    @Override
    public void close() {
      threads.forEach(Thread::interrupt);
    }
  }

  private String operation(PutParameterRequest request) {
    sent.add(request);
    if (failures.isEmpty()) {
      return "done";
    }
    throw failures.removeFirst();
  }

  private static SsmException answer(String code) {
    return (SsmException)
        SsmException.builder()
            .statusCode(400)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .serviceName("Ssm")
                    .errorCode(code)
                    .errorMessage("because")
                    .build())
            .build();
  }

  private static SdkClientException lost() {
    IOException cause = new SocketTimeoutException("Read timed out");
    return SdkClientException.create("Unable to execute HTTP request", cause);
  }
}
