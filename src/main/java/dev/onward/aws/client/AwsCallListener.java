package dev.onward.aws.client;

import java.time.Duration;

/** Is told of every request that this process has made to AWS. */
public interface AwsCallListener {
  /**
   * A request was answered, or failed.
   *
   * @param service such as {@code SSM} or {@code DynamoDB}
   * @param operation such as {@code GetParametersByPath}
   * @param outcome {@code success}, or what went wrong, as one word of a small fixed set
   */
  void called(String service, String operation, String outcome, Duration took);
}
