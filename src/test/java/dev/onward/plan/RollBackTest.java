package dev.onward.plan;

import static dev.onward.plan.World.PROD;
import static dev.onward.plan.World.STAGE;
import static dev.onward.plan.World.days;
import static dev.onward.plan.World.hours;
import static dev.onward.plan.World.minutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.release.Release;
import dev.onward.plan.command.CommandDecision;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.plan.command.RollbackChoice;
import dev.onward.policy.Verdict;
import dev.onward.policy.gate.SoakGate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RollBackTest {
  private final World world = World.automatic();
  private final Person alice = world.person("Alice");
  private final Release first = world.released("bags", "1");
  private final Release second = world.released("bags", "2");
  private final Release third = world.released("bags", "3");

  @Test
  void whatWasThereBeforeComesBackAndStays() {
    alice.rollsBack(PROD);
    world.runFor(days(1));
    assertThat(world.current(PROD)).contains(second.id());
    assertThat(world.images(PROD)).isEqualTo(second.images());
    Release fix = world.released("bags", "4");
    assertThat(world.current(PROD)).contains(fix.id());
  }

  @Test
  void rollingBackTwiceGoesFurtherBack() {
    alice.rollsBack(PROD);
    world.runFor(minutes(5));
    alice.rollsBack(PROD);
    world.step();
    assertThat(world.current(PROD)).contains(first.id());
  }

  @Test
  void aRejectedReleaseIsPassedOver() {
    alice.rejects(second);
    alice.rollsBack(PROD);
    assertThat(world.current(PROD)).contains(first.id());
  }

  @Test
  void whatWasRolledBackFromIsPassedOver() {
    alice.deploys(first, PROD);
    world.runFor(minutes(5));
    Release fourth = world.released("bags", "4");
    assertThat(world.current(PROD)).contains(fourth.id());
    alice.rejects(first);
    assertThat(
            alice
                .isRefused(
                    new OperatorCommand.RollBack(PROD, OperatorCommand.RollBackTo.OLDER, true))
                .reason())
        .as("neither to the third nor to the second")
        .startsWith("no older release");
  }

  @Test
  void whereNothingOlderIsKnownItIsRefused() {
    alice.rejects(first);
    alice.rejects(second);
    assertThat(
            alice
                .isRefused(
                    new OperatorCommand.RollBack(PROD, OperatorCommand.RollBackTo.OLDER, false))
                .reason())
        .startsWith("no older release that is not rejected was deployed to prod");
  }

  @Test
  void itSaysWhichReleaseItLeadsToAndWhy() {
    assertThat(choice(OperatorCommand.RollBackTo.OLDER))
        .isEqualTo(
            new RollbackChoice(
                new RollbackChoice.Target(
                    OperatorCommand.RollBackTo.OLDER,
                    second.id(),
                    "the newest release in the history of prod that is older than the current"
                        + " release %s".formatted(third.id().shortForm())),
                Optional.empty()));
    alice.rejects(second);
    assertThat(choice(OperatorCommand.RollBackTo.OLDER).chosen().why())
        .endsWith(", and was neither rejected nor rolled back (1 newer one was)");
  }

  @Test
  void afterTheWrongOlderReleaseWasDeployedWhatWasThereBeforeIsTheOtherChoice() {
    alice.deploys(second, PROD);
    world.runFor(minutes(5));
    RollbackChoice older = choice(OperatorCommand.RollBackTo.OLDER);
    assertThat(older.chosen().release()).isEqualTo(first.id());
    assertThat(older.other().orElseThrow().release()).isEqualTo(third.id());
    assertThat(older.other().orElseThrow().why())
        .startsWith(
            "the release of prod before release %s was deployed at "
                .formatted(second.id().shortForm()));
    RollbackChoice before = choice(OperatorCommand.RollBackTo.BEFORE);
    assertThat(before.chosen()).isEqualTo(older.other().orElseThrow());
    assertThat(before.other()).contains(older.chosen());
    alice.does(new OperatorCommand.RollBack(PROD, OperatorCommand.RollBackTo.BEFORE, false));
    world.runFor(minutes(5));
    assertThat(world.current(PROD)).contains(third.id());
    assertThat(world.images(PROD)).isEqualTo(third.images());
  }

  @Test
  void whatWasThereBeforeIsAnotherReleaseEvenIfTheCurrentOneWasDeployedAgain() {
    alice.deploys(second, PROD);
    world.runFor(minutes(5));
    world.edit(PROD, "bags", "hotfix");
    alice.deploys(second, PROD);
    world.runFor(minutes(5));
    assertThat(choice(OperatorCommand.RollBackTo.BEFORE).chosen().release()).isEqualTo(third.id());
  }

  @Test
  void whereNothingOlderIsKnownItNamesWhatWasThereBefore() {
    alice.deploys(first, PROD);
    world.runFor(minutes(5));
    assertThat(
            alice
                .isRefused(
                    new OperatorCommand.RollBack(PROD, OperatorCommand.RollBackTo.OLDER, false))
                .reason())
        .contains(
            "; release %s can be deployed, the release of prod".formatted(third.id().shortForm()));
  }

  @Test
  void whatWasThereBeforeIsNoChoiceOnceItIsRejected() {
    alice.deploys(second, PROD);
    world.runFor(minutes(5));
    alice.rejects(third);
    assertThat(choice(OperatorCommand.RollBackTo.OLDER).other()).isEmpty();
    assertThat(
            alice
                .isRefused(
                    new OperatorCommand.RollBack(PROD, OperatorCommand.RollBackTo.BEFORE, false))
                .reason())
        .startsWith("no other release that is not rejected was deployed to prod before");
  }

  private RollbackChoice choice(OperatorCommand.RollBackTo to) {
    var grant = (CommandDecision.Deploy) alice.asks(new OperatorCommand.RollBack(PROD, to, false));
    return grant.rollBack().orElseThrow();
  }

  @Test
  void gatesThatHoldMustBeOverridden() {
    alice.freezesTheProject("audit");
    assertThat(
            alice
                .isRefused(
                    new OperatorCommand.RollBack(PROD, OperatorCommand.RollBackTo.OLDER, false))
                .heldBy())
        .extracting(Verdict::gate)
        .containsExactly("freezes");
    alice.does(new OperatorCommand.RollBack(PROD, OperatorCommand.RollBackTo.OLDER, true));
    assertThat(world.current(PROD)).contains(second.id());
  }

  @Test
  void whatSoakedOnceNeedsNotSoakAgain() {
    World slow = World.automatic().gates(PROD, new SoakGate(hours(1)));
    Release good = slow.released("bags", "1");
    slow.runFor(hours(1));
    slow.released("bags", "2");
    slow.runFor(hours(1));
    slow.person("Alice").rollsBack(PROD);
    slow.runFor(hours(1));
    assertThat(slow.current(PROD)).contains(good.id());
  }

  @Test
  void anEnvironmentAfterOneThatWasRolledBackKeepsWhatItHas() {
    alice.rollsBack(STAGE);
    world.runFor(days(1));
    assertThat(world.current(STAGE)).contains(second.id());
    assertThat(world.current(PROD)).contains(third.id());
  }
}
