package dev.onward.web.api.command;

import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The id of a freeze: whoever lifts it writes its id. */
record FreezeId(String value) {
  static final String ALLOWED = "1 to 64 letters, digits, '_', '.' or '-'";

  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final int LONGEST_DERIVED = 24;

  FreezeId {
    if (!VALID.matcher(value).matches()) {
      throw new InvalidValueException("freeze id", value, ALLOWED);
    }
  }

  /**
   * Made of the reason's first words: {@code prod-christmas-holidays}. Who asks twice asks for the
   * same freeze.
   */
  static FreezeId derived(Optional<EnvironmentId> environment, String reason) {
    String plain =
        Normalizer.normalize(reason, Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    String words = plain.isEmpty() ? "freeze" : firstWords(plain);
    String id = environment.map(e -> e + "-" + words).orElse(words);
    return new FreezeId(id.length() <= 64 ? id : id.substring(id.length() - 64));
  }

  private static String firstWords(String words) {
    if (words.length() <= LONGEST_DERIVED) {
      return words;
    }
    int end = words.lastIndexOf('-', LONGEST_DERIVED);
    return words.substring(0, end > 0 ? end : LONGEST_DERIVED);
  }
}
