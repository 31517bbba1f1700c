package dev.onward.plan;

import static dev.onward.plan.World.PROD;
import static dev.onward.plan.World.STAGE;
import static dev.onward.plan.World.hours;
import static dev.onward.plan.World.image;
import static dev.onward.plan.World.minutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.EnvironmentId;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.release.Release;
import dev.onward.plan.EnvironmentExplanation.State;
import dev.onward.plan.SourceSync.Status;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.Verdict;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HoldTest {
  private static final EnvironmentId DEMO = new EnvironmentId("demo");

  private final World world = World.automatic();
  private final Person alice = world.person("Alice");
  private final Release before = world.released("bags", "1");

  @Test
  void whileAnEnvironmentIsHeldNothingIsPromotedToIt() {
    alice.holds(PROD);
    Release release = world.released("bags", "2");
    world.runFor(hours(12));
    assertThat(world.current(STAGE)).contains(release.id());
    assertThat(world.current(PROD)).contains(before.id());
    assertThat(world.holding(PROD)).containsExactly("hold");
    assertThat(world.explain(PROD).summary()).contains("held by Alice").contains("INC-42");
    assertThat(world.explain(PROD).nextEvaluation()).as("waits for people").isEmpty();
  }

  @Test
  void aResumedEnvironmentTakesTheNewestAtOnce() {
    alice.holds(PROD);
    world.released("bags", "2");
    Release newest = world.released("bags", "3");
    alice.resumes(PROD);
    world.step();
    assertThat(world.deployed(PROD)).containsExactly(before.id(), newest.id());
  }

  @Test
  void aHoldWithAnEndEndsByItself() {
    alice.holds(PROD, hours(1));
    Release release = world.released("bags", "2");
    assertThat(world.explain(PROD).nextEvaluation()).contains(world.now.plus(minutes(55)));
    world.runFor(minutes(54));
    assertThat(world.current(PROD)).contains(before.id());
    world.runFor(minutes(1));
    assertThat(world.current(PROD)).contains(release.id());
  }

  @Test
  void aHeldEnvironmentIsNotRepairedUnderItsHoldersHands() {
    world.repairs(PROD);
    alice.holds(PROD);
    world.edit(PROD, "bags", "hotfix").runFor(hours(1));
    assertThat(world.images(PROD).images()).containsValue(image("bags", "hotfix"));
    assertThat(world.explain(PROD).drift()).hasSize(1);
    alice.resumes(PROD);
    world.step();
    assertThat(world.images(PROD)).isEqualTo(before.images());
  }

  @Test
  void whatWasRecordedBeforeTheHoldIsStillWrittenToItsEnd() {
    world.publish("bags", "2").after(minutes(5));
    Plan plan = world.plan();
    world.carryOut(plan.actions().subList(0, plan.actions().size() - 1));
    alice.holds(PROD);
    world.step();
    assertThat(world.images(PROD)).isEqualTo(world.newest().images());
  }

  @Test
  void aHeldEnvironmentStillFeedsTheOnesAfterIt() {
    alice.holds(STAGE);
    world.mode(PROD, PromotionMode.MANUAL);
    alice.deploysRegardless(world.released("bags", "2"), STAGE);
    world.mode(PROD, PromotionMode.AUTO).step();
    assertThat(world.current(PROD)).contains(world.newest().id());
  }

  @Test
  void anEnvironmentIsHeldWhileNothingWaitsForIt() {
    alice.holds(PROD, hours(2));
    var prod = world.explain(PROD);
    assertThat(prod.state()).isEqualTo(State.HELD);
    assertThat(prod.candidate()).isEmpty();
    assertThat(prod.held()).extracting(Verdict::gate).containsExactly("hold");
    assertThat(prod.summary())
        .startsWith("held: prod held by Alice")
        .contains("INC-42")
        .endsWith("; in sync with stage");
    assertThat(prod.sync().map(SourceSync::status)).contains(Status.IN_SYNC);
    assertThat(prod.nextEvaluation()).contains(world.now.plus(hours(2)));
    assertThat(world.explain(STAGE).state()).isEqualTo(State.IN_SYNC);
    world.runFor(hours(2));
    assertThat(world.explain(PROD).state()).isEqualTo(State.IN_SYNC);
  }

  @Test
  void anEnvironmentThatIsPausedOrAheadIsHeldAndSaysBoth() {
    Release second = world.released("bags", "2");
    world.after(minutes(5));
    alice.rollsBack(STAGE);
    world.step();
    alice.holds(STAGE);
    alice.holds(PROD);
    assertThat(world.explain(STAGE).state()).isEqualTo(State.HELD);
    assertThat(world.explain(STAGE).summary()).contains("; 1 newer in latest, none considered: ");
    assertThat(world.explain(PROD).state()).isEqualTo(State.HELD);
    assertThat(world.explain(PROD).summary()).contains("; ahead of stage, which was rolled back");
    assertThat(world.current(PROD)).contains(second.id());
  }

  @Test
  void anEnvironmentWithoutAPolicyIsHeldTooForPeoplesDeploymentsAre() {
    world.environment("demo", Optional.empty(), DriftPolicy.REPORT).step();
    alice.holds(DEMO);
    assertThat(world.explain(DEMO).state()).isEqualTo(State.HELD);
    assertThat(world.explain(DEMO).held()).extracting(Verdict::gate).containsExactly("hold");
    assertThat(world.explain(DEMO).sync()).isEmpty();
    Release release = world.newest();
    assertThat(alice.isRefused(new OperatorCommand.Deploy(DEMO, release.id(), false)).reason())
        .contains("held by Alice");
  }

  @Test
  void whatIsBeingWrittenIsSaidToBeWrittenAndHeldBesides() {
    world.publish("bags", "2").after(minutes(5));
    Plan plan = world.plan();
    world.carryOut(plan.actions().subList(0, plan.actions().size() - 1));
    alice.holds(PROD);
    assertThat(world.explain(PROD).state()).isEqualTo(State.CONVERGING);
    assertThat(world.explain(PROD).held()).extracting(Verdict::gate).containsExactly("hold");
  }

  @Test
  void holdingTwiceIsRefusedAndNamesWhoeverWasFirst() {
    alice.holds(PROD);
    var again = new OperatorCommand.Say(new Intervention.Hold(PROD));
    assertThat(world.person("Bob").isRefused(again).reason()).contains("by Alice");
  }

  @Test
  void resumingWhatIsNotHeldIsRefused() {
    assertThat(alice.isRefused(new OperatorCommand.Say(new Intervention.Resume(PROD))).reason())
        .isEqualTo("prod is not held");
  }

  @Test
  void anEnvironmentThatDoesNotExistCannotBeHeld() {
    var moon = new EnvironmentId("moon");
    assertThat(alice.isRefused(new OperatorCommand.Say(new Intervention.Hold(moon))).reason())
        .contains("no environment moon");
  }

  @Test
  void aHoldThatHasEndedCanBeSaidAgain() {
    alice.holds(PROD, hours(1));
    world.runFor(hours(1));
    alice.holds(PROD);
    world.released("bags", "2");
    assertThat(world.current(PROD)).contains(before.id());
  }
}
