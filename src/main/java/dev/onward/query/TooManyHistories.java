package dev.onward.query;

import java.io.Serial;
import java.time.Duration;

/** No more histories are read for now, so that those who look hold up no cycle. */
public final class TooManyHistories extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** When to ask again: what was read until then is kept, so the rest can be read by then. */
  public static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  TooManyHistories() {
    super(
        "too many histories of parameters are being read; ask again in %d seconds, or by service"
            .formatted(RETRY_AFTER.toSeconds()));
  }

  public String detail() {
    return String.valueOf(getMessage());
  }
}
