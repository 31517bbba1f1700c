package dev.onward.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class DynamoDatesTest {
  @ParameterizedTest
  @CsvSource({
    "2019-07-10T10:44:02.272898Z, 2019-07-10T10:44:02.272898",
    "2019-07-10T10:44:02Z,        2019-07-10T10:44:02.000000",
    "2019-07-10T10:44:02.5Z,      2019-07-10T10:44:02.500000",
    "2019-07-10T00:00:00Z,        2019-07-10T00:00:00.000000",
    "2019-07-10T10:44:02.2728989Z,2019-07-10T10:44:02.272898",
  })
  void datesAlwaysHaveSixDigitsAndNoZone(Instant instant, String written) {
    assertThat(DynamoDates.format(instant)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({
    "2019-07-10T10:44:12.983539,       2019-07-10T10:44:12.983539Z",
    "2019-07-10T10:44:12,              2019-07-10T10:44:12Z",
    "2019-07-10 10:44:12.983539,       2019-07-10T10:44:12.983539Z",
    "2019-07-10T10:44:12.9,            2019-07-10T10:44:12.900Z",
    "2019-07-10T10:44,                 2019-07-10T10:44:00Z",
    "2019-07-10T10:44:12Z,             2019-07-10T10:44:12Z",
    "2019-07-10T10:44:12.983539+00:00, 2019-07-10T10:44:12.983539Z",
    "2019-07-10T12:44:12+02:00,        2019-07-10T10:44:12Z",
    "2019-07-10,                       2019-07-10T00:00:00Z",
    "' 2019-07-10T10:44:12 ',          2019-07-10T10:44:12Z",
    "1562755452,                       2019-07-10T10:44:12Z",
    "1562755452.983539,                2019-07-10T10:44:12.983539Z",
    "1562755452983,                    2019-07-10T10:44:12.983Z",
  })
  void everyFormThatTheOldToolMayHaveWrittenIsRead(String text, Instant expected) {
    assertThat(DynamoDates.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "yesterday",
        "2019-13-10T10:44:12",
        "2019-02-30",
        "10/07/2019",
        "NaN",
        "1e999999999",
        "999999999999999999999999",
        "2019-07-10T10:44:12 Europe/London",
        "-999999999999999999",
        "+10000-01-01T00:00:00",
        "+10000000-01-01T00:00:00",
        "0000-12-31T23:59:59",
        "-0001-01-01"
      })
  void whatIsNoDateIsNone(String text) {
    assertThat(DynamoDates.parse(text)).isEmpty();
  }

  @Test
  void aNumberAttributeIsUnixTime() {
    assertThat(DynamoDates.parse(AttributeValue.fromN("1562755452")))
        .contains(Instant.parse("2019-07-10T10:44:12Z"));
  }

  @Test
  void anAttributeOfAnotherTypeIsNone() {
    assertThat(DynamoDates.parse(AttributeValue.fromBool(true))).isEmpty();
    assertThat(DynamoDates.parse(AttributeValue.fromNul(true))).isEmpty();
  }

  @Test
  void whatIsWrittenIsReadBack() {
    Instant instant = Instant.parse("2026-03-01T12:00:00.000001Z");

    assertThat(DynamoDates.parse(DynamoDates.format(instant))).contains(instant);
  }
}
