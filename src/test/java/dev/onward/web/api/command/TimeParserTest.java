package dev.onward.web.api.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onward.model.InvalidValueException;
import dev.onward.web.api.replay.ReplayRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations in requests are those of manifests. */
class TimeParserTest {
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "2h, PT2H",
    "1d12h, PT36H",
    "1h30m, PT1H30M",
    "90s, PT1M30S",
    "P1D, PT24H",
    "PT5M, PT5M"
  })
  void anEndIsADurationFromNowByTheGrammarOfManifests(String text, Duration expected) {
    assertThat(TimeParser.end(text, Optional.empty(), NOW)).isEqualTo(NOW.plus(expected));
    assertThat(
            ReplayRequest.of(
                    Optional.empty(), Optional.empty(), Optional.of(text), "false", "500", NOW)
                .assumptions()
                .approvedAfter())
        .contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"30m1h", "1h1h", "2H", "30", "5w", "P", "PT-5M", "0s", "9999d", "1d 12h"})
  void whatIsNoDurationIsRefusedAsOneWithWhatIsAllowed(String text) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> TimeParser.end(text, Optional.empty(), NOW))
        .satisfies(e -> assertThat(e.allowed()).startsWith("a duration"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\t", " ", "", "\u00a0"})
  void aBlankIsNoDuration(String text) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(
            () ->
                ReplayRequest.of(
                    Optional.empty(), Optional.empty(), Optional.of(text), "false", "500", NOW));
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> TimeParser.end(text, Optional.empty(), NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-12-24T18:00:00Z", "2026-12-24T18:00+01:00"})
  void aMomentIsAnEndToo(String text) {
    assertThat(TimeParser.end(text, Optional.empty(), NOW)).isAfter(NOW);
  }
}
