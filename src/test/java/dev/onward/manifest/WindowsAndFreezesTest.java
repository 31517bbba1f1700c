package dev.onward.manifest;

import static dev.onward.manifest.GateTexts.gates;
import static dev.onward.manifest.GateTexts.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.policy.gate.FreezesGate;
import dev.onward.policy.gate.PlannedFreeze;
import dev.onward.policy.gate.Window;
import dev.onward.policy.gate.WindowsGate;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows and freezes, and with them clocks, calendars and time zones. */
class WindowsAndFreezesTest {
  private static final String FREEZE = "{from: 2026-01-01T00:00, to: 2026-01-02T00:00, reason: x}";
  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final SortedSet<DayOfWeek> EVERY_DAY =
      Collections.unmodifiableSortedSet(new TreeSet<>(List.of(DayOfWeek.values())));

  @Test
  void aWindowOpensEveryDayInUtcUnlessItSaysOtherwise() {
    assertThat(windows("{from: \"22:00\", to: \"02:00\"}"))
        .containsExactly(new Window(EVERY_DAY, LocalTime.of(22, 0), LocalTime.of(2, 0), UTC));
  }

  @Test
  void aWindowMayLastToTheEndOfTheDay() {
    assertThat(windows("{from: \"09:00\", to: \"24:00\"}, {from: \"00:00\", to: \"24:00\"}"))
        .containsExactly(
            new Window(EVERY_DAY, LocalTime.of(9, 0), LocalTime.MIDNIGHT, UTC),
            new Window(EVERY_DAY, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, UTC));
  }

  @Test
  void timesNeedNoQuotes() {
    assertThat(windows("{from: 09:00, to: 16:30}, {from: 01:00, to: 24:00}"))
        .isEqualTo(windows("{from: '09:00', to: '16:30'}, {from: '01:00', to: '24:00'}"));
    assertThat(gates("windows:\n  - from: 10:00\n    to: 16:00"))
        .isEqualTo(gates("windows:\n  - from: '10:00'\n    to: '16:00'"));
  }

  @Test
  void datesNeedNoQuotes() {
    assertThat(freezes("{from: 2026-12-18T17:00:30, to: 2027-01-04T09:00, reason: Christmas}"))
        .isEqualTo(
            freezes("{from: '2026-12-18T17:00:30', to: '2027-01-04T09:00', reason: Christmas}"));
  }

  @Test
  void noFreezeNeedBePlanned() {
    assertThat(gates("freezes: []")).containsExactly(new FreezesGate(List.of()));
  }

  @Test
  void aFreezeLongPastIsFine() {
    assertThat(freezes("{from: 1999-12-31T00:00, to: 2000-01-02T00:00, reason: Y2K}"))
        .containsExactly(
            new PlannedFreeze(
                ZonedDateTime.of(1999, 12, 31, 0, 0, 0, 0, UTC),
                ZonedDateTime.of(2000, 1, 2, 0, 0, 0, 0, UTC),
                "Y2K"));
  }

  @Test
  void whereATimeComesTwiceAFreezeIsRatherLongerThanShorter() {
    PlannedFreeze freeze =
        freezes(
                "{from: 2026-10-25T01:15, to: 2026-10-25T01:30, timezone: Europe/London, reason: x}")
            .getFirst();
    assertThat(freeze.from()).isEqualTo(ZonedDateTime.parse("2026-10-25T01:15+01:00"));
    assertThat(freeze.to()).isEqualTo(ZonedDateTime.parse("2026-10-25T01:30+00:00"));
    assertThat(freeze.to().getZone()).isEqualTo(LONDON);
  }

  @Test
  void thereMayBeMany() {
    assertThat(windows(repeated(20, "{from: '01:00', to: '02:00'}"))).hasSize(20);
    assertThat(freezes(repeated(100, FREEZE))).hasSize(100);
    assertThat(problems("windows: [%s]".formatted(repeated(21, "{from: '01:00', to: '02:00'}"))))
        .containsExactly(
            "error: 8.windows: found a list of 21; allowed: a list of 1 to 20 windows");
    assertThat(problems("freezes: [%s]".formatted(repeated(101, FREEZE))))
        .containsExactly(
            "error: 8.freezes: found a list of 101; allowed: a list of 0 to 100 freezes");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          []                                             | : found an empty list; allowed: a list of 1 to 20 windows
          always                                         | : found 'always'; allowed: a list of 1 to 20 windows
          [{from: 09:00, to: 09:00}]                     | [0]: found a window from 09:00 to 09:00; allowed: two different times; for 24 hours leave the window out, or write 00:00 to 24:00
          [{from: 00:00, to: 00:00}]                     | [0]: found a window from 00:00 to 00:00; allowed: two different times; for 24 hours leave the window out, or write 00:00 to 24:00
          [{from: 09:00, to: 10:00, days: []}]           | [0].days: found an empty list; allowed: a list of 1 to 7 days
          [{from: 09:00, to: 10:00, days: mon}]          | [0].days: found 'mon'; allowed: a list of 1 to 7 days
          [{from: 09:00, to: 10:00, days: [monday]}]     | [0].days[0]: found 'monday'; allowed: mon, tue, wed, thu, fri, sat or sun
          [{from: 09:00, to: 10:00, days: [Mon]}]        | [0].days[0]: found 'Mon'; allowed: mon, tue, wed, thu, fri, sat or sun (did you mean mon?)
          [{to: 10:00}]                                  | [0].from: found nothing; allowed: a time from "00:00" to "23:59"
          [{from: 10:00}]                                | [0].to: found nothing; allowed: a time from "00:00" to "24:00"
          [{from: 25:00, to: 10:00}]                     | [0].from: found '25:00'; allowed: a time from "00:00" to "23:59"
          [{from: 24:00, to: 10:00}]                     | [0].from: found '24:00'; allowed: a time from "00:00" to "23:59"
          [{from: 09:60, to: 10:00}]                     | [0].from: found '09:60'; allowed: a time from "00:00" to "23:59"
          [{from: 9:00, to: 10:00}]                      | [0].from: found '9:00'; allowed: a time from "00:00" to "23:59"
          [{from: 9am, to: 10:00}]                       | [0].from: found '9am'; allowed: a time from "00:00" to "23:59"
          [{from: 540, to: 10:00}]                       | [0].from: found the number 540; allowed: a time from "00:00" to "23:59"
          [{from: 09:00, to: 24:01}]                     | [0].to: found '24:01'; allowed: a time from "00:00" to "24:00"
          [{from: 09:00, to: 25:00}]                     | [0].to: found '25:00'; allowed: a time from "00:00" to "24:00"
          [{from: 09:00, to: 10:00:00}]                  | [0].to: found '10:00:00'; allowed: a time from "00:00" to "24:00"
          [{from: 09:00, to: 10:00, timezone: Europe/Londno}] | [0].timezone: found 'Europe/Londno'; allowed: a time zone's name such as Europe/London, or UTC (did you mean Europe/London?)
          [{from: 09:00, to: 10:00, timezone: london}]   | [0].timezone: found 'london'; allowed: a time zone's name such as Europe/London, or UTC (did you mean Europe/London?)
          [{from: 09:00, to: 10:00, timezone: New York}] | [0].timezone: found 'New York'; allowed: a time zone's name such as Europe/London, or UTC (did you mean America/New_York?)
          [{from: 09:00, to: 10:00, timezone: +01:00}]   | [0].timezone: found '+01:00'; allowed: a time zone's name such as Europe/London, or UTC
          [{from: 09:00, to: 10:00, timezone: UTC+1}]    | [0].timezone: found 'UTC+1'; allowed: a time zone's name such as Europe/London, or UTC
          [{from: 09:00, to: 10:00, timezone: EST}]      | [0].timezone: found 'EST'; allowed: a time zone's name such as Europe/London, or UTC
          [{from: 09:00, to: 10:00, timezone: }]         | [0].timezone: found nothing; allowed: a time zone's name such as Europe/London, or UTC
          [{from: 09:00, to: 10:00, time_zone: UTC}]     | [0].time_zone: found an unknown key; allowed: days, from, to, timezone (did you mean timezone?)
          [{from: 09:00, to: 10:00, reason: x}]          | [0].reason: found an unknown key; allowed: days, from, to, timezone
          [mon]                                          | [0]: found 'mon'; allowed: a map with days, from, to and timezone
          """)
  void aWindowThatCannotBeMeantIsRefused(String windows, String problem) {
    assertThat(problems("windows: " + windows)).containsExactly("error: 8.windows" + problem);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {to: 2027-01-04T09:00, reason: x}                         | .from: found nothing; allowed: a date and time such as 2026-12-18T17:00, without an offset: timezone says where
          {from: 2026-12-18T17:00, reason: x}                       | .to: found nothing; allowed: a date and time such as 2026-12-18T17:00, without an offset: timezone says where
          {from: 2026-12-18, to: 2027-01-04T09:00, reason: x}       | .from: found '2026-12-18'; allowed: a date and time such as 2026-12-18T17:00, without an offset: timezone says where
          {from: 2026-12-18 17:00, to: 2027-01-04T09:00, reason: x} | .from: found '2026-12-18 17:00'; allowed: a date and time such as 2026-12-18T17:00, without an offset: timezone says where
          {from: 2026-12-18T17:00Z, to: 2027-01-04T09:00, reason: x} | .from: found '2026-12-18T17:00Z'; allowed: a date and time such as 2026-12-18T17:00, without an offset: timezone says where
          {from: 2026-04-31T17:00, to: 2027-01-04T09:00, reason: x} | .from: found '2026-04-31T17:00'; allowed: a date that exists, with a time from 00:00 to 23:59
          {from: 2026-02-29T17:00, to: 2027-01-04T09:00, reason: x} | .from: found '2026-02-29T17:00'; allowed: a date that exists, with a time from 00:00 to 23:59
          {from: 2026-12-18T25:00, to: 2027-01-04T09:00, reason: x} | .from: found '2026-12-18T25:00'; allowed: a date that exists, with a time from 00:00 to 23:59
          {from: 2026-12-18T17:00, to: 2027-01-04T24:00, reason: x} | .to: found '2027-01-04T24:00'; allowed: a date that exists, with a time from 00:00 to 23:59
          {from: 2026-12-18T17:00, to: 2026-12-18T17:00, reason: x} | : found a freeze from 2026-12-18T17:00 to 2026-12-18T17:00; allowed: a time after from as its to
          {from: 2026-12-18T17:00, to: 2026-01-04T09:00, reason: x} | : found a freeze from 2026-12-18T17:00 to 2026-01-04T09:00; allowed: a time after from as its to
          {from: 2026-12-18T17:00, to: 2027-01-04T09:00}            | .reason: found nothing; allowed: a reason of 1 to 200 characters on one line
          {from: 2026-12-18T17:00, to: 2027-01-04T09:00, reason: }  | .reason: found nothing; allowed: a reason of 1 to 200 characters on one line
          {from: 2026-12-18T17:00, to: 2027-01-04T09:00, reason: x, timezone: Mars/Olympus} | .timezone: found 'Mars/Olympus'; allowed: a time zone's name such as Europe/London, or UTC
          {from: 2026-12-18T17:00, to: 2027-01-04T09:00, reason: x, days: [mon]} | .days: found an unknown key; allowed: timezone, from, to, reason
          {from: 2026-03-29T01:30, to: 2026-04-01T09:00, reason: x, timezone: Europe/London} | .from: found '2026-03-29T01:30'; allowed: a time that exists in Europe/London, where the clocks go forward from 2026-03-29T01:00 to 2026-03-29T02:00
          {from: 2026-03-01T01:30, to: 2026-03-29T01:00, reason: x, timezone: Europe/London} | .to: found '2026-03-29T01:00'; allowed: a time that exists in Europe/London, where the clocks go forward from 2026-03-29T01:00 to 2026-03-29T02:00
          {from: 2026-10-25T01:30, to: 2026-10-25T01:30, reason: x, timezone: Europe/London} | : found a freeze from 2026-10-25T01:30 to 2026-10-25T01:30; allowed: a time after from as its to
          Christmas                                                 | : found 'Christmas'; allowed: a map with from, to, timezone and reason
          """)
  void aFreezeThatCannotBeMeantIsRefused(String freeze, String problem) {
    assertThat(problems("freezes: [%s]".formatted(freeze)))
        .containsExactly("error: 8.freezes[0]" + problem);
  }

  @Test
  void theEdgesOfASpringNightExist() {
    assertThat(
            freezes(
                "{from: 2026-03-29T00:59, to: 2026-03-29T02:00, timezone: Europe/London, reason:"
                    + " x}"))
        .containsExactly(
            new PlannedFreeze(
                ZonedDateTime.of(2026, 3, 29, 0, 59, 0, 0, LONDON),
                ZonedDateTime.of(2026, 3, 29, 2, 0, 0, 0, LONDON),
                "x"));
  }

  private static String repeated(int times, String item) {
    return String.join(", ", Collections.nCopies(times, item));
  }

  private static List<Window> windows(String items) {
    return gates("windows: [%s]".formatted(items)).stream()
        .flatMap(gate -> ((WindowsGate) gate).windows().stream())
        .toList();
  }

  private static List<PlannedFreeze> freezes(String items) {
    return gates("freezes: [%s]".formatted(items)).stream()
        .flatMap(gate -> ((FreezesGate) gate).planned().stream())
        .toList();
  }
}
