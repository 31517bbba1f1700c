package dev.onward.plan.command;

import static dev.onward.plan.World.LATEST;
import static dev.onward.plan.World.PROD;
import static dev.onward.plan.World.STAGE;
import static dev.onward.plan.World.minutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.intervention.Intervention;
import dev.onward.model.release.Release;
import dev.onward.plan.ObservedState;
import dev.onward.plan.Person;
import dev.onward.plan.Plan;
import dev.onward.plan.World;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.gate.ApprovalsGate;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PreviewTest {
  private final World world = World.automatic().gates(PROD, new ApprovalsGate(1, Optional.empty()));
  private final Person alice = world.person("Alice");
  private final Release first = world.released("bags", "1");

  @Test
  void resumingShowsTheReleaseThatThenGoes() {
    alice.holds(STAGE);
    Release release = world.released("bags", "2");
    Preview preview = comesTrue(say(new Intervention.Resume(STAGE)));
    assertThat(preview.deployments()).hasSize(1);
    Preview.Step step = preview.deployments().getFirst();
    assertThat(step.environment()).isEqualTo(STAGE);
    assertThat(step.from()).contains(first);
    assertThat(step.to()).isEqualTo(release);
    assertThat(step.before()).isEqualTo(first.images());
    assertThat(step.byPerson()).isFalse();
  }

  @Test
  void resumingShowsThatNothingGoesWhenAnotherGateStillHolds() {
    alice.holds(STAGE);
    world.released("bags", "2");
    alice.freezesTheProject("audit");
    Preview preview = comesTrue(say(new Intervention.Resume(STAGE)));
    assertThat(preview.deployments()).isEmpty();
    assertThat(preview.after().environments().get(STAGE).summary()).contains("audit");
  }

  @Test
  void theLastApprovalShowsTheDeploymentThatItLetsGo() {
    Preview preview = comesTrue(Person.approval(first, PROD));
    assertThat(preview.deployments()).extracting(Preview.Step::environment).containsExactly(PROD);
  }

  @Test
  void aDeploymentShowsWhatAutomationMakesOfIt() {
    world.gates(PROD);
    world.mode(STAGE, PromotionMode.MANUAL);
    Release release = world.released("bags", "2");
    Preview preview = comesTrue(new OperatorCommand.Deploy(STAGE, release.id(), false));
    assertThat(preview.deployments())
        .extracting(Preview.Step::environment)
        .containsExactly(STAGE, PROD);
    assertThat(preview.deployments())
        .extracting(Preview.Step::byPerson)
        .containsExactly(true, false);
  }

  @Test
  void whatAutomationWouldDoAnywayIsNoneOfItsDeployments() {
    world.publish("bags", "2").after(minutes(5));
    Preview preview = alice.previews(say(new Intervention.Hold(PROD)));
    assertThat(preview.deployments()).isEmpty();
    assertThat(preview.after().actions()).isNotEmpty();
  }

  @Test
  void holdingRejectingFreezingAndStoppingDeployNothing() {
    for (Intervention intervention :
        List.of(
            new Intervention.Hold(PROD),
            new Intervention.Reject(first.id()),
            new Intervention.SetFreeze("audit", Optional.empty(), Optional.empty()),
            new Intervention.StopEverything())) {
      assertThat(comesTrue(say(intervention)).deployments()).isEmpty();
    }
  }

  @Test
  void rollingBackShowsTheWayBack() {
    Release second = world.released("bags", "2");
    Preview preview =
        comesTrue(new OperatorCommand.RollBack(STAGE, OperatorCommand.RollBackTo.OLDER, false));
    assertThat(preview.deployments())
        .containsExactly(
            new Preview.Step(STAGE, true, Optional.of(second), first, second.images()));
  }

  @Test
  void composingDeploysNothing() {
    assertThat(comesTrue(new OperatorCommand.Compose(LATEST, new TreeMap<>())).deployments())
        .isEmpty();
  }

  @Test
  void whatIsRefusedChangesNothing() {
    Preview preview = alice.previews(new OperatorCommand.Deploy(PROD, first.id(), false));
    assertThat(preview.deployments()).isEmpty();
    assertThat(preview.after()).isEqualTo(world.plan());
  }

  @Test
  void lettingEverythingGoOnShowsWhatThenHappensHere() {
    world.gates(PROD);
    alice.saysOfEverything(new Intervention.StopEverything());
    Preview preview = alice.previewsOfEverything(new Intervention.ResumeEverything());
    assertThat(preview.deployments()).extracting(Preview.Step::environment).containsExactly(PROD);
    alice.saysOfEverything(new Intervention.ResumeEverything());
    assertThat(world.step()).isEqualTo(preview.after());
  }

  /** Previews the wish, makes sure that this did nothing, and that the wish then does just that. */
  private Preview comesTrue(OperatorCommand command) {
    ObservedState before = world.observe();
    Preview preview = alice.previews(command);
    assertThat(world.observe()).as("a preview writes nothing").isEqualTo(before);
    alice.does(command);
    Plan plan = world.step();
    assertThat(plan).as("what was shown is what happens").isEqualTo(preview.after());
    return preview;
  }

  private static OperatorCommand say(Intervention intervention) {
    return new OperatorCommand.Say(intervention);
  }
}
