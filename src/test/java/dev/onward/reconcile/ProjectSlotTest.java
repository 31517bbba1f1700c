package dev.onward.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.reconcile.CycleReport.Outcome;
import dev.onward.testing.Settings;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class ProjectSlotTest {
  private final MovableClock clock = new MovableClock();
  private final ProjectSlot slot = new ProjectSlot(Settings.of(), clock::nanoTime);

  @Test
  void isTakenOnce() {
    assertThat(slot.take()).isTrue();
    assertThat(slot.take()).isFalse();
    slot.release(Outcome.SUCCEEDED);
    assertThat(slot.take()).isTrue();
  }

  @Test
  void failuresWaitAtMostTheIntervalThenTwice() {
    end(Outcome.FAILED);
    assertThat(slot.take()).isFalse();
    clock.advance(Duration.ofSeconds(15));
    end(Outcome.FAILED);
    clock.advance(Duration.ofSeconds(14));
    assertThat(slot.take()).isFalse();
    clock.advance(Duration.ofSeconds(16));
    assertThat(slot.take()).isTrue();
  }

  @Test
  void aStalledProjectWaitsLonger() {
    end(Outcome.STALLED);
    clock.advance(Duration.ofMinutes(2));
    assertThat(slot.take()).isFalse();
    clock.advance(Duration.ofMinutes(3));
    assertThat(slot.take()).isTrue();
  }

  @Test
  void aNewManifestEndsTheDelayOfTheOldOneEvenIfItCameDuringTheCycle() {
    end(Outcome.STALLED);
    slot.renew();
    assertThat(slot.take()).isTrue();
    slot.begin();
    slot.renew();
    slot.release(Outcome.STALLED);
    assertThat(slot.take()).isTrue();
  }

  @Test
  void knowsHowLongItsCycleHasBeenRunning() {
    assertThat(slot.take()).isTrue();
    clock.advance(Duration.ofMinutes(1));
    slot.begin();
    clock.advance(Duration.ofMinutes(2));
    assertThat(slot.running()).isEqualTo(Duration.ofMinutes(2));
    slot.release(Outcome.SUCCEEDED);
    assertThat(slot.running()).isZero();
  }

  @Test
  void nothingIsToldAfterTheRemovalUntilANewCycleBegins() {
    var told = new ArrayList<String>();
    slot.begin();
    slot.retire(() -> told.add("removed"));
    slot.report(() -> told.add("late"));
    slot.begin();
    slot.report(() -> told.add("new"));
    assertThat(told).containsExactly("removed", "new");
  }

  private void end(Outcome outcome) {
    assertThat(slot.take()).isTrue();
    slot.begin();
    slot.release(outcome);
  }
}
