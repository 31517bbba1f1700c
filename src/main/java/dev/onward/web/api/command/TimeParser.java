package dev.onward.web.api.command;

import dev.onward.manifest.reader.DurationParser;
import dev.onward.model.InvalidValueException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Moments as requests write them: {@code 2026-12-24T18:00:00Z}, {@code 2026-12-24T18:00+01:00}; or
 * {@code 2h}, reckoned from another moment.
 */
final class TimeParser {
  static final String MOMENT =
      "a moment with its offset, such as 2026-12-24T18:00:00Z or 2026-12-24T18:00+01:00";
  static final String MOMENT_OR_DURATION = MOMENT + "; or a duration, such as 30m, 2h or P1D";

  /** Whatever is said to last longer, lasts until somebody takes it back. */
  private static final Duration LONGEST = Duration.ofDays(3_660);

  /** What was meant as one: a moment begins with the four digits of its year and a hyphen. */
  private static final Pattern DURATION = Pattern.compile("P.*|[0-9]+(?:[A-Za-z].*)?");

  private TimeParser() {}

  static Instant moment(String text, Instant now) {
    try {
      return near(OffsetDateTime.parse(text).toInstant(), text, now);
    } catch (DateTimeParseException e) {
      throw invalid(text, MOMENT);
    }
  }

  /**
   * When something ends, which must be to come.
   *
   * @param from what a duration is reckoned from; now, if absent
   */
  static Instant end(String text, Optional<Instant> from, Instant now) {
    Instant begins = from.orElse(now);
    Instant end =
        DURATION.matcher(text).matches()
            ? near(begins.plus(duration(text)), text, now)
            : endMoment(text, now);
    if (!end.isAfter(now)) {
      throw invalid(text, "a moment to come");
    }
    if (!end.isAfter(begins)) {
      throw invalid(text, "a moment after 'from'");
    }
    return end;
  }

  private static Instant endMoment(String text, Instant now) {
    try {
      return near(OffsetDateTime.parse(text).toInstant(), text, now);
    } catch (DateTimeParseException e) {
      throw invalid(text, MOMENT_OR_DURATION);
    }
  }

  private static Duration duration(String text) {
    try {
      return DurationParser.positive(text, LONGEST);
    } catch (InvalidValueException e) {
      throw invalid(text, e.allowed());
    }
  }

  private static Instant near(Instant time, String text, Instant now) {
    if (time.isAfter(now.plus(LONGEST)) || time.isBefore(now.minus(LONGEST))) {
      throw invalid(text, "a moment less than %s days away".formatted(LONGEST.toDays()));
    }
    return time;
  }

  private static InvalidValueException invalid(String text, String allowed) {
    return new InvalidValueException("moment", text, allowed);
  }
}
