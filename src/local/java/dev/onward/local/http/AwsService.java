package dev.onward.local.http;

/** A service of the local AWS. */
@FunctionalInterface
public interface AwsService {

  /**
   * Answers one call.
   *
   * @throws AwsException to answer with an AWS error
   */
  AwsResponse handle(AwsRequest request);
}
