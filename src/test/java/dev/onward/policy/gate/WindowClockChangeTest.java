package dev.onward.policy.gate;

import static dev.onward.policy.gate.WindowTimes.window;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * When windows are open in the nights in which clocks change, to the minute. In 2026 London's go
 * from 01:00 to 02:00 on 29 March and from 02:00 to 01:00 on 25 October, both at 01:00 UTC; New
 * York's from 02:00 to 03:00 on 8 March at 07:00 UTC and from 02:00 to 01:00 on 1 November at 06:00
 * UTC. All four are Sundays.
 */
class WindowClockChangeTest {
  @Test
  void anHourThatLondonSkipsDoesNotOpen() {
    assertThat(openings("MON-SUN 01:00-02:00 Europe/London", "2026-03-28", 3))
        .containsExactly(
            "2026-03-28T01:00Z/2026-03-28T02:00Z", "2026-03-30T00:00Z/2026-03-30T01:00Z");
  }

  @Test
  void anHourThatNewYorkSkipsDoesNotOpen() {
    assertThat(openings("MON-SUN 02:00-03:00 America/New_York", "2026-03-07", 3))
        .containsExactly(
            "2026-03-07T07:00Z/2026-03-07T08:00Z", "2026-03-09T06:00Z/2026-03-09T07:00Z");
  }

  @Test
  void aWindowThatIsSwallowedIsNextOpenAWeekLater() {
    assertThat(window("SUN 01:00-02:00 Europe/London").opensAfter(moment("2026-03-28T00:00Z")))
        .isEqualTo(moment("2026-04-05T00:00Z"));
    assertThat(window("SUN 02:00-03:00 America/New_York").opensAfter(moment("2026-03-07T00:00Z")))
        .isEqualTo(moment("2026-03-15T06:00Z"));
  }

  @Test
  void aWindowWithinTheSkippedHourIsAnHourLaterByTheWallClock() {
    assertThat(openings("SUN 01:15-01:45 Europe/London", "2026-03-29", 1))
        .containsExactly("2026-03-29T01:15Z/2026-03-29T01:45Z");
    assertThat(openings("SUN 02:15-02:45 America/New_York", "2026-03-08", 1))
        .containsExactly("2026-03-08T07:15Z/2026-03-08T07:45Z");
  }

  @Test
  void aWindowThatOpensInTheSkippedHourOpensAnHourLater() {
    assertThat(openings("SUN 01:30-05:00 Europe/London", "2026-03-29", 1))
        .containsExactly("2026-03-29T01:30Z/2026-03-29T04:00Z");
    assertThat(openings("SUN 02:30-06:00 America/New_York", "2026-03-08", 1))
        .containsExactly("2026-03-08T07:30Z/2026-03-08T10:00Z");
  }

  @Test
  void aWindowThatWouldOpenInTheSkippedHourAndCloseBeforeThatIsMadeUpForDoesNotOpen() {
    assertThat(openings("SUN 01:30-02:15 Europe/London", "2026-03-29", 1)).isEmpty();
    assertThat(openings("SUN 02:30-03:15 America/New_York", "2026-03-08", 1)).isEmpty();
  }

  @Test
  void aWindowThatClosesInTheSkippedHourIsAsLongAsEver() {
    assertThat(openings("SUN 00:30-01:30 Europe/London", "2026-03-29", 1))
        .containsExactly("2026-03-29T00:30Z/2026-03-29T01:30Z");
    assertThat(openings("SUN 01:30-02:30 America/New_York", "2026-03-08", 1))
        .containsExactly("2026-03-08T06:30Z/2026-03-08T07:30Z");
  }

  @Test
  void anHourThatLondonsClocksShowTwiceIsOpenForBoth() {
    assertThat(openings("MON-SUN 01:00-02:00 Europe/London", "2026-10-24", 3))
        .containsExactly(
            "2026-10-24T00:00Z/2026-10-24T01:00Z",
            "2026-10-25T00:00Z/2026-10-25T02:00Z",
            "2026-10-26T01:00Z/2026-10-26T02:00Z");
  }

  @Test
  void anHourThatNewYorksClocksShowTwiceIsOpenForBoth() {
    assertThat(openings("MON-SUN 01:00-02:00 America/New_York", "2026-10-31", 3))
        .containsExactly(
            "2026-10-31T05:00Z/2026-10-31T06:00Z",
            "2026-11-01T05:00Z/2026-11-01T07:00Z",
            "2026-11-02T06:00Z/2026-11-02T07:00Z");
  }

  @Test
  void timesThatClocksShowTwiceAreTheFirstOfTheTwo() {
    assertThat(openings("SUN 01:15-01:45 Europe/London", "2026-10-25", 1))
        .containsExactly("2026-10-25T00:15Z/2026-10-25T00:45Z");
    assertThat(openings("SUN 00:30-01:30 Europe/London", "2026-10-25", 1))
        .containsExactly("2026-10-24T23:30Z/2026-10-25T00:30Z");
    assertThat(openings("SUN 01:30-02:30 America/New_York", "2026-11-01", 1))
        .containsExactly("2026-11-01T05:30Z/2026-11-01T07:30Z");
  }

  @Test
  void overnightWindowsAreAnHourShorterInSpring() {
    assertThat(openings("SAT 22:00-06:00 Europe/London", "2026-03-28", 2))
        .containsExactly("2026-03-28T22:00Z/2026-03-29T05:00Z");
    assertThat(openings("SAT 22:00-06:00 America/New_York", "2026-03-07", 3))
        .containsExactly("2026-03-08T03:00Z/2026-03-08T10:00Z");
  }

  @Test
  void overnightWindowsAreAnHourLongerInAutumn() {
    assertThat(openings("SAT 22:00-06:00 Europe/London", "2026-10-24", 3))
        .containsExactly("2026-10-24T21:00Z/2026-10-25T06:00Z");
    assertThat(openings("SAT 22:00-06:00 America/New_York", "2026-10-31", 3))
        .containsExactly("2026-11-01T02:00Z/2026-11-01T11:00Z");
  }

  @Test
  void wholeDaysAreOfTwentyThreeAndTwentyFiveHours() {
    assertThat(openings("SUN 00:00-00:00 Europe/London", "2026-03-28", 3))
        .containsExactly("2026-03-29T00:00Z/2026-03-29T23:00Z");
    assertThat(openings("SUN 00:00-00:00 America/New_York", "2026-10-31", 4))
        .containsExactly("2026-11-01T04:00Z/2026-11-02T05:00Z");
  }

  @Test
  void everyDayAllDayIsAlwaysOpen() {
    assertThat(openings("MON-SUN 01:30-01:30 Europe/London", "2026-03-27", 4)).hasSize(1);
    assertThat(openings("MON-SUN 01:30-01:30 Europe/London", "2026-10-23", 4)).hasSize(1);
    assertThat(openings("MON-SUN 00:00-00:00 America/New_York", "2026-03-06", 4)).hasSize(1);
    assertThat(openings("MON-SUN 00:00-00:00 America/New_York", "2026-10-30", 4)).hasSize(1);
  }

  @Test
  void onTheMondayAfterTheChangeItOpensAtTheSameTimeByTheWallClock() {
    Window london = window("MON 09:00-17:00 Europe/London");
    assertThat(london.opensAfter(moment("2026-03-28T12:00Z")))
        .isEqualTo(moment("2026-03-30T08:00Z"));
    assertThat(london.opensAfter(moment("2026-10-24T12:00Z")))
        .isEqualTo(moment("2026-10-26T09:00Z"));

    Window newYork = window("MON 09:00-17:00 America/New_York");
    assertThat(newYork.opensAfter(moment("2026-03-07T12:00Z")))
        .isEqualTo(moment("2026-03-09T13:00Z"));
    assertThat(newYork.opensAfter(moment("2026-10-31T12:00Z")))
        .isEqualTo(moment("2026-11-02T14:00Z"));
  }

  @Test
  void aMidnightThatDoesNotExistIsAnHourLater() {
    assertThat(openings("SUN 00:00-12:00 Africa/Cairo", "2026-04-24", 1)).isEmpty();
    assertThat(openings("FRI 00:00-12:00 Africa/Cairo", "2026-04-23", 2))
        .containsExactly("2026-04-23T22:00Z/2026-04-24T09:00Z");
  }

  @Test
  void aDayThatAZoneSkipsIsOpenOnTheNextOne() {
    assertThat(openings("FRI 09:00-17:00 Pacific/Apia", "2011-12-29", 4))
        .containsExactly("2011-12-30T19:00Z/2011-12-31T03:00Z");
    assertThat(openings("THU 22:00-06:00 Pacific/Apia", "2011-12-29", 4))
        .containsExactly("2011-12-30T08:00Z/2011-12-30T16:00Z");
  }

  /** Found by asking at every minute of some UTC days and of the two hours before. */
  private static List<String> openings(String text, String firstDay, int days) {
    Window window = window(text);
    Instant day = moment(firstDay + "T00:00Z");
    Instant start = day.minus(Duration.ofHours(2));
    Instant end = day.plus(Duration.ofDays(days));
    var found = new ArrayList<String>();
    Instant opened = null;
    for (Instant at = start; !at.isAfter(end); at = at.plusSeconds(60)) {
      boolean open = window.openUntil(at).isPresent() && at.isBefore(end);
      if (open && opened == null) {
        opened = at;
      } else if (!open && opened != null) {
        found.add(shown(opened) + "/" + shown(at));
        opened = null;
      }
    }
    return found;
  }

  private static String shown(Instant at) {
    return at.toString().replace(":00Z", "Z");
  }

  private static Instant moment(String text) {
    return Instant.parse(text.replace("Z", ":00Z"));
  }
}
