package dev.onward.aws.client;

import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/**
 * The credentials that sign a project's requests: the client's own, or an assumed role's.
 *
 * <p>They are set on each request, so that all projects share one client per service, with its
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
   * @param fresh the replacement once those were rejected as expired early; absent if the client
   *     can only be asked again
   */
  public static CallCredentials ofClient(Supplier<Optional<AwsCredentialsProvider>> fresh) {
    return new CallCredentials(fresh, true);
  }

  /** Those of {@code fresh}, which is called at the first use, and again after early expiry. */
  static CallCredentials of(Supplier<AwsCredentialsProvider> fresh) {
    return new CallCredentials(() -> Optional.of(fresh.get()), false);
  }

  /** Drops cached credentials that were rejected as expired although they should still be valid. */
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
