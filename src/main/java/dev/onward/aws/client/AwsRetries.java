package dev.onward.aws.client;

import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.client.builder.SdkClientBuilder;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/** Configures how often {@link AwsCalls} retries calls, and disables the SDK's own retries. */
public final class AwsRetries {
  private static final int MAX_ATTEMPTS = 4;

  private AwsRetries() {}

  /**
   * Standard mode: exponential backoff with jitter, from 100 ms, or from 1 s after throttling.
   * Respects {@code AWS_MAX_ATTEMPTS}.
   */
  public static RetryStrategy standard() {
    return standardBuilder().build();
  }

  public static StandardRetryStrategy.Builder standardBuilder() {
    return DefaultRetryStrategy.standardStrategyBuilder()
        .maxAttempts(SdkSystemSetting.AWS_MAX_ATTEMPTS.getIntegerValue().orElse(MAX_ATTEMPTS))
        .retryOnException(thrown -> AwsError.of(thrown).passing())
        .treatAsThrottling(thrown -> AwsError.of(thrown) == AwsError.THROTTLED);
  }

  /** Must be called before the builder's first client is built. */
  public static void turnOffIn(SdkClientBuilder<?, ?> client) {
    client.overrideConfiguration(
        client.overrideConfiguration().toBuilder()
            .retryStrategy(DefaultRetryStrategy.doNotRetry())
            .build());
  }
}
