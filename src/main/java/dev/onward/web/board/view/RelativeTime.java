package dev.onward.web.board.view;

import dev.onward.plan.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * A moment as a page shows it: relative to now, with the exact one at hand. Where scripts run, the
 * page tells it in the reader's zone and keeps it up to date.
 *
 * <p>The texts are made when they are asked for: a page has thousands of moments and shows few.
 *
 * @param now when the page was made
 */
record RelativeTime(Instant at, Instant now) {
  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("EEE d MMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final long DAYS_A_YEAR = 365;

  static RelativeTime of(Instant at, Instant now) {
    return new RelativeTime(at, now);
  }

  /** For machines. */
  public String iso() {
    return at.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** For people, in UTC. */
  public String exact() {
    return EXACT.format(at);
  }

  /** Such as {@code 3 min ago} or {@code in 2 h 5 min}. */
  public String relative() {
    return relative(at, now);
  }

  static Optional<RelativeTime> of(Optional<Instant> at, Instant now) {
    return at.map(it -> of(it, now));
  }

  private static String relative(Instant at, Instant now) {
    Duration since = Duration.between(at, now);
    return since.isNegative() ? "in " + left(since.negated()) : ago(since);
  }

  /** The two largest units, rounded up: a hold of 2 h just said ends in 2 h, not in 1 h. */
  private static String left(Duration duration) {
    if (duration.toDays() > 2 * DAYS_A_YEAR) {
      return rough(duration);
    }
    Duration minutes = roundedUp(duration, ChronoUnit.MINUTES);
    return Words.of(minutes.toMinutes() > 1 ? minutes : roundedUp(duration, ChronoUnit.SECONDS));
  }

  private static Duration roundedUp(Duration duration, ChronoUnit unit) {
    Duration whole = duration.truncatedTo(unit);
    return whole.equals(duration) ? whole : whole.plus(1, unit);
  }

  private static String ago(Duration since) {
    return since.toSeconds() < 5 ? "just now" : rough(since) + " ago";
  }

  /** The largest unit alone; more is noise beside a release. */
  static String rough(Duration duration) {
    if (duration.toDays() > 2 * DAYS_A_YEAR) {
      return duration.toDays() / DAYS_A_YEAR + " years";
    }
    if (duration.toDays() >= 2) {
      return duration.toDays() + " d";
    }
    return duration.toHours() >= 1
        ? duration.toHours() + " h"
        : Words.of(duration.toMinutes() >= 1 ? duration.truncatedTo(ChronoUnit.MINUTES) : duration);
  }
}
