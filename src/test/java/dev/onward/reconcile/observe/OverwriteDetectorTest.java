package dev.onward.reconcile.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Requester;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.Release;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.reconcile.TestProjects;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a release keeps of its time in an environment when the old tool has written over it. */
class OverwriteDetectorTest {
  private static final EnvironmentId STAGE = new EnvironmentId("stage");
  private static final String BAGS = "/storage/images/stage/bags";

  private final TestProjects estate = new TestProjects();
  private final TestProjects.Replica replica = estate.replica();

  private final Release first = released("1");
  private final Release second = released("2");

  @Test
  void itStoodWholeUntilThen() {
    goBackTo(first);
    Instant sinceBack = estate.clock.instant();
    estate.clock.advance(Duration.ofHours(1));
    oldToolDeploys(second);
    writes("2");
    assertThat(adopted().origin()).isEqualTo(DeploymentOrigin.ADOPTED);
    assertThat(before().convergedSince()).contains(sinceBack);
  }

  @Test
  void whatHadDriftedBeforeDidNotStandWhole() {
    goBackTo(first);
    estate.clock.advance(Duration.ofHours(1));
    writes("9");
    estate.clock.advance(Duration.ofHours(1));
    oldToolDeploys(second);
    writes("2");
    assertThat(adopted().origin()).isEqualTo(DeploymentOrigin.ADOPTED);
    assertThat(before().convergedSince()).isEmpty();
  }

  @Test
  void whatWasWrittenByHandBeforeTheOldToolCameDidNotStandWhole() {
    goBackTo(first);
    writes("2");
    estate.clock.advance(Duration.ofHours(1));
    oldToolDeploys(second);
    assertThat(adopted().origin()).isEqualTo(DeploymentOrigin.ADOPTED);
    assertThat(before().convergedSince()).isEmpty();
  }

  @Test
  void whatNobodyCanTellDidNotStandWhole() {
    goBackTo(first);
    estate.clock.advance(Duration.ofHours(1));
    estate.parameters.withoutHistory();
    oldToolDeploys(second);
    writes("2");
    assertThat(adopted().origin()).isEqualTo(DeploymentOrigin.ADOPTED);
    assertThat(before().convergedSince()).isEmpty();
  }

  private Release released(String tag) {
    estate.publish("bags", tag);
    estate.clock.advance(Duration.ofMinutes(1));
    replica.cycle();
    replica.cycle();
    return estate.releases.all().getLast();
  }

  private void goBackTo(Release release) {
    estate.clock.advance(Duration.ofMinutes(1));
    replica.execute(new OperatorCommand.Deploy(STAGE, release.id(), true), "alice", false);
    replica.cycle();
    assertThat(estate.stage("bags")).endsWith(":1");
  }

  private void oldToolDeploys(Release release) {
    var deployment =
        new Deployment(
            Optional.empty(),
            estate.clock.instant(),
            "by hand",
            STAGE,
            "Staging",
            new Requester("jo", "Jo"));
    estate.releases.deployWithOldTool(release, deployment);
  }

  private void writes(String tag) {
    estate.parameters.write(
        BAGS, estate.parameters.value(BAGS).orElseThrow().replaceFirst(":.*", ":" + tag));
  }

  private DeployedRelease adopted() {
    estate.clock.advance(Duration.ofMinutes(11));
    replica.cycle();
    return history().getLast();
  }

  private DeployedRelease before() {
    return history().reversed().get(1);
  }

  private List<DeployedRelease> history() {
    return estate.releases.state().environments().get(STAGE).history();
  }
}
