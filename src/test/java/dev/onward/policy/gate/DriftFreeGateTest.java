package dev.onward.policy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.policy.Verdict;
import org.junit.jupiter.api.Test;

class DriftFreeGateTest {
  private final DriftFreeGate gate = new DriftFreeGate();

  @Test
  void passesWhileTheSourceIsWhatItShouldBe() {
    assertThat(new Judged().by(gate))
        .isEqualTo(Verdict.passed("drift_free", "parameters of stage are what they should be"));
  }

  @Test
  void holdsWhileTheSourceDrifts() {
    assertThat(new Judged().drifted("ingests", "bags").by(gate))
        .isEqualTo(
            Verdict.held(
                "drift_free", "parameters of stage are not what they should be: bags, ingests"));
  }

  @Test
  void ofManyServicesTheFirstAreNamed() {
    assertThat(new Judged().drifted("a", "b", "c", "d", "e", "f", "g").by(gate).reason())
        .isEqualTo("parameters of stage are not what they should be: a, b, c, d, e and 2 more");
  }
}
