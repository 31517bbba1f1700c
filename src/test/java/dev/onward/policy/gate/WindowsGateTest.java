package dev.onward.policy.gate;

import static dev.onward.policy.gate.Judged.at;
import static dev.onward.policy.gate.WindowTimes.window;
import static dev.onward.policy.gate.WindowTimes.windows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.InvalidValueException;
import dev.onward.policy.Verdict;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Windows in ordinary weeks; {@link WindowClockChangeTest} has the nights when clocks change. */
class WindowsGateTest {
  private static final WindowsGate OFFICE_HOURS = gate("MON-FRI 09:00-17:00 Europe/London");

  @Test
  void passesInsideOfAWindowAndSaysHowLongItIsOpen() {
    assertThat(judge(OFFICE_HOURS, "2026-06-02T12:00:00Z"))
        .isEqualTo(
            Verdict.passed(
                "windows", "a window is open until Tue 17:00 Europe/London (Tue 16:00 UTC)"));
  }

  @Test
  void holdsOutsideAndSaysWhenTheNextOneOpens() {
    assertThat(judge(OFFICE_HOURS, "2026-06-01T20:00:00Z"))
        .isEqualTo(
            Verdict.heldUntil(
                "windows",
                "outside of the windows; "
                    + "the next one opens Tue 09:00 Europe/London (Tue 08:00 UTC)",
                at("2026-06-02T08:00:00Z")));
  }

  @Test
  void isOpenFromItsFirstMomentUntilBeforeItsEnd() {
    assertThat(passes(OFFICE_HOURS, "2026-06-02T07:59:59.999999999Z")).isFalse();
    assertThat(passes(OFFICE_HOURS, "2026-06-02T08:00:00Z")).isTrue();
    assertThat(passes(OFFICE_HOURS, "2026-06-02T15:59:59.999999999Z")).isTrue();
    assertThat(passes(OFFICE_HOURS, "2026-06-02T16:00:00Z")).isFalse();
  }

  @Test
  void afterFridaysEndTheNextOneOpensOnMonday() {
    assertThat(judge(OFFICE_HOURS, "2026-06-05T16:00:00Z"))
        .isEqualTo(
            Verdict.heldUntil(
                "windows",
                "outside of the windows; "
                    + "the next one opens Mon 09:00 Europe/London (Mon 08:00 UTC)",
                at("2026-06-08T08:00:00Z")));
  }

  @Test
  void anOvernightWindowBelongsToTheDayOnWhichItOpens() {
    var gate = gate("FRI 22:00-04:00 UTC");

    assertThat(passes(gate, "2026-06-05T21:59:59Z")).isFalse();
    assertThat(passes(gate, "2026-06-05T22:00:00Z")).isTrue();
    assertThat(passes(gate, "2026-06-06T03:59:59Z")).isTrue();
    assertThat(passes(gate, "2026-06-06T04:00:00Z")).isFalse();
    assertThat(passes(gate, "2026-06-05T03:00:00Z")).as("Thursday's night").isFalse();
  }

  @Test
  void aWindowFromATimeToTheSameTimeIsOpenForTheWholeDay() {
    var gate = gate("SAT 06:00-06:00 UTC");

    assertThat(passes(gate, "2026-06-06T05:59:59Z")).isFalse();
    assertThat(passes(gate, "2026-06-06T06:00:00Z")).isTrue();
    assertThat(passes(gate, "2026-06-07T05:59:59Z")).isTrue();
    assertThat(passes(gate, "2026-06-07T06:00:00Z")).isFalse();
  }

  @Test
  void inUtcTheTimeIsSaidOnce() {
    assertThat(judge(gate("TUE 09:00-17:00 UTC"), "2026-06-01T20:00:00Z").reason())
        .isEqualTo("outside of the windows; the next one opens Tue 09:00 UTC");
  }

  @Test
  void aWeekAwayTheDateIsSaid() {
    assertThat(judge(gate("TUE 09:00-10:00 Asia/Tokyo"), "2026-06-02T01:30:00Z").reason())
        .isEqualTo(
            "outside of the windows; the next one opens "
                + "Tue 2026-06-09 09:00 Asia/Tokyo (Tue 2026-06-09 00:00 UTC)");
  }

  @Test
  void theDayOfTheZoneMayBeAnotherThanThatOfUtc() {
    assertThat(judge(gate("TUE 08:00-10:00 Asia/Tokyo"), "2026-06-01T12:00:00Z"))
        .isEqualTo(
            Verdict.heldUntil(
                "windows",
                "outside of the windows; the next one opens Tue 08:00 Asia/Tokyo (Mon 23:00 UTC)",
                at("2026-06-01T23:00:00Z")));
  }

  @Test
  void ofSeveralWindowsAnyMayBeOpenAndTheNextOneCounts() {
    var gate =
        gate(
            "MON-FRI 09:00-12:00 Europe/London",
            "MON-FRI 11:00-13:00 Europe/London",
            "TUE 07:00-08:00 UTC");

    assertThat(judge(gate, "2026-06-01T10:30:00Z").reason())
        .isEqualTo("a window is open until Mon 13:00 Europe/London (Mon 12:00 UTC)");
    assertThat(judge(gate, "2026-06-01T20:00:00Z").reason())
        .isEqualTo("outside of the windows; the next one opens Tue 07:00 UTC");
  }

  @Test
  void windowsThatCouldNeverOpenAreRefused() {
    assertThatThrownBy(() -> new WindowsGate(List.of())).isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(
            () -> new Window(new TreeSet<>(), LocalTime.MIDNIGHT, LocalTime.NOON, ZoneOffset.UTC))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void aWindowKeepsItsOwnDays() {
    var days = new TreeSet<>(List.of(DayOfWeek.MONDAY));
    var window = new Window(days, LocalTime.MIDNIGHT, LocalTime.NOON, ZoneOffset.UTC);
    days.clear();

    assertThat(window).isEqualTo(window("MON 00:00-12:00 Z"));
  }

  private static WindowsGate gate(String... windows) {
    return new WindowsGate(windows(windows));
  }

  private static boolean passes(WindowsGate gate, String moment) {
    return judge(gate, moment).passed();
  }

  private static Verdict judge(WindowsGate gate, String moment) {
    var judged = new Judged();
    judged.now = at(moment);
    return judged.by(gate);
  }
}
