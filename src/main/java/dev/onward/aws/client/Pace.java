package dev.onward.aws.client;

import software.amazon.awssdk.awscore.AwsRequest;

/** Decides when the next request may be sent. */
@FunctionalInterface
public interface Pace {
  Pace UNLIMITED = request -> {};

  /** Blocks until the request may be sent. */
  void await(AwsRequest request) throws InterruptedException;
}
