package dev.onward.policy.gate;

import static dev.onward.policy.gate.Judged.ALICE;
import static dev.onward.policy.gate.Judged.PROD;
import static dev.onward.policy.gate.Judged.STAGE;
import static dev.onward.policy.gate.Judged.at;
import static dev.onward.policy.gate.Judged.held;
import static dev.onward.policy.gate.Judged.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.policy.Verdict;
import org.junit.jupiter.api.Test;

class HoldGateTest {
  private final HoldGate gate = new HoldGate();

  @Test
  void passesWhileNobodyHoldsTheEnvironment() {
    assertThat(new Judged().by(gate)).isEqualTo(Verdict.passed("hold", "nobody holds prod"));
  }

  @Test
  void aHoldWithoutAnEndHoldsUntilItIsTakenBack() {
    assertThat(Judged.with(held(PROD, said(ALICE, "10:02", "demo"))).by(gate))
        .isEqualTo(Verdict.held("hold", "prod held by Alice since 10:02 UTC: demo"));
  }

  @Test
  void aHoldWithAnEndHoldsUntilThen() {
    Judged judged = Judged.with(held(PROD, said(ALICE, "10:02", "demo", "2026-11-24T09:00:00Z")));

    assertThat(judged.by(gate))
        .isEqualTo(
            Verdict.heldUntil(
                "hold",
                "prod held by Alice since 10:02 UTC until tomorrow 09:00 UTC: demo",
                at("2026-11-24T09:00:00Z")));

    judged.now = at("2026-11-24T09:00:00Z");
    assertThat(judged.by(gate).passed()).isTrue();
  }

  @Test
  void aHoldOfAnotherEnvironmentDoesNotMatter() {
    assertThat(Judged.with(held(STAGE, said(ALICE, "10:02", "demo"))).by(gate).passed()).isTrue();
  }
}
