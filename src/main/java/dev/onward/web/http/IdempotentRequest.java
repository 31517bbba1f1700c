package dev.onward.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.onward.model.InvalidValueException;
import dev.onward.store.IdempotencyStore;
import dev.onward.store.IdempotencyStore.Answer;
import dev.onward.store.IdempotencyStore.Claim;
import dev.onward.store.StoreException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * A request with a key: whoever gets no answer asks again with the same key, and it is done once.
 * Between being taken and being answered a key is under way, and stays so if the process ends
 * there: nobody can know then whether it was done, so it is never done again by itself.
 *
 * @param key the caller's, made unique among callers
 * @param fingerprint of all that is asked for, and who asks
 */
public record IdempotentRequest(IdempotencyStore ledger, String key, String fingerprint) {
  public static final String HEADER = "Idempotency-Key";

  private static final Logger LOG = Logger.getLogger(IdempotentRequest.class);
  private static final Pattern ALLOWED = Pattern.compile("[!-~]{1,128}");

  /**
   * Throws {@link InvalidValueException} if the key is none.
   *
   * @param asked all that is asked for: the method, the path, the query and the body
   */
  public static IdempotentRequest of(
      IdempotencyStore ledger, String caller, String key, String... asked) {
    if (!ALLOWED.matcher(key).matches()) {
      throw new InvalidValueException(
          "header " + HEADER, key, "1 to 128 printable ASCII characters without spaces");
    }
    return new IdempotentRequest(
        ledger, unique(caller, key), sha256(caller + "\n" + String.join("\n", asked)));
  }

  /** The first '#' ends the caller's id: one that is in the id itself is written in another way. */
  private static String unique(String caller, String key) {
    return caller.replace("%", "%25").replace("#", "%23") + "#" + key;
  }

  /**
   * Takes the key. Throws {@link ReplayedResponseException} if the same was asked and answered
   * before, {@link CommandRejectedException} if it cannot be known what became of it, or something
   * else was asked, and {@link StoreException} if the ledger is out of reach: nothing is done then.
   */
  public void begin() {
    switch (ledger.claim(key, fingerprint)) {
      case Claim.Taken() -> {}
      case Claim.Answered(Answer answer) -> throw new ReplayedResponseException(answer);
      case Claim.UnderWay() ->
          throw CommandRejectedException.underWay(
              "this was asked before with the same %s and is under way, or was interrupted; look what became of it before you ask again with another key"
                  .formatted(HEADER));
      case Claim.OtherRequest() ->
          throw CommandRejectedException.unprocessable(
              "something else was asked with this %s within a day; take another key"
                  .formatted(HEADER));
    }
  }

  /** It was done, or may have been: whoever asks again is answered the same. */
  void answered(int status, String body) {
    try {
      ledger.answer(key, fingerprint, new Answer(status, body));
    } catch (StoreException e) {
      LOG.warnf("The answer to a request with a key is not kept: %s", e.getMessage());
    }
  }

  /** Nothing was done: the same may be asked again. */
  void undone() {
    try {
      ledger.release(key, fingerprint);
    } catch (StoreException e) {
      LOG.warnf("The key of a request that was refused is not given back: %s", e.getMessage());
    }
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
