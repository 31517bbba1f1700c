package dev.onward.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.EnvironmentId;
import dev.onward.model.release.Release;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the next cycle makes of a promotion that a process left half done, call by call. */
class PartialFailureTest {
  private static final int SERVICES = 3;

  private final TestProjects estate = new TestProjects();
  private final List<String> calls = new ArrayList<>();

  @BeforeEach
  void somethingIsPublished() {
    for (int i = 0; i < SERVICES; i++) {
      estate.publish("service" + i, "1");
    }
    estate.clock.advance(Duration.ofMinutes(1));
  }

  @Test
  void fault3ACrashBeforeTheParametersLeavesThemToTheNextCycleWhichMarksThemConvergedOnce() {
    crashBefore("put");
    assertThat(estate.releases.all().getFirst().deployments()).hasSize(1);
    assertThat(estate.stage("service0")).isEmpty();

    next();
    assertThat(calls.stream().filter("put"::equals)).as("stage's and prod's").hasSize(2 * SERVICES);
    assertThat(calls.stream().filter("markConverged"::equals)).as("each once").hasSize(2);
    assertThat(converged("stage")).isTrue();
    nothingIsLeft();
  }

  @Test
  void fault5ACrashBeforeConvergedCostsNoPutAndIsMarkedThen() {
    crashBefore("markConverged");
    assertThat(estate.stage("service2")).endsWith(":1");
    assertThat(converged("stage")).isFalse();

    next();
    assertThat(calls.subList(0, calls.indexOf("markConverged"))).doesNotContain("put");
    assertThat(converged("stage")).isTrue();
    for (int i = 0; i < SERVICES; i++) {
      assertThat(estate.parameters.version("/storage/images/stage/service" + i)).isEqualTo(1);
    }
    nothingIsLeft();
  }

  @Test
  void fault16AReplicaThatWakesBeforeItsDeploymentRecordsNothingOld() {
    var asleep = new AtomicBoolean();
    estate.hook(
        call -> {
          if (call.equals("record") && asleep.compareAndSet(false, true)) {
            estate.hook(CallHook.NONE);
            estate.publish("service0", "2");
            estate.clock.advance(Duration.ofSeconds(60));
            estate.replica().cycle();
          }
        });
    estate.replica().cycle();
    assertThat(asleep).isTrue();
    estate.runToQuiescence();

    Release old = estate.releases.all().getFirst();
    Release current = estate.releases.all().getLast();
    assertThat(old.deployments()).as("overtaken before it was recorded").isEmpty();
    assertThat(current.deployments()).hasSize(2);
    assertThat(estate.stage("service0")).endsWith(":2");
    assertThat(estate.parameters.version("/storage/images/stage/service0")).isEqualTo(1);
  }

  private void crashBefore(String doomed) {
    estate.hook(
        call -> {
          if (call.equals(doomed)) {
            throw new CallHook.Crash();
          }
        });
    assertThatThrownBy(() -> estate.replica().cycle()).isInstanceOf(CallHook.Crash.class);
  }

  /** A cycle of another process. */
  private void next() {
    calls.clear();
    estate.hook(calls::add);
    estate.replica().cycle();
  }

  private void nothingIsLeft() {
    next();
    assertThat(calls).doesNotContain("put", "markConverged", "record", "cut");
  }

  private boolean converged(String environment) {
    var head = estate.releases.state().environments().get(new EnvironmentId(environment));
    return head != null && head.converged();
  }
}
