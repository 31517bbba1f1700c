package dev.onward.local.sts;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;

/** Credentials that look as real ones do, down to the prefix that tells temporary ones apart. */
record TemporaryCredentials(
    String accessKeyId, String secretAccessKey, String sessionToken, Instant expiration) {

  private static final String KEY_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final SecureRandom RANDOM = new SecureRandom();

  static TemporaryCredentials issue(Instant expiration) {
    return new TemporaryCredentials(
        uniqueId("ASIA"), base64(30), "IQoJb3JpZ2luX2Vj" + base64(300), expiration);
  }

  /** An identifier as IAM makes them: four letters that say of what, and sixteen characters. */
  static String uniqueId(String prefix) {
    StringBuilder id = new StringBuilder(prefix);
    for (int i = 0; i < 16; i++) {
      id.append(KEY_CHARACTERS.charAt(RANDOM.nextInt(KEY_CHARACTERS.length())));
    }
    return id.toString();
  }

  private static String base64(int byteCount) {
    byte[] bytes = new byte[byteCount];
    RANDOM.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
