package dev.onward.policy.gate;

import static dev.onward.policy.gate.Judged.ALICE;
import static dev.onward.policy.gate.Judged.BOB;
import static dev.onward.policy.gate.Judged.at;
import static dev.onward.policy.gate.Judged.said;
import static dev.onward.policy.gate.Judged.stopped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.intervention.InterventionState;
import dev.onward.policy.Verdict;
import org.junit.jupiter.api.Test;

class StopGateTest {
  private final StopGate gate = new StopGate();

  @Test
  void passesWhileNothingIsStopped() {
    assertThat(new Judged().by(gate)).isEqualTo(Verdict.passed("stop", "nothing is stopped"));
  }

  @Test
  void aStopOfEverythingHoldsUntilItIsTakenBack() {
    InterventionState everything = stopped(said(ALICE, "10:02", "the database is sick"));

    assertThat(Judged.with(everything, InterventionState.NONE).by(gate))
        .isEqualTo(
            Verdict.held(
                "stop", "everything stopped by Alice since 10:02 UTC: the database is sick"));
  }

  @Test
  void aStopOfTheProjectHoldsUntilItsEnd() {
    Judged judged = Judged.with(stopped(said(BOB, "10:02", "migration", "13:00")));

    assertThat(judged.by(gate))
        .isEqualTo(
            Verdict.heldUntil(
                "stop",
                "the project stopped by Bob since 10:02 UTC until 13:00 UTC: migration",
                at("13:00")));

    judged.now = at("13:00");
    assertThat(judged.by(gate).passed()).isTrue();
  }

  @Test
  void ofTwoStopsTheLongerDecidesWhenToLookAgain() {
    InterventionState short_ = stopped(said(ALICE, "10:00", "one", "13:00"));
    InterventionState long_ = stopped(said(BOB, "11:00", "two", "14:00"));
    InterventionState endless = stopped(said(BOB, "11:00", "two"));

    assertThat(Judged.with(short_, long_).by(gate))
        .isEqualTo(
            Verdict.heldUntil(
                "stop",
                "everything stopped by Alice since 10:00 UTC until 13:00 UTC: one; "
                    + "the project stopped by Bob since 11:00 UTC until 14:00 UTC: two",
                at("14:00")));
    assertThat(Judged.with(short_, endless).by(gate))
        .isInstanceOfSatisfying(
            Verdict.Held.class, held -> assertThat(held.nextEvaluation()).isEmpty());
  }
}
