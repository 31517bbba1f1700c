package dev.onward.reconcile.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.plan.DesiredState;
import dev.onward.reconcile.CallHook;
import dev.onward.reconcile.TestProjects;
import dev.onward.store.Failure;
import dev.onward.store.StoreException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TargetBackoffTest {
  private final TestProjects estate = new TestProjects().publish("bags", "1");
  private final TestProjects.Replica replica = estate.replica();

  @Test
  void anEnvironmentThatAPersonMustMendWaitsForItsNextTry() {
    failToWriteStage();
    assertThat(replica.cycle().failure()).isPresent();
    assertThat(estate.stage("bags")).isEmpty();
    estate.clock.advance(Duration.ofMinutes(10));
    replica.cycle();
    assertThat(estate.stage("bags")).endsWith(":1");
  }

  @Test
  void aChangedManifestIsTriedAtOnce() {
    failToWriteStage();
    replica.cycle();
    replica.cycle(renamed());
    assertThat(estate.stage("bags")).endsWith(":1");
  }

  /** Everything up to the refusal of the one put; afterwards SSM would take it. */
  private void failToWriteStage() {
    estate.clock.advance(Duration.ofMinutes(1));
    estate.hook(
        call -> {
          if (call.equals("put")) {
            throw new StoreException(Failure.stalled("no permission"));
          }
        });
    replica.cycle();
    estate.hook(CallHook.NONE);
  }

  private static DesiredState renamed() {
    return new DesiredState(
        TestProjects.DESIRED.project(),
        "A new name",
        TestProjects.DESIRED.role(),
        TestProjects.DESIRED.releases(),
        TestProjects.DESIRED.environments());
  }
}
