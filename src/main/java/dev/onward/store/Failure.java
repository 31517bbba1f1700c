package dev.onward.store;

import java.util.Locale;

/** An expected failure: a message for people, and what happens next. */
public record Failure(Kind kind, String message) {

  /** What happens next. */
  public enum Kind {
    /** A person must act; retried slowly. */
    STALLED,
    /** Not an error; retried soon. */
    WAITING,
    /** A temporary failure of AWS or the network; retried with backoff. */
    TRANSIENT;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static Failure stalled(String message) {
    return new Failure(Kind.STALLED, message);
  }

  public static Failure transientOne(String message) {
    return new Failure(Kind.TRANSIENT, message);
  }
}
