package dev.onward.status.metrics;

import static dev.onward.status.StatusFixture.LATEST;
import static dev.onward.status.StatusFixture.STAGE;
import static dev.onward.status.StatusFixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.release.Release;
import dev.onward.plan.Action;
import dev.onward.plan.ObservedParameter.Value;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.PromotionMode;
import dev.onward.reconcile.CycleReport;
import dev.onward.status.StatusFixture;
import dev.onward.store.WriteOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeadTimeTest {
  private final StatusFixture storage =
      new StatusFixture("storage")
          .environment(STAGE, LATEST, PromotionMode.AUTO, DriftPolicy.REPAIR);

  @Test
  void countsFromTheNewestOfTheImagesThatWereWritten() {
    storage.publish("bags", "1").publish("mets", "1").cycle();
    storage.publish("bags", "2").after(Duration.ofSeconds(20)).publish("mets", "2");
    assertThat(leadTimes(storage.after(Duration.ofSeconds(10)).cycle()))
        .containsExactly(Duration.ofSeconds(10));
  }

  @Test
  void anImageThatWasAlreadyThereDoesNotCount() {
    storage.publish("bags", "1").cycle();
    storage.publish("bags", "2").after(Duration.ofSeconds(20)).publish("mets", "1");
    storage.put(STAGE, "mets", new Value.Image(image("mets", "1")));
    assertThat(leadTimes(storage.after(Duration.ofSeconds(10)).cycle()))
        .containsExactly(Duration.ofSeconds(30));
  }

  @Test
  void repairingDriftIsNoArrival() {
    storage.publish("bags", "1").cycle();
    storage.put(STAGE, "bags", new Value.Image(image("bags", "hand-made")));
    CycleReport repair = storage.after(Duration.ofHours(1)).cycle();
    assertThat(repair.results()).hasSize(1);
    assertThat(leadTimes(repair)).isEmpty();
  }

  @Test
  void goingBackIsNoArrival() {
    Release first = newest(storage.publish("bags", "1").cycle());
    storage.publish("bags", "2").cycle();
    storage.after(Duration.ofMinutes(1)).oldToolDeploys(STAGE, first);
    CycleReport back = storage.cycle();
    assertThat(back.results()).last().extracting(result -> result.written().size()).isEqualTo(1);
    assertThat(leadTimes(back)).isEmpty();
  }

  @Test
  void nothingHasArrivedWhileSomethingIsLeftToWrite() {
    storage.publish("bags", "1");
    CycleReport report =
        storage.cycle(
            action ->
                action instanceof Action.ConvergeParameters
                    ? new WriteOutcome.Conflict("the head has moved")
                    : new WriteOutcome.Applied());
    assertThat(leadTimes(report)).isEmpty();
  }

  private static Release newest(CycleReport report) {
    return report.plan().orElseThrow().labels().get(LATEST).newest().orElseThrow();
  }

  private static List<Duration> leadTimes(CycleReport report) {
    return report.results().stream()
        .filter(result -> result.action() instanceof Action.ConvergeParameters)
        .flatMap(
            result -> LeadTime.of(result, (Action.ConvergeParameters) result.action()).stream())
        .toList();
  }
}
