package dev.onward.aws;

import software.amazon.awssdk.core.exception.SdkClientException;

/** AWS, or something in its place, answered with what AWS's own model of the answer rules out. */
final class InvalidAnswerException extends SdkClientException {
  InvalidAnswerException(String problem) {
    super(SdkClientException.builder().message(problem));
  }
}
