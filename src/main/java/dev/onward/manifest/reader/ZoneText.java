package dev.onward.manifest.reader;

import dev.onward.manifest.document.Section;
import dev.onward.manifest.document.SpellingSuggestion;
import dev.onward.model.InvalidValueException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Time zones as manifests write them: {@code Europe/London}, {@code UTC}. A plain offset or an
 * abbreviation such as {@code EST} does not say what happens in summer, so neither is taken.
 */
final class ZoneText {
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final String ALLOWED = "a time zone's name such as Europe/London, or UTC";
  private static final Set<String> NAMES =
      ZoneId.getAvailableZoneIds().stream()
          .filter(id -> id.equals("UTC") || id.contains("/"))
          .collect(Collectors.toCollection(TreeSet::new));

  private ZoneText() {}

  /** What a map's {@code timezone} says; UTC by default, and while it says nothing usable. */
  static ZoneId timezone(Section section) {
    return section
        .at("timezone")
        .flatMap(value -> value.text(ALLOWED, ZoneText::parse))
        .orElse(UTC);
  }

  static ZoneId parse(String text) {
    if (!NAMES.contains(text)) {
      throw new InvalidValueException("time zone", text, ALLOWED + hint(text));
    }
    return ZoneId.of(text);
  }

  private static String hint(String text) {
    return SpellingSuggestion.nearest(text, NAMES)
        .or(() -> ofPlace(text))
        .map(SpellingSuggestion::didYouMean)
        .orElse("");
  }

  /** {@code London} must mean Europe/London. */
  private static Optional<String> ofPlace(String text) {
    String end = "/" + text.replace(' ', '_').toLowerCase(Locale.ROOT);
    return NAMES.stream().filter(name -> name.toLowerCase(Locale.ROOT).endsWith(end)).findFirst();
  }
}
