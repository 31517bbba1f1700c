package dev.onward.reconcile.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.reconcile.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RecentTest {
  private final MovableClock clock = new MovableClock();
  private final Recent<Integer, String> recent = new Recent<>(clock::nanoTime);

  @Test
  void whatIsAskedForIsKept() {
    recent.put(1, "one");
    for (int day = 0; day < 3; day++) {
      clock.advance(Duration.ofHours(24));
      assertThat(recent.get(1)).contains("one");
    }
  }

  @Test
  void whatIsNotAskedForIsForgottenAfterADay() {
    recent.put(1, "one");
    recent.put(2, "two");
    clock.advance(Duration.ofHours(12));
    assertThat(recent.get(1)).contains("one");
    clock.advance(Duration.ofHours(13));
    assertThat(recent.get(2)).isEmpty();
    assertThat(recent.get(1)).contains("one");
  }

  @Test
  void theLongestNotAskedForMakesRoom() {
    for (int i = 0; i < Recent.LIMIT; i++) {
      recent.put(i, "x");
    }
    recent.get(0);
    recent.put(Recent.LIMIT, "x");
    assertThat(recent.get(0)).isPresent();
    assertThat(recent.get(1)).isEmpty();
    assertThat(recent.get(2)).isPresent();
  }
}
