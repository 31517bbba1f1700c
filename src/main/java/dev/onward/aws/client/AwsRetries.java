package dev.onward.aws.client;

import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.client.builder.SdkClientBuilder;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/** How often calls are repeated: by {@link AwsCalls}, with none of the SDK's own inside of that. */
public final class AwsRetries {
  private static final int MAX_ATTEMPTS = 4;

  private AwsRetries() {}

  /**
   * Standard mode: jittered exponential backoff, from 100 ms, or from 1 s after throttling. Honours
   * {@code AWS_MAX_ATTEMPTS}.
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

  /** To be called before the builder's first client is made. */
  public static void turnOffIn(SdkClientBuilder<?, ?> client) {
    client.overrideConfiguration(
        client.overrideConfiguration().toBuilder()
            .retryStrategy(DefaultRetryStrategy.doNotRetry())
            .build());
  }
}
