package dev.onward.policy.gate;

import static dev.onward.policy.gate.Judged.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.InvalidValueException;
import dev.onward.policy.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeploymentBudgetGateTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final DeploymentBudgetGate gate = new DeploymentBudgetGate(4, DAY);
  private final Judged judged = new Judged();

  @Test
  void passesWhileSomethingIsLeft() {
    assertThat(judged.deployed("09:00", "10:00", "11:00").by(gate))
        .isEqualTo(Verdict.passed("budget", "3 of 4 deployments in the last 1 d"));
  }

  @Test
  void holdsUntilTheOldestDeploymentDropsOut() {
    judged.deployed("2026-11-23T02:00:00Z", "09:00", "10:00", "11:00");

    assertThat(judged.by(gate))
        .isEqualTo(
            Verdict.heldUntil(
                "budget",
                "4 of 4 deployments in the last 1 d; the next may go tomorrow at 02:00 UTC",
                at("2026-11-24T02:00:00Z")));

    judged.now = at("2026-11-24T02:00:00Z").minusNanos(1);
    assertThat(judged.by(gate).passed()).isFalse();
    judged.now = at("2026-11-24T02:00:00Z");
    assertThat(judged.by(gate).passed()).isTrue();
  }

  @Test
  void deploymentsThatAreLongAgoDoNotCount() {
    judged.deployed("2026-11-22T12:00:00Z", "09:00", "10:00", "11:00");

    assertThat(judged.by(gate))
        .isEqualTo(Verdict.passed("budget", "3 of 4 deployments in the last 1 d"));
  }

  @Test
  void anOverspentBudgetHoldsUntilEnoughHaveDroppedOut() {
    judged.deployed("07:00", "08:00", "09:00", "10:00", "11:00", "11:30");

    assertThat(judged.by(gate))
        .isEqualTo(
            Verdict.heldUntil(
                "budget",
                "6 of 4 deployments in the last 1 d; the next may go tomorrow at 09:00 UTC",
                at("2026-11-24T09:00:00Z")));

    judged.now = at("2026-11-24T09:00:00Z");
    assertThat(judged.by(gate).passed()).isTrue();
  }

  @Test
  void deploymentsOfAClockThatIsAheadCount() {
    assertThat(judged.deployed("09:00", "10:00", "11:00", "12:01").by(gate).passed()).isFalse();
  }

  @Test
  void aBudgetThatCannotBeKeptIsRefused() {
    assertThatThrownBy(() -> new DeploymentBudgetGate(0, DAY))
        .isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> new DeploymentBudgetGate(31, DAY))
        .isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> new DeploymentBudgetGate(1, Duration.ZERO))
        .isInstanceOf(InvalidValueException.class);
  }
}
