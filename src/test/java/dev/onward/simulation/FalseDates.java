package dev.onward.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;

/**
 * Dates that answers of Parameter Store never have. A date that is off by about an hour is off by
 * more than any process's clock is, and each by a time of its own: a clock and a store that lie
 * alike, by chance, cannot be told from two that are right.
 */
final class FalseDates {
  private static final Duration SHORTEST = Duration.ofMinutes(65);
  private static final Duration LONGEST = Duration.ofMinutes(95);

  private FalseDates() {}

  static Instant drawn(Instant now, SeededRandom chance) {
    return switch (chance.below(4)) {
      case 0 -> Instant.parse("2099-01-01T00:00:00Z");
      case 1 -> Instant.EPOCH;
      case 2 -> now.minusNanos(chance.between(SHORTEST, LONGEST));
      default -> now.plusNanos(chance.between(SHORTEST, LONGEST));
    };
  }

  /** The same answer, dated otherwise. */
  @SuppressWarnings("unchecked") // the answer is replaced by one of its own class
  static <T> T dated(T answer, Instant date) {
    var page = (GetParametersByPathResponse) answer;
    var http = page.sdkHttpResponse().toBuilder();
    http.putHeader(
        "Date", DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC).format(date));
    return (T) page.toBuilder().sdkHttpResponse(http.build()).build();
  }
}
