package dev.onward.bench;

import java.time.Duration;

/** How long an answer of AWS is on its way, which the local AWS's is not. */
final class AwsDelay {
  /** Within one Region; DynamoDB promises single-digit milliseconds, SSM nothing. */
  static final Duration TYPICAL = Duration.ofMillis(10);

  private AwsDelay() {}
}
