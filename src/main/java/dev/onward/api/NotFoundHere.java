package dev.onward.api;

import java.io.Serial;

/** A request names something that does not exist; the detail says what, in a sentence. */
final class NotFoundHere extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  NotFoundHere(String detail) {
    super(detail);
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
