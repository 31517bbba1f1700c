package dev.onward.web.http;

import dev.onward.store.IdempotencyStore;
import java.io.Serial;

/** The same was asked before with the same key: it is answered the same, and not done again. */
public final class ReplayedResponseException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final transient IdempotencyStore.Answer answer;

  ReplayedResponseException(IdempotencyStore.Answer answer) {
    super("answered before");
    this.answer = answer;
  }

  /** What was answered then. */
  public IdempotencyStore.Answer answer() {
    return answer;
  }
}
