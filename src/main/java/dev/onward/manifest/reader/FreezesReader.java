package dev.onward.manifest.reader;

import dev.onward.manifest.document.Section;
import dev.onward.manifest.document.Value;
import dev.onward.policy.Gate;
import dev.onward.policy.gate.FreezesGate;
import dev.onward.policy.gate.PlannedFreeze;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/** Reads the freezes that a manifest announces. */
final class FreezesReader {
  private static final int MOST = 100;
  private static final String REASON = "a reason";

  private FreezesReader() {}

  /** An empty list is fine: none is planned. */
  static Optional<Gate> read(Value value) {
    return value.list("freezes", 0, MOST, FreezesReader::freeze).map(FreezesGate::new);
  }

  private static Optional<PlannedFreeze> freeze(Value item) {
    return item.section("a map with from, to, timezone and reason").flatMap(FreezesReader::freeze);
  }

  private static Optional<PlannedFreeze> freeze(Section section) {
    ZoneId zone = ZoneText.timezone(section);
    Optional<LocalDateTime> from = time(section, "from", zone);
    Optional<LocalDateTime> to = time(section, "to", zone);
    Optional<String> reason =
        section
            .required("reason", ProjectReader.line(REASON))
            .flatMap(value -> ProjectReader.line(value, REASON));
    section.rejectUnknownKeys();
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    // By the wall clock, on which people read both.
    if (!to.get().isAfter(from.get())) {
      section.error(
          "a freeze from %s to %s".formatted(from.get(), to.get()), "a time after from as its to");
      return Optional.empty();
    }
    return reason.map(why -> new PlannedFreeze(begin(from.get(), zone), end(to.get(), zone), why));
  }

  private static Optional<LocalDateTime> time(Section section, String key, ZoneId zone) {
    return section
        .required(key, DateTimeText.ALLOWED)
        .flatMap(value -> value.text(DateTimeText.ALLOWED, text -> DateTimeText.parse(text, zone)));
  }

  // Where clocks go back, a time comes twice: a freeze is rather longer than shorter.

  private static ZonedDateTime begin(LocalDateTime time, ZoneId zone) {
    return time.atZone(zone).withEarlierOffsetAtOverlap();
  }

  private static ZonedDateTime end(LocalDateTime time, ZoneId zone) {
    return time.atZone(zone).withLaterOffsetAtOverlap();
  }
}
