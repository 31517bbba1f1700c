package dev.onward.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.Requester;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhrasesTest {
  private static final Instant NOON = at("12:00");

  @Test
  void durationsAreSaidAsPeopleWriteThem() {
    assertThat(Phrases.duration(Duration.ZERO)).isEqualTo("0 s");
    assertThat(Phrases.duration(Duration.ofSeconds(-5))).isEqualTo("0 s");
    assertThat(Phrases.duration(Duration.ofMinutes(23))).isEqualTo("23 min");
    assertThat(Phrases.duration(Duration.ofMinutes(60))).isEqualTo("1 h");
    assertThat(Phrases.duration(Duration.ofMinutes(130))).isEqualTo("2 h 10 min");
    assertThat(Phrases.duration(Duration.ofDays(3))).isEqualTo("3 d");
    assertThat(Phrases.duration(Duration.parse("P1DT2H3M4S"))).isEqualTo("1 d 2 h");
  }

  @Test
  void aMomentIsSaidWithItsDayUnlessThatIsToday() {
    assertThat(Phrases.at(at("23:59"), NOON)).isEqualTo("at 23:59 UTC");
    assertThat(Phrases.at(at("2026-11-24T00:00:00Z"), NOON)).isEqualTo("tomorrow at 00:00 UTC");
    assertThat(Phrases.at(at("2026-11-25T00:00:00Z"), NOON)).isEqualTo("at 2026-11-25 00:00 UTC");
    assertThat(Phrases.until(at("2026-11-24T09:00:00Z"), NOON))
        .isEqualTo("until tomorrow 09:00 UTC");
    assertThat(Phrases.since(at("2026-11-22T09:00:00Z"), NOON))
        .isEqualTo("since 2026-11-22 09:00 UTC");
  }

  @Test
  void aMinuteThatIsPromisedIsNotTooEarly() {
    assertThat(Phrases.at(at("12:05").plusNanos(1), NOON)).isEqualTo("at 12:06 UTC");
    assertThat(Phrases.until(at("23:59").plusSeconds(30), NOON))
        .isEqualTo("until tomorrow 00:00 UTC");
    assertThat(Phrases.since(at("10:02").plusSeconds(59), NOON)).isEqualTo("since 10:02 UTC");
  }

  @Test
  void peopleAreEnumerated() {
    assertThat(Phrases.and(List.of("Alice"))).isEqualTo("Alice");
    assertThat(Phrases.and(List.of("Alice", "Bob"))).isEqualTo("Alice and Bob");
    assertThat(Phrases.and(List.of("Alice", "Bob", "Carol"))).isEqualTo("Alice, Bob and Carol");
  }

  @Test
  void whoeverHasNoNameIsCalledById() {
    assertThat(Phrases.name(new Requester("arn:alice", ""))).isEqualTo("arn:alice");
  }

  private static Instant at(String time) {
    return Instant.parse(time.length() == 5 ? "2026-11-23T" + time + ":00Z" : time);
  }
}
