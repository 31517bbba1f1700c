package dev.onward.aws.client;

import dev.onward.store.Failure;

/** Thrown when a call to AWS failed after all permitted retries. */
public final class AwsCallException extends RuntimeException {
  private final transient AwsError error;
  private final boolean mayHaveBeenCarriedOut;
  private final transient Failure failure;

  /**
   * @param mayHaveBeenCarriedOut whether any of the attempts may have taken effect
   */
  AwsCallException(
      AwsError error, boolean mayHaveBeenCarriedOut, Failure failure, Throwable cause) {
    super(failure.message(), cause);
    this.error = error;
    this.mayHaveBeenCarriedOut = mayHaveBeenCarriedOut;
    this.failure = failure;
  }

  public AwsError error() {
    return error;
  }

  public boolean mayHaveBeenCarriedOut() {
    return mayHaveBeenCarriedOut;
  }

  public Failure failure() {
    return failure;
  }
}
