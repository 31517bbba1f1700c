package dev.onward.aws.client;

import jakarta.enterprise.inject.CreationException;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/**
 * Makes the calls of one project: with its credentials, rate-limited, retried where that is safe,
 * and with every response validated.
 *
 * <p>Retries are made here and not by the SDK, whose own retries are disabled. Each attempt is then
 * a separate request for the rate limit, the SDK's time-outs and the metrics; waiting for the rate
 * limit does not count towards a time-out; and a write to SSM, which is not idempotent, is not sent
 * twice because its response was slow. When and how often to retry is still decided by the SDK's
 * {@link RetryStrategy}: exponential backoff with jitter, and a budget that is exhausted when
 * everything fails.
 *
 * <p>The injected clients are created by their first call. If that fails, for example because no
 * Region is configured, that call fails like any other.
 */
public final class AwsCalls {
  private final CallCredentials credentials;
  private final Pace pace;
  private final RetryStrategy retries;
  private final String budget;
  private final ResponseValidator answers;

  /**
   * @param budget calls with the same name share one retry budget
   */
  public AwsCalls(CallCredentials credentials, Pace pace, RetryStrategy retries, String budget) {
    this(credentials, pace, retries, budget, ResponseValidator.AWS_MODEL);
  }

  public AwsCalls(
      CallCredentials credentials,
      Pace pace,
      RetryStrategy retries,
      String budget,
      ResponseValidator answers) {
    this.credentials = credentials;
    this.pace = pace;
    this.retries = retries;
    this.budget = budget;
    this.answers = answers;
  }

  /** For reads, and for writes that carry a token or recognise their own effect. */
  public <R extends AwsRequest, T> T call(R request, Function<R, T> operation) {
    return call(request, operation, AwsError::passing);
  }

  /** For writes that must not be repeated once they may have been applied. */
  public <R extends AwsRequest, T> T callOnce(R request, Function<R, T> operation) {
    return call(request, operation, error -> error.passing() && !error.mayHaveBeenCarriedOut());
  }

  private <R extends AwsRequest, T> T call(
      R request, Function<R, T> operation, Predicate<AwsError> repeatable) {
    var attempts = new Attempts(request, repeatable);
    while (true) {
      try {
        pace.await(request);
        T response = operation.apply(credentials.applyTo(request));
        answers.check(request, response);
        attempts.succeeded();
        return response;
      } catch (SdkException | CreationException | InterruptedException e) {
        attempts.failed(e);
      }
    }
  }

  /** The attempts at one call so far. */
  private final class Attempts {
    private final AwsRequest request;
    private final Predicate<AwsError> repeatable;
    private RetryToken token;
    private boolean mayHaveBeenCarriedOut;
    private boolean renewed;

    Attempts(AwsRequest request, Predicate<AwsError> repeatable) {
      this.request = request;
      this.repeatable = repeatable;
      token = retries.acquireInitialToken(AcquireInitialTokenRequest.create(budget)).token();
    }

    void succeeded() {
      retries.recordSuccess(RecordSuccessRequest.create(token));
    }

    /** Returns when another attempt is due, throws if there is to be none. */
    void failed(Exception e) {
      AwsError error = AwsError.of(e);
      mayHaveBeenCarriedOut |= error.mayHaveBeenCarriedOut();
      if (error == AwsError.EXPIRED && !renewed) {
        renewed = true;
        credentials.renew();
        return;
      }
      if (error == AwsError.INTERRUPTED) {
        Thread.currentThread().interrupt();
      }
      if (!repeatable.test(error) || !backedOff(e)) {
        var failure = AwsFailures.of(request, e);
        throw new AwsCallException(error, mayHaveBeenCarriedOut, failure, e);
      }
    }

    /** False if there have been enough attempts. */
    private boolean backedOff(Exception e) {
      var refresh = RefreshRetryTokenRequest.builder().token(token).failure(e);
      try {
        var refreshed = retries.refreshRetryToken(refresh.suggestedDelay(Duration.ZERO).build());
        token = refreshed.token();
        Thread.sleep(refreshed.delay());
        return true;
      } catch (TokenAcquisitionFailedException enough) {
        return false;
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }
}
