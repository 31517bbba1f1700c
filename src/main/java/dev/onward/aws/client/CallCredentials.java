package dev.onward.aws.client;

import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/**
 * Whose credentials a project's requests are signed with: the client's own, or an assumed role's.
 *
 * <p>They are set on each request, so that all projects share one client a service, with its
 * endpoint, Region, connections, time-outs and interceptors, whatever role they use.
 */
public final class CallCredentials {
  private final Supplier<Optional<AwsCredentialsProvider>> source;
  private Optional<AwsCredentialsProvider> provider = Optional.empty();
  private boolean asked;

  private CallCredentials(Supplier<Optional<AwsCredentialsProvider>> source, boolean asked) {
    this.source = source;
    this.asked = asked;
  }

  /**
   * The client's own.
   *
   * @param fresh what to use instead once those have expired before their time; absent if there is
   *     nothing better than asking the client again
   */
  public static CallCredentials ofClient(Supplier<Optional<AwsCredentialsProvider>> fresh) {
    return new CallCredentials(fresh, true);
  }

  /** Those of {@code fresh}, which is asked at the first call, and again after early expiry. */
  static CallCredentials of(Supplier<AwsCredentialsProvider> fresh) {
    return new CallCredentials(() -> Optional.of(fresh.get()), false);
  }

  /** Drops what is cached: it was refused as expired although it should not be. */
  synchronized void renew() {
    provider = source.get();
    asked = true;
  }

  private synchronized Optional<AwsCredentialsProvider> provider() {
    if (!asked) {
      renew();
    }
    return provider;
  }

  @SuppressWarnings("unchecked") // a request's builder makes requests of the same type
  <R extends AwsRequest> R applyTo(R request) {
    return provider()
        .map(
            signer ->
                request
                    .overrideConfiguration()
                    .map(AwsRequestOverrideConfiguration::toBuilder)
                    .orElseGet(AwsRequestOverrideConfiguration::builder)
                    .credentialsProvider(signer)
                    .build())
        .map(signed -> (R) request.toBuilder().overrideConfiguration(signed).build())
        .orElse(request);
  }
}
