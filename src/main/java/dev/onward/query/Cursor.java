package dev.onward.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.onward.model.InvalidValueException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * The end of a page as an opaque text that is safe in a URL. It begins with its kind, so that a
 * cursor of another query is rejected.
 */
final class Cursor {
  private static final String SEPARATOR = "\n";
  private static final int MAX_LENGTH = 3000;

  private Cursor() {}

  static String of(String kind, List<String> parts) {
    String plain = kind + SEPARATOR + String.join(SEPARATOR, parts);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(UTF_8));
  }

  /**
   * Parses a cursor of one kind.
   *
   * @param meaning interprets its parts; may throw any {@link RuntimeException} for invalid ones
   */
  static <T> T parse(String kind, String text, Function<List<String>, T> meaning) {
    try {
      if (text.length() <= MAX_LENGTH) {
        String plain = new String(Base64.getUrlDecoder().decode(text), UTF_8);
        List<String> parts = Arrays.asList(plain.split(SEPARATOR, -1));
        if (parts.getFirst().equals(kind)) {
          return meaning.apply(parts.subList(1, parts.size()));
        }
      }
    } catch (RuntimeException e) {
      // Not a cursor that was ever issued: see below.
    }
    throw new InvalidValueException("cursor", text, "the cursor of an earlier page, or none");
  }
}
