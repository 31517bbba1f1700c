package dev.onward.store;

/**
 * Thrown when a store cannot be read or written: there is no answer, as opposed to an empty one.
 */
public final class StoreException extends RuntimeException {
  private final Failure failure;
  private final boolean perhapsDone;

  public StoreException(Failure failure) {
    super(failure.message());
    this.failure = failure;
    this.perhapsDone = false;
  }

  public StoreException(Failure failure, Throwable cause) {
    this(failure, false, cause);
  }

  /**
   * @param perhapsDone whether a write may have been applied nevertheless
   */
  public StoreException(Failure failure, boolean perhapsDone, Throwable cause) {
    super(failure.message(), cause);
    this.failure = failure;
    this.perhapsDone = perhapsDone;
  }

  public Failure failure() {
    return failure;
  }

  /** Whether this concerns a write that may have been applied nevertheless. */
  public boolean isPerhapsDone() {
    return perhapsDone;
  }
}
