package dev.onward.policy.gate;

import dev.onward.model.InvalidValueException;
import dev.onward.policy.Candidate;
import dev.onward.policy.Gate;
import dev.onward.policy.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Holds a release outside of weekly windows. */
public record WindowsGate(List<Window> windows) implements Gate {
  /** Up to here the day of the week says which day is meant. */
  private static final Duration THIS_WEEK = Duration.ofDays(6);

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ENGLISH);

  public WindowsGate {
    if (windows.isEmpty()) {
      throw new InvalidValueException("windows", "", "at least one window");
    }
    windows = List.copyOf(windows);
  }

  @Override
  public String name() {
    return GateType.WINDOWS.key();
  }

  @Override
  public Verdict judge(Candidate candidate) {
    Instant now = candidate.now();
    Optional<Edge> closing =
        windows.stream()
            .flatMap(
                window -> window.openUntil(now).map(at -> new Edge(at, window.zone())).stream())
            .max(Comparator.comparing(Edge::at));
    if (closing.isPresent()) {
      return Verdict.passed(name(), "a window is open until " + closing.get().words(now));
    }
    Edge opening =
        windows.stream()
            .map(window -> new Edge(window.opensAfter(now), window.zone()))
            .min(Comparator.comparing(Edge::at))
            .orElseThrow();
    return Verdict.heldUntil(
        name(), "outside of the windows; the next one opens " + opening.words(now), opening.at());
  }

  /** When a window opens or closes, and by which clock. */
  private record Edge(Instant at, ZoneId zone) {
    /** {@code Tue 09:00 Europe/London (Tue 08:00 UTC)}. */
    String words(Instant now) {
      DateTimeFormatter format = at.isAfter(now.plus(THIS_WEEK)) ? DATE : DAY;
      String utc = format.format(at.atZone(ZoneOffset.UTC)) + " UTC";
      return zone.normalized().equals(ZoneOffset.UTC)
          ? utc
          : "%s %s (%s)".formatted(format.format(at.atZone(zone)), zone, utc);
    }
  }
}
