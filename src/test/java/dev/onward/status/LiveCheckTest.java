package dev.onward.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LiveCheckTest {
  @Test
  void aShortIntervalStillLeavesTimeForALongPause() {
    assertThat(LiveCheck.limit(Duration.ofSeconds(1))).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void aLongIntervalMayBeMissedTenTimes() {
    assertThat(LiveCheck.limit(Duration.ofMinutes(5))).isEqualTo(Duration.ofMinutes(50));
  }
}
