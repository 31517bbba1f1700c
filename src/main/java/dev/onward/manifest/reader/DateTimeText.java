package dev.onward.manifest.reader;

import dev.onward.model.InvalidValueException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import java.util.regex.Pattern;

/** Dates with times of day, by the wall clock of a time zone: {@code 2026-12-18T17:00}. */
final class DateTimeText {
  static final String ALLOWED =
      "a date and time such as 2026-12-18T17:00, without an offset: timezone says where";

  private static final Pattern FORM =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(?::\\d{2})?");

  private DateTimeText() {}

  static LocalDateTime parse(String text, ZoneId zone) {
    if (!FORM.matcher(text).matches()) {
      throw invalid(text, ALLOWED);
    }
    LocalDateTime time = existing(text);
    gap(time, zone)
        .ifPresent(
            gap -> {
              throw invalid(
                  text,
                  "a time that exists in %s, where the clocks go forward from %s to %s"
                      .formatted(zone, gap.getDateTimeBefore(), gap.getDateTimeAfter()));
            });
    return time;
  }

  private static LocalDateTime existing(String text) {
    try {
      return LocalDateTime.parse(text);
    } catch (DateTimeException e) {
      throw invalid(text, "a date that exists, with a time from 00:00 to 23:59");
    }
  }

  private static Optional<ZoneOffsetTransition> gap(LocalDateTime time, ZoneId zone) {
    return Optional.ofNullable(zone.getRules().getTransition(time))
        .filter(ZoneOffsetTransition::isGap);
  }

  private static InvalidValueException invalid(String text, String allowed) {
    return new InvalidValueException("date and time", text, allowed);
  }
}
