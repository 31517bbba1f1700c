package dev.onward.api;

import java.io.Serial;
import java.time.Duration;

/** Nobody else can watch for now. */
final class TooManyWatching extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** When to ask again. */
  static final Duration RETRY_AFTER = Duration.ofSeconds(30);

  TooManyWatching() {
    super("as many are watching already as can; ask again later, or read /api/v1/projects instead");
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
