package dev.onward.reconcile.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Requester;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import dev.onward.plan.Action;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.reconcile.CycleReport;
import dev.onward.reconcile.TestProjects;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which of the old tool's deployments are adopted, beside what people do through Onward. */
class ForeignDeploymentSearchTest {
  private static final EnvironmentId STAGE = new EnvironmentId("stage");

  private final TestProjects estate = new TestProjects();
  private final TestProjects.Replica replica = estate.replica();

  @Test
  void whatTheOldToolDidBeforeAPersonsDeploymentIsNotAdoptedAfterIt() {
    Release first = released("1");
    Release second = released("2");
    Instant before = estate.clock.instant();
    estate.clock.advance(Duration.ofMinutes(1));
    replica.execute(new OperatorCommand.Deploy(STAGE, first.id(), true), "alice", false);
    replica.cycle();
    estate.releases.deployWithOldTool(second, byHand(before));
    lookAgain();
    assertThat(current()).isEqualTo(first.id().value() + " by PERSON");
    assertThat(estate.stage("bags")).endsWith(":1");
  }

  @Test
  void whatTheOldToolDidBeforeAPersonsDeploymentStaysUndoneWhenAutomationHasGoneOn() {
    Release first = released("1");
    Instant before = estate.clock.instant();
    estate.clock.advance(Duration.ofMinutes(1));
    replica.execute(new OperatorCommand.Deploy(STAGE, released("2").id(), true), "alice", false);
    replica.execute(
        new OperatorCommand.RollBack(STAGE, OperatorCommand.RollBackTo.OLDER, true),
        "alice",
        false);
    replica.cycle();
    Release third = released("3");
    assertThat(current()).isEqualTo(third.id().value() + " by AUTOMATION");
    estate.releases.deployWithOldTool(first, byHand(before));
    lookAgain();
    assertThat(current()).isEqualTo(third.id().value() + " by AUTOMATION");
  }

  @Test
  void whatTheOldToolDoesAfterAPersonsDeploymentIsAdopted() {
    Release first = released("1");
    Release second = released("2");
    replica.execute(new OperatorCommand.Deploy(STAGE, first.id(), true), "alice", false);
    replica.cycle();
    estate.clock.advance(Duration.ofMinutes(1));
    estate.releases.deployWithOldTool(second, byHand(estate.clock.instant()));
    lookAgain();
    assertThat(current()).isEqualTo(second.id().value() + " by ADOPTED");
  }

  @Test
  void whatTheOldToolDidBeforeAutomationsDeploymentIsStillAdopted() {
    Release first = released("1");
    Instant before = estate.clock.instant();
    estate.clock.advance(Duration.ofMinutes(1));
    Release second = released("2");
    assertThat(current()).isEqualTo(second.id().value() + " by AUTOMATION");
    estate.releases.deployWithOldTool(first, byHand(before));
    lookAgain();
    assertThat(current()).isEqualTo(first.id().value() + " by ADOPTED");
  }

  @Test
  void aDeploymentDatedLaterThanNowIsTakenAsNowAndThatIsOnRecord() {
    Release first = released("1");
    released("2");
    Instant dated = Instant.parse("2099-01-01T00:00:00Z");
    estate.releases.deployWithOldTool(first, byHand(dated));
    estate.clock.advance(Duration.ofMinutes(11));
    CycleReport report = replica.cycle();
    EnvironmentHead head = head();
    assertThat(current()).isEqualTo(first.id().value() + " by ADOPTED");
    assertThat(head.current().orElseThrow().deployedAt()).isEqualTo(estate.clock.instant());
    assertThat(head.automationAfter().orElseThrow()).isBeforeOrEqualTo(estate.clock.instant());
    var adopt = (Action.AdoptDeployment) report.results().getFirst().action();
    assertThat(adopt.adopted().dated(adopt.to()))
        .isEqualTo(
            "2099-01-01T00:00:00Z (later than now: taken as %s)".formatted(estate.clock.instant()));

    Release third = released("3");
    assertThat(third.createdAt()).isBeforeOrEqualTo(estate.clock.instant());
    assertThat(current()).isEqualTo(third.id().value() + " by AUTOMATION");
    lookAgain();
    assertThat(current()).as("adopted once").isEqualTo(third.id().value() + " by AUTOMATION");
  }

  @Test
  void aDeploymentDatedLaterThanNowHidesNoneThatIsMadeAfterIt() {
    Release first = released("1");
    Release second = released("2");
    estate.releases.deployWithOldTool(first, byHand(Instant.parse("2099-01-01T00:00:00Z")));
    lookAgain();
    assertThat(current()).isEqualTo(first.id().value() + " by ADOPTED");
    estate.clock.advance(Duration.ofMinutes(1));
    estate.releases.deployWithOldTool(second, byHand(estate.clock.instant()));
    lookAgain();
    assertThat(current()).isEqualTo(second.id().value() + " by ADOPTED");
    lookAgain();
    assertThat(head().history())
        .extracting(DeployedRelease::origin)
        .filteredOn(DeploymentOrigin.ADOPTED::equals)
        .hasSize(2);
  }

  @Test
  void aDeploymentDatedALittleAheadIsAdoptedOnceAlsoWhenItsTimeHasCome() {
    Release first = released("1");
    released("2");
    estate.releases.deployWithOldTool(
        first, byHand(estate.clock.instant().plus(Duration.ofMinutes(30))));
    lookAgain();
    assertThat(current()).isEqualTo(first.id().value() + " by ADOPTED");
    Release third = released("3");
    for (int i = 0; i < 5; i++) {
      lookAgain();
      assertThat(current()).isEqualTo(third.id().value() + " by AUTOMATION");
    }
  }

  private EnvironmentHead head() {
    return Optional.ofNullable(estate.releases.state().environments().get(STAGE)).orElseThrow();
  }

  private Release released(String tag) {
    estate.publish("bags", tag);
    estate.clock.advance(Duration.ofMinutes(1));
    replica.cycle();
    replica.cycle();
    return estate.releases.all().getLast();
  }

  /** So much later that the releases table is searched even if nothing drifts. */
  private void lookAgain() {
    estate.clock.advance(Duration.ofMinutes(11));
    replica.cycle();
    replica.cycle();
  }

  private String current() {
    var current =
        Optional.ofNullable(estate.releases.state().environments().get(STAGE))
            .flatMap(EnvironmentHead::current)
            .orElseThrow();
    DeploymentOrigin origin = current.origin();
    return "%s by %s".formatted(current.release().value(), origin);
  }

  private static Deployment byHand(Instant at) {
    return new Deployment(
        Optional.empty(), at, "by hand", STAGE, "Staging", new Requester("jo", "Jo"));
  }
}
