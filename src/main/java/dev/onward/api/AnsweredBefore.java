package dev.onward.api;

import dev.onward.reconcile.RequestLedger;
import java.io.Serial;

/** The same was asked before with the same key: it is answered the same, and not done again. */
public final class AnsweredBefore extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final transient RequestLedger.Answer answer;

  AnsweredBefore(RequestLedger.Answer answer) {
    super("answered before");
    this.answer = answer;
  }

  /** What was answered then. */
  public RequestLedger.Answer answer() {
    return answer;
  }
}
