package dev.onward.local.ssm;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The change calendars that GetCalendarState knows: open but for the periods set here. A calendar
 * that was never set does not exist.
 */
public final class Calendars {

  /**
   * A time when a calendar is closed.
   *
   * @param from included
   * @param to excluded
   */
  public record Closed(Instant from, Instant to) {

    public Closed {
      if (!from.isBefore(to)) {
        throw new IllegalArgumentException("A closed period ends after it starts");
      }
    }

    private boolean contains(Instant time) {
      return !time.isBefore(from) && time.isBefore(to);
    }
  }

  private final Map<String, List<Closed>> calendars = new ConcurrentHashMap<>();

  /**
   * Creates a calendar or replaces it.
   *
   * @param nameOrArn of the calendar's document
   */
  public void set(String nameOrArn, Closed... closed) {
    calendars.put(nameOf(nameOrArn), List.of(closed));
  }

  /** A calendar that is closed whenever it is asked. */
  public void close(String nameOrArn) {
    set(nameOrArn, new Closed(Instant.MIN, Instant.MAX));
  }

  List<Closed> closedPeriods(String nameOrArn) {
    return Optional.ofNullable(calendars.get(nameOf(nameOrArn)))
        .orElseThrow(() -> SsmErrors.unknownCalendar(nameOrArn));
  }

  static boolean isOpen(Collection<Closed> periods, Instant time) {
    return periods.stream().noneMatch(period -> period.contains(time));
  }

  /** When the calendars, taken together, next change; empty when never. */
  static Optional<Instant> nextTransition(Collection<Closed> periods, Instant time) {
    boolean open = isOpen(periods, time);
    TreeSet<Instant> edges = new TreeSet<>();
    for (Closed period : periods) {
      edges.add(period.from());
      edges.add(period.to());
    }
    return edges.tailSet(time, false).stream()
        .filter(edge -> !edge.equals(Instant.MAX))
        .filter(edge -> isOpen(periods, edge) != open)
        .findFirst();
  }

  private static String nameOf(String nameOrArn) {
    return nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
  }
}
