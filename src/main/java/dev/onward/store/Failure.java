package dev.onward.store;

import java.util.Locale;

/** An expected failure: what went wrong, in words for people, and what happens next. */
public record Failure(Kind kind, String message) {

  /** What happens next. */
  public enum Kind {
    /** A person must act; looked at again, slowly. */
    STALLED,
    /** Nobody is at fault; looked at again soon. */
    WAITING,
    /** AWS or the network had a moment; retried with backoff. */
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
