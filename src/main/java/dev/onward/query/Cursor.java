package dev.onward.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.onward.model.InvalidValueException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * Where a page ended, as a text fit for a URL that callers hand back as it is. It begins with what
 * it is a cursor of, so that none is taken for another's.
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
   * What a cursor of this kind says.
   *
   * @param meaning of its parts; may throw any {@link RuntimeException} for parts that no cursor
   *     has
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
      // Nothing that was ever handed out: as below.
    }
    throw new InvalidValueException("cursor", text, "the cursor of an earlier page, or none");
  }
}
