package dev.onward.aws.client;

import software.amazon.awssdk.core.exception.SdkClientException;

/** AWS, or something in its place, answered with what AWS's own model of the answer rules out. */
final class InvalidResponseException extends SdkClientException {
  InvalidResponseException(String problem) {
    super(SdkClientException.builder().message(problem));
  }
}
