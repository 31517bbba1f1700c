package dev.onward.policy.gate;

import static dev.onward.policy.gate.Judged.at;
import static dev.onward.policy.gate.Judged.minutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.InvalidValueException;
import dev.onward.policy.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SoakGateTest {
  private final SoakGate gate = new SoakGate(Duration.ofHours(1));
  private final Judged judged = new Judged();

  @Test
  void holdsWhileTheReleaseSoaksAndSaysWhenItIsReady() {
    assertThat(judged.inSourceSince("11:37").by(gate))
        .isEqualTo(
            Verdict.heldUntil(
                "soak", "soaking in stage: 23 min of 1 h, ready at 12:37 UTC", at("12:37")));
  }

  @Test
  void passesFromTheMomentThatItHasSoakedLongEnough() {
    judged.inSourceSince("11:00");

    assertThat(judged.by(gate)).isEqualTo(Verdict.passed("soak", "soaked in stage for 1 h"));

    judged.now = judged.now.minusNanos(1);
    assertThat(judged.by(gate).passed()).isFalse();
  }

  @Test
  void aReleaseThatWasReplacedGoesOnItsLongestStay() {
    judged.replaced().inSource("08:00", "09:03").inSource("10:00", "10:05");

    assertThat(judged.by(gate)).isEqualTo(Verdict.passed("soak", "soaked in stage for 1 h 3 min"));
  }

  @Test
  void staysDoNotAddUp() {
    judged.inSource("10:00", "10:50").inSourceSince("11:30");

    assertThat(judged.by(gate))
        .isEqualTo(
            Verdict.heldUntil(
                "soak", "soaking in stage: 30 min of 1 h, ready at 12:30 UTC", at("12:30")));
  }

  @Test
  void aReleaseThatWasReplacedTooSoonNeverSoaks() {
    judged.replaced().inSource("10:00", "10:23").inSource("10:40", "10:50");

    assertThat(judged.by(gate))
        .isEqualTo(Verdict.held("soak", "was in stage for only 23 min of 1 h"));
  }

  @Test
  void aReleaseThatNeverRanThereDoesNotPass() {
    assertThat(judged.replaced().by(gate))
        .isEqualTo(
            Verdict.held(
                "soak",
                "is not among the last 30 deployments of stage, where it must soak for 1 h"));
  }

  @Test
  void soakingHasNotBegunBeforeTheParametersAreWritten() {
    assertThat(judged.by(gate))
        .isEqualTo(
            Verdict.held(
                "soak", "soaking for 1 h begins when the parameters of stage are written"));
  }

  @Test
  void driftOfTheSourceBreaksOffTheSoak() {
    judged.inSource("11:00", "11:40").drifted("bags", "ingests");

    assertThat(judged.by(gate))
        .isEqualTo(
            Verdict.held(
                "soak",
                "the parameters of stage drifted (bags, ingests): "
                    + "soaking begins again when they are right"));
  }

  @Test
  void driftAfterTheSoakDoesNotUndoIt() {
    assertThat(judged.inSource("10:00", "11:40").drifted("bags").by(gate).passed()).isTrue();
  }

  @Test
  void driftUnderAnotherReleaseIsNotThisOnes() {
    judged.replaced().inSource("10:00", "10:23").drifted("bags");

    assertThat(judged.by(gate).reason()).isEqualTo("was in stage for only 23 min of 1 h");
  }

  @Test
  void aStayThatBeginsInTheFutureOfThisClockWaits() {
    assertThat(judged.inSourceSince("12:05").by(gate))
        .isEqualTo(
            Verdict.heldUntil(
                "soak", "soaking in stage: 0 s of 1 h, ready at 13:05 UTC", at("13:05")));
  }

  @Test
  void noTimeIsNoSoak() {
    assertThatThrownBy(() -> new SoakGate(Duration.ZERO)).isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> new SoakGate(minutes(-1))).isInstanceOf(InvalidValueException.class);
  }
}
