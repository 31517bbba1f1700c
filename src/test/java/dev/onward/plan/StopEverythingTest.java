package dev.onward.plan;

import static dev.onward.plan.World.LATEST;
import static dev.onward.plan.World.PROD;
import static dev.onward.plan.World.STAGE;
import static dev.onward.plan.World.hours;
import static dev.onward.plan.World.image;
import static dev.onward.plan.World.minutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.EnvironmentId;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.Release;
import dev.onward.plan.EnvironmentExplanation.State;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopEverythingTest {
  private final World world = World.automatic();
  private final Person alice = world.person("Alice");
  private final Release before = world.released("bags", "1");

  @Test
  void noReleaseIsCutAndTheLabelSaysWhy() {
    alice.stopsTheProject();
    world.publish("bags", "2").runFor(hours(1));
    assertThat(world.newest()).isEqualTo(before);
    var label = world.plan().labels().get(LATEST);
    assertThat(label.state()).isEqualTo(LabelExplanation.State.STOPPED);
    assertThat(label.reasons().getFirst()).contains("stopped by Alice").contains("INC-42");
  }

  @Test
  void nothingIsPromoted() {
    world.mode(PROD, PromotionMode.MANUAL);
    Release release = world.released("bags", "2");
    alice.stopsTheProject();
    world.mode(PROD, PromotionMode.AUTO).runFor(hours(1));
    assertThat(world.current(PROD)).contains(before.id());
    assertThat(world.holding(PROD)).containsExactly("stop");
    alice.letsTheProjectGoOn();
    world.step();
    assertThat(world.current(PROD)).contains(release.id());
  }

  @Test
  void everyEnvironmentIsHeldWhileNothingWaits() {
    alice.stopsTheProject();
    for (EnvironmentId id : List.of(STAGE, PROD)) {
      assertThat(world.explain(id).state()).isEqualTo(State.HELD);
      assertThat(world.explain(id).held()).extracting(Verdict::gate).containsExactly("stop");
      assertThat(world.explain(id).nextEvaluation()).as("waits for people").isEmpty();
    }
    alice.letsTheProjectGoOn();
    alice.saysOfEverything(new Intervention.StopEverything());
    assertThat(world.explain(PROD).state()).isEqualTo(State.HELD);
    assertThat(world.explain(PROD).summary()).startsWith("held: everything stopped by Alice");
  }

  @Test
  void nothingIsRepaired() {
    world.repairs(PROD);
    alice.stopsTheProject();
    world.edit(PROD, "bags", "hotfix").runFor(hours(1));
    assertThat(world.images(PROD).images()).containsValue(image("bags", "hotfix"));
    alice.letsTheProjectGoOn();
    world.step();
    assertThat(world.images(PROD)).isEqualTo(before.images());
  }

  @Test
  void theParametersOfARecordedDeploymentAreStillFinished() {
    world.publish("bags", "2").after(minutes(5));
    Plan plan = world.plan();
    world.carryOut(plan.actions().subList(0, plan.actions().size() - 1));
    assertThat(world.images(PROD)).isEqualTo(before.images());
    alice.stopsTheProject();
    world.step();
    assertThat(world.images(PROD)).isEqualTo(world.newest().images());
  }

  @Test
  void aPersonDeploysByOverridingIt() {
    Release second = world.released("bags", "2");
    alice.stopsTheProject();
    assertThat(alice.isRefused(new OperatorCommand.Deploy(PROD, before.id(), false)).heldBy())
        .extracting(Verdict::gate)
        .containsExactly("stop");
    alice.deploysRegardless(before, PROD);
    world.step();
    assertThat(world.images(PROD)).isEqualTo(before.images());
    assertThat(world.current(STAGE)).contains(second.id());
  }

  @Test
  void whatTheOldToolDeploysIsStillAdopted() {
    world.released("bags", "2");
    alice.stopsTheProject();
    world.oldToolDeploys(PROD, before).edit(PROD, "bags", "1").runFor(minutes(5));
    assertThat(world.explain(PROD).current().orElseThrow().origin())
        .isEqualTo(DeploymentOrigin.ADOPTED);
  }

  @Test
  void aStopOfEverythingStopsThisProjectToo() {
    alice.saysOfEverything(new Intervention.StopEverything());
    world.publish("bags", "2").runFor(hours(1));
    assertThat(world.newest()).isEqualTo(before);
    alice.saysOfEverything(new Intervention.ResumeEverything());
    world.step();
    assertThat(world.current(PROD)).contains(world.newest().id()).isNotEqualTo(before.id());
  }

  @Test
  void lettingEverythingGoOnDoesNotEndTheStopOfAProject() {
    alice.stopsTheProject();
    alice.saysOfEverything(new Intervention.StopEverything());
    alice.saysOfEverything(new Intervention.ResumeEverything());
    world.publish("bags", "2").runFor(hours(1));
    assertThat(world.newest()).isEqualTo(before);
  }

  @Test
  void goingOnReleasesOnlyWhatIsThereThen() {
    alice.stopsTheProject();
    for (int i = 2; i < 10; i++) {
      world.publish("bags", "" + i).runFor(minutes(10));
    }
    alice.letsTheProjectGoOn();
    world.step();
    assertThat(world.newest().manifest().previous()).contains(before.id());
    assertThat(world.images(PROD).images()).containsValue(image("bags", "9"));
  }
}
