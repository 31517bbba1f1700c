package dev.onward.aws;

import software.amazon.awssdk.awscore.AwsRequest;

/** When the next request may be sent. */
@FunctionalInterface
interface Pace {
  Pace UNLIMITED = request -> {};

  /** Blocks until the request may be sent. */
  void await(AwsRequest request) throws InterruptedException;
}
