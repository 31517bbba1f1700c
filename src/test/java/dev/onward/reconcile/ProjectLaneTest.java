package dev.onward.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.reconcile.CycleReport.Outcome;
import dev.onward.testing.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProjectLaneTest {
  private final MovableClock clock = new MovableClock();
  private final List<ProjectLane> queued = new ArrayList<>();
  private final ProjectLane slot = new ProjectLane(Settings.of(), clock::nanoTime, queued::add);

  @Test
  void isTakenOnce() {
    assertThat(slot.take()).isTrue();
    assertThat(slot.take()).isFalse();
    assertThat(slot.beginCycle()).isPresent();
    assertThat(slot.take()).isFalse();
    slot.release(Outcome.SUCCEEDED);
    assertThat(slot.take()).isTrue();
  }

  @Test
  void aCycleBeginsOnceHoweverOftenItIsQueued() {
    slot.ask(report -> {});
    slot.ask(report -> {});
    assertThat(queued).hasSize(2);
    assertThat(slot.beginCycle()).hasValueSatisfying(askers -> assertThat(askers).hasSize(2));
    assertThat(slot.beginCycle()).isEmpty();
    slot.release(Outcome.SUCCEEDED);
    assertThat(slot.beginCycle()).isEmpty();
  }

  @Test
  void aPersonGoesBeforeACycleThatOnlyWaitsForAWorker() throws Exception {
    assertThat(slot.take()).isTrue();
    assertThat(slot.takeFor(Duration.ZERO)).isTrue();
    assertThat(slot.beginCycle()).as("the worker came while the person was at it").isEmpty();
    slot.giveBack();
    assertThat(queued).hasSize(1);
    assertThat(slot.beginCycle()).isPresent();
  }

  @Test
  void whatIsAskedForDuringACycleBeginsRightAfterIt() {
    assertThat(slot.take()).isTrue();
    assertThat(slot.beginCycle()).hasValue(List.of());
    slot.ask(report -> {});
    assertThat(queued).isEmpty();
    slot.release(Outcome.STALLED);
    assertThat(queued).hasSize(1);
    assertThat(slot.take()).as("a round finds it queued").isFalse();
    assertThat(slot.beginCycle()).hasValueSatisfying(askers -> assertThat(askers).hasSize(1));
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
    assertThat(slot.beginCycle()).isPresent();
    slot.renew();
    slot.release(Outcome.STALLED);
    assertThat(slot.take()).isTrue();
  }

  @Test
  void knowsHowLongItsCycleHasBeenRunning() {
    assertThat(slot.take()).isTrue();
    clock.advance(Duration.ofMinutes(1));
    assertThat(slot.beginCycle()).isPresent();
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
    assertThat(slot.beginCycle()).isPresent();
    slot.release(outcome);
  }
}
