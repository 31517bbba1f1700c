package dev.onward.web.cache;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** An answer's bytes, as they are and compressed, for all who get the same. */
public final class CachedResponse {
  static final String GZIP = "gzip";

  private final byte[] plain;
  private final byte[] compressed;
  private final String tag;

  private CachedResponse(byte[] plain) {
    this.plain = plain;
    this.compressed = compress(plain);
    this.tag = ETagFilter.tagOf(plain);
  }

  /** The bytes are not copied. */
  public static CachedResponse of(byte[] bytes) {
    return new CachedResponse(bytes);
  }

  byte[] plain() {
    return plain;
  }

  byte[] compressed() {
    return compressed;
  }

  /** The entity tag, of what is not compressed. */
  String tag() {
    return tag;
  }

  /** Whether whoever sends this header takes what is compressed. */
  static boolean isTakenCompressed(Optional<String> acceptEncoding) {
    return acceptEncoding.stream()
        .flatMap(text -> Stream.of(text.split(",")))
        .map(coding -> coding.replaceAll("\\s", "").toLowerCase(Locale.ROOT))
        .anyMatch(
            coding ->
                coding.equals(GZIP)
                    || (coding.startsWith(GZIP + ";q=") && !coding.matches(GZIP + ";q=0(\\.0*)?")));
  }

  private static byte[] compress(byte[] plain) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
