package dev.onward.plan;

import static dev.onward.plan.World.PROD;
import static dev.onward.plan.World.STAGE;
import static dev.onward.plan.World.days;
import static dev.onward.plan.World.hours;
import static dev.onward.plan.World.minutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.EnvironmentId;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.release.Release;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.policy.gate.ApprovalsGate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApprovalScenariosTest {
  private final World world =
      World.automatic().gates(PROD, new ApprovalsGate(2, Optional.of(days(1))));
  private final Person alice = world.person("Alice");
  private final Person bob = world.person("Bob");
  private final Release release = world.released("bags", "1");

  @Test
  void aReleaseGoesWhenTwoPeopleHaveApprovedIt() {
    assertThat(world.holding(PROD)).containsExactly("approvals");
    alice.approves(release, PROD);
    world.runFor(minutes(10));
    assertThat(world.current(PROD)).isEmpty();
    bob.approves(release, PROD);
    world.step();
    assertThat(world.current(PROD)).contains(release.id());
  }

  @Test
  void theSamePersonTwiceIsOne() {
    alice.approves(release, PROD);
    var refused = alice.isRefused(Person.approval(release, PROD));
    assertThat(refused.reason()).contains("Alice has already approved");
    world.step();
    assertThat(world.current(PROD)).isEmpty();
  }

  @Test
  void anApprovalThatWasWithdrawnCountsNoMoreAndCanBeGivenAgain() {
    alice.approves(release, PROD);
    alice.does(new OperatorCommand.Say(new Intervention.Withdraw(release.id(), PROD)));
    bob.approves(release, PROD);
    world.step();
    assertThat(world.current(PROD)).isEmpty();
    assertThat(world.explain(PROD).summary()).contains("1 of 2 approvals: Bob");
    alice.approves(release, PROD);
    world.step();
    assertThat(world.current(PROD)).contains(release.id());
  }

  @Test
  void anApprovalThatHasLapsedCountsNoMore() {
    alice.approves(release, PROD);
    world.after(days(1)).step();
    bob.approves(release, PROD);
    world.step();
    assertThat(world.current(PROD)).isEmpty();
    assertThat(world.explain(PROD).summary()).contains("1 of 2 approvals: Bob");
  }

  @Test
  void whoeversApprovalHasLapsedCanApproveAgain() {
    alice.approves(release, PROD);
    world.after(days(1)).step();
    alice.approves(release, PROD);
    bob.approves(release, PROD);
    world.step();
    assertThat(world.current(PROD)).contains(release.id());
  }

  @Test
  void anApprovalThatItsGiverLimitedEndsThen() {
    alice.approves(release, PROD, hours(1));
    world.after(hours(1)).step();
    bob.approves(release, PROD);
    world.step();
    assertThat(world.current(PROD)).isEmpty();
  }

  @Test
  void approvingARejectedReleaseIsRefused() {
    alice.rejects(release);
    assertThat(bob.isRefused(Person.approval(release, PROD)).reason())
        .contains("was rejected by Alice");
  }

  @Test
  void rejectingAnApprovedReleaseHasTheLastWord() {
    alice.approves(release, PROD);
    world.person("Carol").rejects(release);
    bob.isRefused(Person.approval(release, PROD));
    world.runFor(hours(1));
    assertThat(world.current(PROD)).isEmpty();
  }

  @Test
  void anApprovalOfOneReleaseIsNoneOfTheNext() {
    alice.approves(release, PROD);
    Release next = world.released("bags", "2");
    bob.approves(next, PROD);
    world.runFor(minutes(10));
    assertThat(world.current(PROD)).isEmpty();
  }

  @Test
  void anApprovedReleaseGoesThoughANewerOneWaitsForItsOwnApprovals() {
    Release newer = world.released("bags", "2");
    alice.approves(release, PROD);
    bob.approves(release, PROD);
    world.step();
    assertThat(world.current(PROD)).contains(release.id());
    assertThat(world.explain(PROD).candidate().orElseThrow().release().id()).isEqualTo(newer.id());
  }

  @Test
  void anApprovalForOneEnvironmentIsNoneForAnother() {
    world.gates(STAGE, new ApprovalsGate(1, Optional.empty()));
    Release next = world.released("bags", "2");
    alice.approves(next, PROD);
    bob.approves(next, PROD);
    world.step();
    assertThat(world.current(STAGE)).contains(release.id());
    assertThat(world.current(PROD)).isEmpty();
  }

  @Test
  void goingBackCanBeApprovedAfterwards() {
    world.gates(PROD).step();
    Release newer = world.released("bags", "2");
    world.after(hours(1)).gates(PROD, new ApprovalsGate(2, Optional.of(days(1))));
    alice.approves(release, PROD);
    assertThat(
            alice
                .isRefused(
                    new OperatorCommand.RollBack(PROD, OperatorCommand.RollBackTo.OLDER, false))
                .reason())
        .contains("1 of 2");
    bob.approves(release, PROD);
    alice.rollsBack(PROD);
    world.runFor(hours(1));
    assertThat(world.deployed(PROD)).containsExactly(release.id(), newer.id(), release.id());
  }

  @Test
  void nobodyApprovesForAnEnvironmentOrAReleaseThatDoesNotExist() {
    assertThat(alice.isRefused(Person.approval(release, new EnvironmentId("moon"))).reason())
        .isEqualTo("project storage has no environment moon");
    Release elsewhere = world.oldRelease("elsewhere", Map.of("bags", "1"));
    assertThat(alice.isRefused(Person.approval(elsewhere, PROD)).reason())
        .isEqualTo("there is no release elsewhere in this project");
  }
}
