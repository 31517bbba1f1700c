package dev.onward.reconcile;

/** A store could not be read: there is no answer, as opposed to an empty one. */
public final class StoreException extends RuntimeException {
  private final Failure failure;

  public StoreException(Failure failure) {
    super(failure.message());
    this.failure = failure;
  }

  public StoreException(Failure failure, Throwable cause) {
    super(failure.message(), cause);
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }
}
