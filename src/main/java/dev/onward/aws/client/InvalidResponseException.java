package dev.onward.aws.client;

import software.amazon.awssdk.core.exception.SdkClientException;

/** Thrown when AWS, or a proxy in its place, returns a response that AWS's own model rules out. */
final class InvalidResponseException extends SdkClientException {
  InvalidResponseException(String problem) {
    super(SdkClientException.builder().message(problem));
  }
}
