package dev.onward.web.api.replay;

import dev.onward.manifest.reader.DurationParser;
import dev.onward.model.InvalidValueException;
import dev.onward.plan.replay.ReplayAssumptions;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What is to be replayed.
 *
 * @param limit how many releases of the history are read, newest first
 */
public record ReplayRequest(Instant from, Instant to, ReplayAssumptions assumptions, int limit) {
  static final int MAX_LIMIT = 2000;
  static final Duration LONGEST = Duration.ofDays(366);
  static final Duration DEFAULT_LENGTH = Duration.ofDays(30);

  /** Query parameters as they came; those that are absent have their defaults. */
  public static ReplayRequest of(
      Optional<String> from,
      Optional<String> to,
      Optional<String> approvedAfter,
      String withPeople,
      String limit,
      Instant now) {
    Instant end =
        to.map(text -> instant("to", text)).orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS));
    Instant start =
        from.map(text -> instant("from", text)).orElseGet(() -> end.minus(DEFAULT_LENGTH));
    if (!start.isBefore(end) || start.plus(LONGEST).isBefore(end)) {
      throw new InvalidValueException(
          "from", start.toString(), "a moment up to %s before 'to', %s".formatted(days(), end));
    }
    return new ReplayRequest(
        start,
        end,
        new ReplayAssumptions(approvedAfter.map(ReplayRequest::duration), flag(withPeople)),
        limit(limit));
  }

  private static String days() {
    return LONGEST.toDays() + " days";
  }

  private static Instant instant(String name, String text) {
    String allowed = "a moment such as 2026-03-02T10:00:00Z, after 1970 and before 3000";
    try {
      Instant instant = Instant.parse(text);
      if (instant.isAfter(Instant.EPOCH)
          && instant.isBefore(Instant.parse("3000-01-01T00:00:00Z"))) {
        return instant;
      }
    } catch (DateTimeParseException e) {
      // As below.
    }
    throw new InvalidValueException(name, text, allowed);
  }

  private static Duration duration(String text) {
    try {
      return DurationParser.parse(text, LONGEST);
    } catch (InvalidValueException e) {
      throw new InvalidValueException("approved_after", text, e.allowed());
    }
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new InvalidValueException("with_people", text, "true or false");
    };
  }

  private static int limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // As below.
    }
    throw new InvalidValueException("limit", text, "a whole number from 1 to " + MAX_LIMIT);
  }
}
