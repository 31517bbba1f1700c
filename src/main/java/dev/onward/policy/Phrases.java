package dev.onward.policy;

import dev.onward.model.DurationFormat;
import dev.onward.model.Requester;
import dev.onward.model.ServiceId;
import dev.onward.model.intervention.Attribution;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The parts of the sentences in which gates give their reasons. Times are in UTC. */
public final class Phrases {
  private static final int SERVICES_NAMED = 5;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ENGLISH);
  private static final DateTimeFormatter DATE_AND_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ENGLISH);

  private Phrases() {}

  /** The two largest units, such as {@code 2 h 10 min}. */
  public static String duration(Duration duration) {
    return DurationFormat.of(duration);
  }

  /** {@code at 14:05 UTC}, {@code tomorrow at 00:05 UTC} or {@code at 2027-01-04 09:00 UTC}. */
  public static String at(Instant time, Instant now) {
    ZonedDateTime then = toTheNextMinute(time);
    return isTomorrow(then, now) ? "tomorrow at " + TIME.format(then) : "at " + moment(then, now);
  }

  /** {@code until 14:05 UTC}, {@code until tomorrow 00:05 UTC} or with the date. */
  public static String until(Instant time, Instant now) {
    return "until " + moment(toTheNextMinute(time), now);
  }

  /** {@code since 10:02 UTC}, with the date unless that is today. */
  public static String since(Instant time, Instant now) {
    return "since " + moment(time.atZone(ZoneOffset.UTC), now);
  }

  /** {@code by Alice since 10:02 UTC: reason}, with the end where there is one. */
  public static String attribution(Attribution intervention, Instant now) {
    return attribution(intervention, intervention.at(), now);
  }

  /**
   * As {@link #attribution(Attribution, Instant)}, for an intervention that takes effect at another
   * time than it was recorded.
   */
  public static String attribution(Attribution intervention, Instant since, Instant now) {
    String end = intervention.until().map(until -> " " + until(until, now)).orElse("");
    return "by %s %s%s: %s"
        .formatted(name(intervention.by()), since(since, now), end, intervention.reason());
  }

  public static String name(Requester person) {
    return person.name().isBlank() ? person.id() : person.name();
  }

  /** {@code Alice}, {@code Alice and Bob} or {@code Alice, Bob and Carol}. */
  public static String and(List<String> words) {
    return words.size() < 2
        ? String.join("", words)
        : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
  }

  /** The first few, and how many more there are. */
  public static String services(Collection<ServiceId> services) {
    String named =
        services.stream()
            .limit(SERVICES_NAMED)
            .map(ServiceId::value)
            .collect(Collectors.joining(", "));
    int more = services.size() - SERVICES_NAMED;
    return more > 0 ? "%s and %s more".formatted(named, more) : named;
  }

  /** Rounded up, so that the state has changed by the time that is shown. */
  private static ZonedDateTime toTheNextMinute(Instant time) {
    Instant minute = time.truncatedTo(ChronoUnit.MINUTES);
    Instant promised = minute.equals(time) ? minute : minute.plus(1, ChronoUnit.MINUTES);
    return promised.atZone(ZoneOffset.UTC);
  }

  private static String moment(ZonedDateTime then, Instant now) {
    if (then.toLocalDate().equals(today(now))) {
      return TIME.format(then);
    }
    return isTomorrow(then, now) ? "tomorrow " + TIME.format(then) : DATE_AND_TIME.format(then);
  }

  private static boolean isTomorrow(ZonedDateTime then, Instant now) {
    return then.toLocalDate().equals(today(now).plusDays(1));
  }

  private static LocalDate today(Instant now) {
    return LocalDate.ofInstant(now, ZoneOffset.UTC);
  }
}
