package dev.onward.simulation;

import java.util.function.Supplier;

/**
 * What is between a caller and AWS: where calls take time, fail, get lost, or lose their answers.
 */
interface Wire {
  /** A wire that does nothing of that. */
  Wire DIRECT =
      new Wire() {
        @Override
        public <T> T call(Call call, Supplier<T> effect) {
          return effect.get();
        }
      };

  /** What is called. */
  enum Operation {
    LIST,
    HISTORY,
    PUT,
    GET,
    QUERY,
    WRITE,
    TRANSACT,
    DESCRIBE,
    CALENDAR;

    boolean ofParameterStore() {
      return this == LIST || this == HISTORY || this == PUT || this == CALENDAR;
    }

    boolean writes() {
      return this == PUT || this == WRITE || this == TRANSACT;
    }
  }

  /**
   * One call.
   *
   * @param subject the parameter, item or index
   * @param isContinued whether it asks for another page
   */
  record Call(Operation operation, Supplier<String> subject, boolean isContinued) {
    Call(Operation operation, Supplier<String> subject) {
      this(operation, subject, false);
    }
  }

  /**
   * Makes a call.
   *
   * @param effect what AWS does when the request arrives, and answers
   */
  <T> T call(Call call, Supplier<T> effect);
}
