package dev.onward.status.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LiveCheckTest {
  @Test
  void aShortIntervalStillLeavesTimeForALongPause() {
    assertThat(LiveCheck.tickLimit(Duration.ofSeconds(1))).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void aLongIntervalMayBeMissedTenTimes() {
    assertThat(LiveCheck.tickLimit(Duration.ofMinutes(5))).isEqualTo(Duration.ofMinutes(50));
  }

  @Test
  void aCycleThatNeverEndsIsWorthARestart() {
    Duration interval = Duration.ofSeconds(15);
    assertThat(LiveCheck.cycleLimit(interval)).isEqualTo(Duration.ofMinutes(10));
    assertThat(LiveCheck.cycleLimit(Duration.ofMinutes(5))).isEqualTo(Duration.ofMinutes(100));
    assertThat(LiveCheck.isLive(Duration.ZERO, Duration.ofMinutes(10), interval)).isTrue();
    assertThat(LiveCheck.isLive(Duration.ZERO, Duration.ofMinutes(11), interval)).isFalse();
    assertThat(LiveCheck.isLive(Duration.ofMinutes(3), Duration.ZERO, interval)).isFalse();
  }
}
