package dev.onward.aws.client;

import java.time.Duration;

/** Notified of every request that this process makes to AWS. */
public interface AwsCallListener {
  /**
   * Called when a request was answered or failed.
   *
   * @param service such as {@code SSM} or {@code DynamoDB}
   * @param operation such as {@code GetParametersByPath}
   * @param outcome {@code success}, or the kind of failure, from a small fixed set of values
   */
  void called(String service, String operation, String outcome, Duration took);
}
