package dev.onward.local.ssm;

import dev.onward.local.http.AwsException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Says whether all of some change calendars are open, and when that changes. */
final class GetCalendarState {

  record Request(Optional<List<String>> calendarNames, Optional<String> atTime) {}

  record Response(String state, String atTime, Optional<String> nextTransitionTime) {}

  private final Calendars calendars;
  private final InstantSource clock;

  GetCalendarState(Calendars calendars, InstantSource clock) {
    this.calendars = calendars;
    this.clock = clock;
  }

  Response apply(Request request) {
    new Constraints().required("calendarNames", request.calendarNames()).check();
    Instant time = request.atTime().map(GetCalendarState::parse).orElseGet(clock::instant);
    List<Calendars.Closed> periods =
        request.calendarNames().orElseThrow().stream()
            .flatMap(name -> calendars.closedPeriods(name).stream())
            .toList();
    return new Response(
        Calendars.isOpen(periods, time) ? "OPEN" : "CLOSED",
        format(time),
        Calendars.nextTransition(periods, time).map(GetCalendarState::format));
  }

  private static Instant parse(String time) {
    try {
      return OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeParseException e) {
      throw AwsException.validation("AtTime must be an ISO 8601 time, not '%s'.".formatted(time));
    }
  }

  private static String format(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
