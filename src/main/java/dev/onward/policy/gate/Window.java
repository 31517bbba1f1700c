package dev.onward.policy.gate;

import dev.onward.model.InvalidValueException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A stretch of time on some days of every week, by the wall clock of a time zone.
 *
 * <p>When clocks change, {@link ZonedDateTime#of(LocalDate, LocalTime, ZoneId)} defines which
 * instants are meant: a time that the clocks skip is as much later as they skip, and one that they
 * show twice is the first of the two. So 01:00 to 02:00 does not open on a night when the clocks go
 * from 01:00 to 02:00, and is open for two hours on one when they go from 02:00 back to 01:00.
 *
 * @param days on which it opens
 * @param to when it closes, itself outside; on the following day if it is not after {@code from}
 */
public record Window(SortedSet<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {
  /** A zone that skips a whole day moves a closing time to the second day after the opening. */
  private static final int LONGEST_IN_DAYS = 2;

  /** A week, and others in case that changing clocks swallow an opening. */
  private static final int SEARCHED_DAYS = 28;

  public Window {
    if (days.isEmpty()) {
      throw new InvalidValueException("window's days", "", "at least one day of the week");
    }
    days = Collections.unmodifiableSortedSet(new TreeSet<>(days));
  }

  /** When it closes, if it is open at the given time. */
  Optional<Instant> openUntil(Instant time) {
    LocalDate today = LocalDate.ofInstant(time, zone);
    return openings(today.minusDays(LONGEST_IN_DAYS), today)
        .filter(opening -> !opening.from.isAfter(time) && opening.to.isAfter(time))
        .map(Opening::to)
        .max(Instant::compareTo);
  }

  /** The first time after the given one at which it opens. */
  Instant opensAfter(Instant time) {
    LocalDate today = LocalDate.ofInstant(time, zone);
    return openings(today.minusDays(LONGEST_IN_DAYS), today.plusDays(SEARCHED_DAYS))
        .map(Opening::from)
        .filter(from -> from.isAfter(time))
        .min(Instant::compareTo)
        .orElseThrow();
  }

  /** From one instant to another, the latter exclusive. */
  private record Opening(Instant from, Instant to) {}

  private Stream<Opening> openings(LocalDate first, LocalDate last) {
    return first
        .datesUntil(last.plusDays(1))
        .filter(date -> days.contains(date.getDayOfWeek()))
        .map(this::opening)
        .filter(opening -> opening.from.isBefore(opening.to));
  }

  private Opening opening(LocalDate date) {
    LocalDate closes = to.isAfter(from) ? date : date.plusDays(1);
    return new Opening(
        ZonedDateTime.of(date, from, zone).toInstant(),
        ZonedDateTime.of(closes, to, zone).toInstant());
  }
}
