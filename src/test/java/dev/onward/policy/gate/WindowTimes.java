package dev.onward.policy.gate;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Windows as tests write them: {@code MON-FRI 09:00-17:00 Europe/London}. */
final class WindowTimes {
  private WindowTimes() {}

  static List<Window> windows(String... windows) {
    return Arrays.stream(windows).map(WindowTimes::window).toList();
  }

  static Window window(String text) {
    String[] parts = text.split(" ", -1);
    String[] times = parts[1].split("-", -1);
    return new Window(
        days(parts[0]), LocalTime.parse(times[0]), LocalTime.parse(times[1]), ZoneId.of(parts[2]));
  }

  private static SortedSet<DayOfWeek> days(String text) {
    String[] ends = text.split("-", -1);
    DayOfWeek last = day(ends[ends.length - 1]);
    var days = new TreeSet<DayOfWeek>();
    for (DayOfWeek day = day(ends[0]); days.add(day) && day != last; ) {
      day = day.plus(1);
    }
    return days;
  }

  private static DayOfWeek day(String start) {
    return Stream.of(DayOfWeek.values())
        .filter(day -> day.name().startsWith(start))
        .findFirst()
        .orElseThrow();
  }
}
