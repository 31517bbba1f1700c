package dev.onward.query;

import java.io.Serial;
import java.time.Duration;

/** Thrown when too many requests of a kind are in progress, so that readers do not delay cycles. */
public final class TooManyRequestsException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final Duration retryAfter;

  /**
   * @param detail a sentence for people
   * @param retryAfter when to ask again
   */
  public TooManyRequestsException(String detail, Duration retryAfter) {
    super(detail);
    this.retryAfter = retryAfter;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  public Duration retryAfter() {
    return retryAfter;
  }
}
