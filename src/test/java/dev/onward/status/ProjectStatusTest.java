package dev.onward.status;

import static dev.onward.status.StatusFixture.PROD;
import static dev.onward.status.StatusFixture.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.plan.EnvironmentExplanation.State;
import dev.onward.reconcile.CycleReport;
import dev.onward.store.Failure;
import dev.onward.store.WriteOutcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProjectStatusTest {
  private final StatusFixture storage = StatusFixture.storage().publish("bags", "1");
  private ProjectStatus status = ProjectStatus.unseen(storage.desired());

  @Test
  void whatWasSeenLastStaysWhileCyclesFail() {
    after(storage.cycle());
    var seenAt = storage.now;
    after(storage.after(Duration.ofMinutes(1)).failing(Failure.transientOne("throttled")));
    assertThat(status.isReached()).isFalse();
    assertThat(status.seen().orElseThrow().at()).isEqualTo(seenAt);
    assertThat(status.explanation(STAGE).orElseThrow().state()).isEqualTo(State.IN_SYNC);
  }

  @Test
  void aRunOfFailuresKnowsItsStartAndItsNewestReason() {
    var start = storage.now;
    after(storage.failing(Failure.transientOne("throttled")));
    after(storage.after(Duration.ofMinutes(1)).failing(Failure.stalled("denied")));
    var failing = status.failing().orElseThrow();
    assertThat(failing.since()).isEqualTo(start);
    assertThat(failing.cycles()).isEqualTo(2);
    assertThat(failing.failure().message()).isEqualTo("denied");
    after(storage.cycle());
    assertThat(status.failing()).isEmpty();
  }

  @Test
  void aCycleWhoseWritesFailHasSeenTheProjectAndDidNotSucceed() {
    after(storage.cycle(action -> new WriteOutcome.Failed(Failure.transientOne("throttled"))));
    assertThat(status.isReached()).isTrue();
    assertThat(status.failing()).isPresent();
    assertThat(status.lastSuccess()).isEmpty();
  }

  @Test
  void aCycleThatWasOvertakenIsNeitherAFailureNorASuccess() {
    after(storage.cycle(action -> new WriteOutcome.Conflict("somebody else cut it")));
    assertThat(status.failing()).isEmpty();
    assertThat(status.lastSuccess()).isEmpty();
  }

  @Test
  void successIsDatedByTheCyclesEnd() {
    after(storage.cycle());
    assertThat(status.lastSuccess()).contains(storage.now.plus(StatusFixture.TOOK));
  }

  @Test
  void anEnvironmentThatTheManifestNoLongerNamesIsNotShown() {
    after(storage.cycle());
    status = status.asking(storage.without(PROD).desired());
    assertThat(status.explanation(PROD)).isEmpty();
    assertThat(status.explanations()).hasSize(1);
  }

  private void after(CycleReport report) {
    status = status.after(report);
  }
}
