package dev.onward.policy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.policy.PromotionMode;
import dev.onward.policy.Verdict;
import org.junit.jupiter.api.Test;

class ModeGateTest {
  @Test
  void anAutomaticPolicyPasses() {
    assertThat(new Judged().by(new ModeGate(PromotionMode.AUTO)))
        .isEqualTo(Verdict.passed("mode", "promotes automatically"));
  }

  @Test
  void aManualPolicyLeavesItToAPerson() {
    assertThat(new Judged().by(new ModeGate(PromotionMode.MANUAL)))
        .isEqualTo(Verdict.held("mode", "prod is promoted by hand: the policy's mode is manual"));
  }
}
