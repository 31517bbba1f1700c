package dev.onward.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;

/**
 * The port to the requests that were given a key, so that asking twice does it once: whoever gets
 * no answer asks again with the same key. A key is remembered for a day. Every method throws {@link
 * StoreException}.
 */
public interface IdempotencyStore {
  /** For how long a key is remembered, from when it was taken. */
  Duration REMEMBERED = Duration.ofDays(1);

  /**
   * Takes a key, if nobody has: a conditional write, so of two who ask at once only one may go on.
   * Whoever gets {@link StoreException} may have taken the key all the same, and must not go on.
   *
   * @param key the caller's, made unique among callers; at most 1,024 bytes
   * @param fingerprint of all that the request asks for
   */
  Claim claim(String key, String fingerprint);

  /**
   * Keeps what was answered under a key that was taken. If the key is no longer that request's, a
   * day later say, nothing is kept.
   */
  void answer(String key, String fingerprint, Answer answer);

  /**
   * Gives a key back: nothing was done, and the same may be asked again. Only for whoever took it;
   * one that was answered stays.
   */
  void release(String key, String fingerprint);

  /** What was answered. */
  record Answer(int status, String body) {
    /** In UTF-8: what is kept must stay well below the 400 KB that a store's item holds. */
    public static final int LARGEST_BODY = 256 * 1024;

    /** In the place of a larger body: the status is what whoever asks again must know. */
    public static final String NOT_KEPT =
        "{\"not_kept\": \"this was answered before; the answer was too large to be kept\"}";

    /** This answer as it is kept. */
    public Answer kept() {
      return body.getBytes(UTF_8).length <= LARGEST_BODY ? this : new Answer(status, NOT_KEPT);
    }
  }

  /** What comes of asking with a key. */
  sealed interface Claim {
    /** Go on, then say what was answered. */
    record Taken() implements Claim {}

    /** It was asked before, and this was answered. */
    record Answered(Answer answer) implements Claim {}

    /** It was asked before, and what became of it is not known yet, or never will be. */
    record UnderWay() implements Claim {}

    /** Something else was asked with this key. */
    record OtherRequest() implements Claim {}
  }
}
