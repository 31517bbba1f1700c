package dev.onward.plan;

import static dev.onward.plan.World.PROD;
import static dev.onward.plan.World.STAGE;
import static dev.onward.plan.World.days;
import static dev.onward.plan.World.hours;
import static dev.onward.plan.World.minutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.release.Release;
import dev.onward.policy.gate.SoakGate;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SoakScenariosTest {
  private final World world = World.automatic().gates(PROD, new SoakGate(hours(2)));
  private final Person alice = world.person("Alice");

  @Test
  void aReleaseGoesOnWhenItHasBeenInItsSourceForLongEnough() {
    Release release = world.released("bags", "1");
    world.runFor(minutes(119));
    assertThat(world.current(PROD)).isEmpty();
    assertThat(world.holding(PROD)).containsExactly("soak");
    assertThat(world.explain(PROD).nextEvaluation()).contains(world.now.plus(minutes(1)));
    world.runFor(minutes(1));
    assertThat(world.current(PROD)).contains(release.id());
  }

  @Test
  void soakingBeginsAnewWhenTheSourcesParametersDriftedAndAreRightAgain() {
    Release release = world.released("bags", "1");
    world.runFor(minutes(90)).edit(STAGE, "bags", "hotfix").runFor(hours(3));
    assertThat(world.current(PROD)).isEmpty();
    assertThat(world.explain(PROD).summary()).contains("drifted (bags)");
    world.edit(STAGE, "bags", "1").runFor(minutes(119));
    assertThat(world.current(PROD)).isEmpty();
    world.runFor(minutes(1));
    assertThat(world.current(PROD)).contains(release.id());
  }

  @Test
  void aDriftThatCameAndWentBetweenTwoCyclesBeginsTheSoakAnewToo() {
    world.released("bags", "1");
    world.runFor(minutes(90)).edit(STAGE, "bags", "hotfix").edit(STAGE, "bags", "1");
    world.runFor(minutes(119));
    assertThat(world.current(PROD)).isEmpty();
    world.runFor(minutes(1));
    assertThat(world.current(PROD)).isPresent();
  }

  @Test
  void aDriftThatIsRepairedBeginsTheSoakAnew() {
    world.repairs(STAGE);
    world.released("bags", "1");
    world.runFor(minutes(90)).edit(STAGE, "bags", "hotfix");
    Instant repaired = world.runFor(minutes(2)).now;
    assertThat(world.images(STAGE)).isEqualTo(world.newest().images());
    world.runFor(minutes(115));
    assertThat(world.current(PROD)).isEmpty();
    world.runFor(minutes(5));
    assertThat(world.current(PROD)).isPresent();
    assertThat(world.now).isAfterOrEqualTo(repaired.plus(minutes(119)));
  }

  @Test
  void aReleaseThatANewerOneReplacedAfterItHadSoakedStillGoes() {
    alice.holds(PROD);
    Release soaked = world.released("bags", "1");
    world.runFor(hours(2));
    Release newer = world.released("bags", "2");
    alice.resumes(PROD);
    world.step();
    assertThat(world.current(PROD)).contains(soaked.id());
    world.runFor(hours(2));
    assertThat(world.current(PROD)).contains(newer.id());
  }

  @Test
  void aReleaseThatANewerOneReplacedBeforeItHadSoakedNeverGoes() {
    Release hasty = world.released("bags", "1");
    world.runFor(minutes(100));
    Release newer = world.released("bags", "2");
    world.runFor(minutes(119));
    assertThat(world.current(PROD)).isEmpty();
    world.runFor(days(1));
    assertThat(world.deployed(PROD)).containsExactly(newer.id()).doesNotContain(hasty.id());
  }

  @Test
  void aReleaseThatWasReplacedWhileItsParametersWereWrongNeverGoes() {
    world.released("bags", "1");
    world.runFor(minutes(100)).edit(STAGE, "bags", "hotfix").runFor(minutes(60));
    Release newer = world.released("bags", "2");
    world.runFor(hours(3));
    assertThat(world.deployed(PROD)).containsExactly(newer.id());
  }

  @Test
  void twoStaysAreNotAddedUp() {
    Release first = world.released("bags", "1");
    world.runFor(hours(2));
    Release second = world.released("bags", "2");
    world.runFor(minutes(80));
    alice.rollsBack(STAGE);
    world.runFor(minutes(10));
    alice.deploys(second, STAGE);
    world.step();
    world.runFor(minutes(119));
    assertThat(world.current(PROD)).contains(first.id());
    world.runFor(minutes(1));
    assertThat(world.current(PROD)).contains(second.id());
  }

  @Test
  void aReleaseThatTheSourceWentBackFromDoesNotGoHoweverLongItHadSoaked() {
    Release good = world.released("bags", "1");
    world.runFor(hours(2));
    alice.holds(PROD);
    Release bad = world.released("bags", "2");
    world.runFor(hours(5));
    alice.rollsBack(STAGE);
    alice.resumes(PROD);
    world.runFor(hours(5));
    assertThat(world.deployed(PROD)).containsExactly(good.id());
    assertThat(world.explain(PROD).skipped().getFirst().release().id()).isEqualTo(bad.id());
  }

  @Test
  void whatSoakedBeforeItWasRolledBackSoaksAnewWhenItIsDeployedAgain() {
    Release good = world.released("bags", "1");
    world.runFor(hours(2));
    alice.holds(PROD);
    Release again = world.released("bags", "2");
    world.runFor(hours(3));
    alice.rollsBack(STAGE);
    world.step();
    alice.deploys(again, STAGE);
    world.step();
    alice.resumes(PROD);
    world.runFor(minutes(119));
    assertThat(world.deployed(PROD)).containsExactly(good.id());
    world.runFor(minutes(1));
    assertThat(world.current(PROD)).contains(again.id());
  }

  @Test
  void aRestartForgetsNothingOfTheSoak() {
    Release release = world.released("bags", "1");
    world.runFor(minutes(90)).restart().runFor(minutes(30));
    assertThat(world.current(PROD)).contains(release.id());
  }

  @Test
  void theOldToolTakingOverTheSourceEndsAStayThatStillCounts() {
    alice.holds(PROD);
    Release soaked = world.released("bags", "1");
    world.runFor(hours(2));
    Release byHand = world.oldRelease("by-hand", Map.of("bags", "2"));
    world.oldToolDeploys(STAGE, byHand).edit(STAGE, "bags", "2").runFor(minutes(5));
    alice.resumes(PROD);
    world.step();
    assertThat(world.current(PROD)).contains(soaked.id());
    world.runFor(hours(2));
    assertThat(world.current(PROD)).contains(byHand.id());
  }
}
