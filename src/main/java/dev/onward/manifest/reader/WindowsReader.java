package dev.onward.manifest.reader;

import dev.onward.manifest.document.Section;
import dev.onward.manifest.document.SpellingSuggestion;
import dev.onward.manifest.document.Value;
import dev.onward.model.InvalidValueException;
import dev.onward.policy.Gate;
import dev.onward.policy.gate.Window;
import dev.onward.policy.gate.WindowsGate;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads the weekly windows outside of which nothing is promoted. */
final class WindowsReader {
  private static final int MOST = 20;
  private static final List<DayOfWeek> WEEK = List.of(DayOfWeek.values());
  private static final List<String> DAYS = WEEK.stream().map(WindowsReader::spelling).toList();

  private WindowsReader() {}

  static Optional<Gate> read(Value value) {
    return value.list("windows", 1, MOST, WindowsReader::window).map(WindowsGate::new);
  }

  private static Optional<Window> window(Value item) {
    return item.section("a map with days, from, to and timezone").flatMap(WindowsReader::window);
  }

  private static Optional<Window> window(Section section) {
    SortedSet<DayOfWeek> days =
        section.at("days").flatMap(WindowsReader::days).orElseGet(() -> new TreeSet<>(WEEK));
    Optional<LocalTime> from =
        section
            .required("from", TimeText.BEGIN)
            .flatMap(value -> value.text(TimeText.BEGIN, TimeText::begin));
    Optional<TimeText.End> to =
        section
            .required("to", TimeText.END)
            .flatMap(value -> value.text(TimeText.END, TimeText::end));
    ZoneId zone = ZoneText.timezone(section);
    section.rejectUnknownKeys();
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    if (!to.get().endOfDay() && to.get().time().equals(from.get())) {
      section.error(
          "a window from %s to %1$s".formatted(from.get()),
          "two different times; for 24 hours leave the window out, or write 00:00 to 24:00");
      return Optional.empty();
    }
    return Optional.of(new Window(days, from.get(), to.get().time(), zone));
  }

  private static Optional<SortedSet<DayOfWeek>> days(Value value) {
    return value
        .list("days", 1, DAYS.size(), item -> item.text(anyDay(), WindowsReader::day))
        .map(TreeSet::new);
  }

  private static DayOfWeek day(String text) {
    int day = DAYS.indexOf(text);
    if (day < 0) {
      throw new InvalidValueException("day", text, anyDay() + SpellingSuggestion.hint(text, DAYS));
    }
    return WEEK.get(day);
  }

  private static String anyDay() {
    return String.join(", ", DAYS.subList(0, 6)) + " or " + DAYS.getLast();
  }

  private static String spelling(DayOfWeek day) {
    return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
  }
}
