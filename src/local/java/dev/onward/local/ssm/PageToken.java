package dev.onward.local.ssm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Makes and reads the NextToken of one listing. A token carries the key at which its page ended, so
 * that it outlives a restart, and a checksum over that and the listing, so that one that was
 * garbled or belongs to another listing is refused.
 *
 * @param listing what is listed: the operation and all of its request but the paging
 */
record PageToken(String listing) {

  private static final int CHECKSUM_BYTES = Long.BYTES;

  String at(String position) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(position));
  }

  /** Where to go on; empty without a token. */
  String position(Optional<String> token) {
    return token.map(this::read).orElse("");
  }

  private String read(String token) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      throw SsmErrors.badNextToken();
    }
    if (bytes.length < CHECKSUM_BYTES) {
      throw SsmErrors.badNextToken();
    }
    String position = new String(bytes, CHECKSUM_BYTES, bytes.length - CHECKSUM_BYTES, UTF_8);
    if (!Arrays.equals(bytes, bytes(position))) {
      throw SsmErrors.badNextToken();
    }
    return position;
  }

  private byte[] bytes(String position) {
    byte[] text = position.getBytes(UTF_8);
    CRC32 checksum = new CRC32();
    checksum.update(listing.getBytes(UTF_8));
    checksum.update(text);
    return ByteBuffer.allocate(CHECKSUM_BYTES + text.length)
        .putLong(checksum.getValue())
        .put(text)
        .array();
  }
}
