package dev.onward.manifest.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onward.model.InvalidValueException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationParserTest {

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "0s, PT0S",
    "30s, PT30S",
    "90s, PT1M30S",
    "10m, PT10M",
    "1h, PT1H",
    "1d, PT24H",
    "1h30m, PT1H30M",
    "1d2h3m4s, PT26H3M4S",
    "PT0.5S, PT0.5S",
    "P1DT1H, PT25H",
    "366d, PT8784H"
  })
  void isReadInUnitsOrAsIso8601(String text, Duration expected) {
    assertThat(DurationParser.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "s",
        "30 s",
        "30S",
        "1.5h",
        "-5s",
        "+5s",
        "30m1h",
        "1h1h",
        "5w",
        "100ms",
        "P",
        "PT",
        "PTS",
        "1:30",
        "٣s",
        "99999999999999999999s"
      })
  void anythingElseIsRefused(String text) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> DurationParser.parse(text))
        .satisfies(e -> assertThat(e.allowed()).isEqualTo(DurationParser.ALLOWED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"367d", "999999999d", "PT-1S", "P106751991167300D", "PT9223372036854775807S"})
  void isNeitherNegativeNorLongerThanAYear(String text) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> DurationParser.parse(text))
        .satisfies(e -> assertThat(e.allowed()).isEqualTo("a duration from 0s to 366d"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"30", "00", "1"})
  void aBareNumberIsAskedForItsUnit(String text) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> DurationParser.parse(text))
        .satisfies(
            e ->
                assertThat(e.allowed())
                    .isEqualTo(
                        "a duration with its unit: %1$ss, %1$sm, %1$sh or %1$sd".formatted(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0s", "0d", "PT0S", "P0D"})
  void noTimeIsRefusedWhereThereMustBeSome(String text) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> DurationParser.positive(text))
        .satisfies(e -> assertThat(e.allowed()).isEqualTo("a duration longer than 0s"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "999ms", "PT0.999S", "31s"})
  void keepsToItsBounds(String text) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(
            () ->
                DurationParser.parse(
                    text, Duration.ofSeconds(1), Duration.ofSeconds(30), "1s to 30s"));
  }
}
