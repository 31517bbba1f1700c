package dev.onward.plan;

import static dev.onward.plan.World.PROD;
import static dev.onward.plan.World.STAGE;
import static dev.onward.plan.World.days;
import static dev.onward.plan.World.hours;
import static dev.onward.plan.World.minutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.EnvironmentId;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.command.CommandDecision;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.Verdict;
import dev.onward.policy.gate.ApprovalsGate;
import dev.onward.policy.gate.SoakGate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManualDeploymentTest {
  private final World world = World.automatic();
  private final Person alice = world.person("Alice");

  @Test
  void anOlderReleaseThatAPersonDeploysStaysAndTheNextNewerOneFlows() {
    Release first = world.released("bags", "1");
    world.released("bags", "2");
    alice.deploys(first, PROD);
    world.runFor(days(1));
    assertThat(world.current(PROD)).contains(first.id());
    assertThat(world.images(PROD)).isEqualTo(first.images());
    Release third = world.released("bags", "3");
    assertThat(world.current(PROD)).contains(third.id());
  }

  @Test
  void aNewerReleaseThatAPersonDeploysAheadOfItsSourceStays() {
    world.mode(STAGE, PromotionMode.MANUAL).mode(PROD, PromotionMode.MANUAL);
    Release release = world.released("bags", "1");
    alice.deploys(release, PROD);
    world.mode(PROD, PromotionMode.AUTO).runFor(days(1));
    assertThat(world.deployed(PROD)).containsExactly(release.id());
  }

  @Test
  void aManualEnvironmentIsDeployedToWithoutAnOverride() {
    world.mode(STAGE, PromotionMode.MANUAL);
    Release release = world.released("bags", "1");
    alice.deploys(release, STAGE);
    world.step();
    assertThat(world.images(STAGE)).isEqualTo(release.images());
    assertThat(world.explain(STAGE).current().orElseThrow().origin())
        .isEqualTo(DeploymentOrigin.PERSON);
  }

  @Test
  void whileGatesHoldItADeploymentIsRefusedWithTheirVerdicts() {
    world.gates(PROD, new SoakGate(hours(1)), new ApprovalsGate(1, Optional.empty()));
    Release release = world.released("bags", "1");
    alice.holds(PROD);
    CommandDecision.Refused refused =
        alice.isRefused(new OperatorCommand.Deploy(PROD, release.id(), false));
    assertThat(refused.heldBy())
        .extracting(Verdict::gate)
        .containsExactly("hold", "soak", "approvals");
    assertThat(refused.reason()).contains("no approval yet");
  }

  @Test
  void anOverrideLetsItGoAndIsWrittenIntoTheDeployment() {
    world.gates(PROD, new SoakGate(hours(1)));
    Release release = world.released("bags", "1");
    var grant =
        (CommandDecision.Deploy) alice.asks(new OperatorCommand.Deploy(PROD, release.id(), true));
    assertThat(grant.overridden()).extracting(Verdict::gate).containsExactly("soak");
    Deployment deployment = grant.action().deployment();
    assertThat(deployment.description()).startsWith("INC-42; overriding soak (soaking in stage");
    assertThat(deployment.requestedBy().name()).isEqualTo("Alice");
    world.carryOut(grant);
    world.step();
    assertThat(world.images(PROD)).isEqualTo(release.images());
  }

  @Test
  void anOverrideThatWasNotNeededIsNotWrittenDown() {
    Release first = world.released("bags", "1");
    world.released("bags", "2");
    var grant =
        (CommandDecision.Deploy) alice.asks(new OperatorCommand.Deploy(PROD, first.id(), true));
    assertThat(grant.overridden()).isEmpty();
    assertThat(grant.action().deployment().description()).isEqualTo("INC-42");
  }

  @Test
  void aReleaseThatIsThereAlreadyIsNotDeployedAgain() {
    Release release = world.released("bags", "1");
    assertThat(alice.isRefused(new OperatorCommand.Deploy(PROD, release.id(), true)).reason())
        .contains("is already deployed to prod");
  }

  @Test
  void whatDoesNotExistIsNotDeployed() {
    Release release = world.released("bags", "1");
    var moon = new EnvironmentId("moon");
    alice.isRefused(new OperatorCommand.Deploy(moon, release.id(), true));
    alice.isRefused(new OperatorCommand.Deploy(PROD, new ReleaseId("nothing"), true));
  }

  @Test
  void aPersonsDeploymentToTheSourceFlowsOnThroughTheGates() {
    world.gates(PROD, new SoakGate(hours(1)));
    world.mode(STAGE, PromotionMode.MANUAL);
    Release release = world.released("bags", "1");
    alice.deploys(release, STAGE);
    world.step();
    world.runFor(minutes(59));
    assertThat(world.current(PROD)).isEmpty();
    world.runFor(minutes(1));
    assertThat(world.current(PROD)).contains(release.id());
  }

  @Test
  void itIsDecidedAgainWhenAnOperatorSaysSomethingMeanwhile() {
    Release first = world.released("bags", "1");
    world.released("bags", "2");
    var grant =
        (CommandDecision.Deploy) alice.asks(new OperatorCommand.Deploy(PROD, first.id(), false));
    assertThat(grant.action().interventions()).contains(0L);
  }
}
