package dev.onward.policy.gate;

import static dev.onward.policy.gate.Judged.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.InvalidValueException;
import dev.onward.policy.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MinIntervalGateTest {
  private final MinIntervalGate gate = new MinIntervalGate(Duration.ofHours(1));
  private final Judged judged = new Judged();

  @Test
  void passesWhereNothingWasDeployedBefore() {
    assertThat(judged.by(gate))
        .isEqualTo(Verdict.passed("min_interval", "nothing was deployed to prod before"));
  }

  @Test
  void holdsForAWhileAfterTheLastDeployment() {
    assertThat(judged.deployed("08:00", "11:37").by(gate))
        .isEqualTo(
            Verdict.heldUntil(
                "min_interval",
                "the last deployment to prod was 23 min ago, 1 h must pass: ready at 12:37 UTC",
                at("12:37")));
  }

  @Test
  void passesFromTheMomentThatTheLastDeploymentIsLongEnoughAgo() {
    judged.deployed("08:00", "11:00");

    assertThat(judged.by(gate))
        .isEqualTo(Verdict.passed("min_interval", "the last deployment to prod was 1 h ago"));

    judged.now = judged.now.minusNanos(1);
    assertThat(judged.by(gate).passed()).isFalse();
  }

  @Test
  void noTimeIsNoInterval() {
    assertThatThrownBy(() -> new MinIntervalGate(Duration.ZERO))
        .isInstanceOf(InvalidValueException.class);
  }
}
