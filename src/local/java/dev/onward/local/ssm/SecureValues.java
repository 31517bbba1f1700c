package dev.onward.local.ssm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * SecureString as a caller sees it: something that looks encrypted unless decryption is asked for.
 * There is no KMS here, and at rest the value is as readable as any other.
 */
final class SecureValues {

  private static final String DEFAULT_KEY = "alias/aws/ssm";

  private SecureValues() {}

  static Optional<String> defaultKey(ParameterType type) {
    return type == ParameterType.SECURE_STRING ? Optional.of(DEFAULT_KEY) : Optional.empty();
  }

  static String seen(ParameterVersion version, boolean decrypted) {
    boolean open = decrypted || version.type() != ParameterType.SECURE_STRING;
    return open
        ? version.value()
        : ciphertext(version.keyId().orElse(DEFAULT_KEY), version.value());
  }

  /** Starts as what KMS returns does, and says nothing of the value. */
  private static String ciphertext(String keyId, String value) {
    return "AQICAH" + Base64.getEncoder().encodeToString(sha512(keyId + ':' + value));
  }

  private static byte[] sha512(String text) {
    try {
      return MessageDigest.getInstance("SHA-512").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-512", e);
    }
  }
}
