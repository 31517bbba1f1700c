package dev.onward.query;

import java.io.Serial;
import java.time.Duration;

/** As many ask for something already as may at once, so that those who look hold up no cycle. */
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
