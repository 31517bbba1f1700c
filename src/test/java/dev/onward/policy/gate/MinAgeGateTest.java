package dev.onward.policy.gate;

import static dev.onward.policy.gate.Judged.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.InvalidValueException;
import dev.onward.policy.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MinAgeGateTest {
  private final MinAgeGate gate = new MinAgeGate(Duration.ofHours(2));
  private final Judged judged = new Judged();

  @Test
  void holdsAReleaseThatIsTooYoung() {
    judged.created = at("11:15");

    assertThat(judged.by(gate))
        .isEqualTo(
            Verdict.heldUntil(
                "min_age", "45 min old, must be 2 h: ready at 13:15 UTC", at("13:15")));
  }

  @Test
  void passesFromTheMomentThatItIsOldEnough() {
    judged.created = at("10:00");
    assertThat(judged.by(gate)).isEqualTo(Verdict.passed("min_age", "2 h old"));

    judged.created = at("10:00").plusSeconds(1);
    assertThat(judged.by(gate).passed()).isFalse();
  }

  @Test
  void aReleaseFromAClockThatIsAheadWaits() {
    judged.created = at("12:30");

    assertThat(judged.by(gate))
        .isEqualTo(
            Verdict.heldUntil("min_age", "0 s old, must be 2 h: ready at 14:30 UTC", at("14:30")));
  }

  @Test
  void noTimeIsNoAge() {
    assertThatThrownBy(() -> new MinAgeGate(Duration.ZERO))
        .isInstanceOf(InvalidValueException.class);
  }
}
