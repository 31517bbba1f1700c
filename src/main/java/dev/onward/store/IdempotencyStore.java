package dev.onward.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;

/**
 * The port to requests with an idempotency key: a client that gets no answer retries with the same
 * key, and the request is executed once. A key is remembered for a day. Every method throws {@link
 * StoreException}.
 */
public interface IdempotencyStore {
  /** How long a key is remembered after it was claimed. */
  Duration REMEMBERED = Duration.ofDays(1);

  /**
   * Claims a key by a conditional write, so that only one of two concurrent requests proceeds. A
   * caller that gets a {@link StoreException} may have claimed the key and must not proceed.
   *
   * @param key the caller's, made unique among callers; at most 1,024 bytes
   * @param fingerprint of the whole request
   */
  Claim claim(String key, String fingerprint);

  /**
   * Stores the answer for a claimed key. Stores nothing if the key no longer belongs to that
   * request, for example because it expired.
   */
  void answer(String key, String fingerprint, Answer answer);

  /**
   * Releases a key when nothing was done, so that the request can be repeated. Only for the caller
   * that claimed it; a key with an answer is kept.
   */
  void release(String key, String fingerprint);

  /** A stored answer. */
  record Answer(int status, String body) {
    /** In UTF-8 bytes: well below the 400 KB limit of a DynamoDB item. */
    public static final int LARGEST_BODY = 256 * 1024;

    /** Replaces a larger body: a client that retries needs the status above all. */
    public static final String NOT_KEPT =
        "{\"not_kept\": \"this request was answered before; the answer was too large to be stored\"}";

    /** This answer as it is stored. */
    public Answer kept() {
      return body.getBytes(UTF_8).length <= LARGEST_BODY ? this : new Answer(status, NOT_KEPT);
    }
  }

  /** The result of claiming a key. */
  sealed interface Claim {
    /** Proceed, then store the answer. */
    record Taken() implements Claim {}

    /** The request was executed before, with this answer. */
    record Answered(Answer answer) implements Claim {}

    /** The request was received before, and its result is not known yet, or never will be. */
    record UnderWay() implements Claim {}

    /** The key was used for a different request. */
    record OtherRequest() implements Claim {}
  }
}
