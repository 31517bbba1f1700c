package dev.onward.plan;

import static dev.onward.plan.World.PROD;
import static dev.onward.plan.World.STAGE;
import static dev.onward.plan.World.image;
import static dev.onward.plan.World.minutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.onward.model.ServiceId;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import dev.onward.plan.EnvironmentExplanation.Drifted;
import dev.onward.plan.ObservedParameter.Value;
import dev.onward.plan.command.CommandDecision;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.plan.command.Preview;
import dev.onward.policy.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Putting an environment right whose parameters have drifted. */
class RepairTest {
  private static final ServiceId BAGS = new ServiceId("bags");
  private static final OperatorCommand REPAIR = new OperatorCommand.Repair(PROD, false);

  private final World world = World.automatic();
  private final Person alice = world.person("Alice");
  private final Release first = world.released("bags", "1");

  @Test
  void whereDriftIsOnlyReportedAPersonRepairsItAtOnceAndItIsNoDeployment() {
    edited("hotfix");
    alice.repairs(PROD);
    world.step();
    assertThat(world.images(PROD)).isEqualTo(first.images());
    assertThat(world.deployed(PROD)).containsExactly(first.id());
    assertThat(world.explain(PROD).converged()).isTrue();
    assertThat(head().repairAsked()).as("it is done").isFalse();
    assertThat(world.plan().actions()).isEmpty();
    Release second = world.released("bags", "2");
    assertThat(world.current(PROD)).as("automation goes on").contains(second.id());
  }

  @Test
  void itSaysBeforeWhatItWouldWrite() {
    edited("hotfix");
    Preview preview = alice.previews(REPAIR);
    assertThat(preview.deployments()).isEmpty();
    assertThat(preview.repairs())
        .containsExactly(
            new Preview.Repair(
                PROD,
                true,
                first,
                List.of(
                    new Drifted(
                        BAGS, image("bags", "1"), Optional.of(image("bags", "hotfix").value())))));
    alice.does(REPAIR);
    assertThat(world.step()).isEqualTo(preview.after());
  }

  @Test
  void resumingShowsTheRepairThatAutomationThenMakes() {
    world.repairs(PROD);
    alice.holds(PROD);
    edited("hotfix");
    world.after(minutes(5));
    Preview preview = alice.previews(new OperatorCommand.Say(new Intervention.Resume(PROD)));
    assertThat(preview.repairs())
        .extracting(Preview.Repair::environment, Preview.Repair::byPerson)
        .containsExactly(tuple(PROD, false));
  }

  @Test
  void whoRepairsAndWhyIsRecordedWithWhatIsWritten() {
    edited("hotfix");
    var grant = (CommandDecision.Repair) alice.asks(REPAIR);
    assertThat(grant.request().attribution().by().name()).isEqualTo("Alice");
    assertThat(grant.request().detail()).isEqualTo("INC-42; parameters to write: bags");
    assertThat(grant.request().interventions()).isZero();
  }

  @Test
  void whatIsAsDeployedNeedsNoRepair() {
    assertThat(alice.isRefused(REPAIR).reason())
        .isEqualTo("there is nothing to repair in prod: all its parameters match the deployment");
  }

  @Test
  void aHoldAndAStopMustBeOverriddenAndAFreezeNeedNot() {
    edited("hotfix");
    alice.freezesTheProject("audit");
    alice.holds(PROD);
    alice.stopsTheProject();
    assertThat(alice.isRefused(REPAIR).heldBy())
        .extracting(Verdict::gate)
        .containsExactly("stop", "hold");
    alice.does(new OperatorCommand.Repair(PROD, true));
    world.step();
    assertThat(world.images(PROD)).as("what was recorded is written").isEqualTo(first.images());
  }

  @Test
  void aRejectedReleaseIsNotRepairedTo() {
    edited("hotfix");
    alice.rejects(first);
    assertThat(alice.isRefused(new OperatorCommand.Repair(PROD, true)).reason())
        .contains("was rejected by");
  }

  @Test
  void whatCannotBeWrittenIsNamedAndTheRestIsRepaired() {
    Release both = world.released("other", "1");
    world.edit(PROD, "bags", new Value.WrongType("SecureString"));
    assertThat(alice.isRefused(REPAIR).reason())
        .contains(
            "the differing parameters cannot be written because they are not of type String: bags");
    world.edit(PROD, "other", "hotfix");
    alice.repairs(PROD);
    world.step();
    assertThat(world.images(PROD).image(new ServiceId("other")))
        .isEqualTo(both.images().image(new ServiceId("other")));
    assertThat(world.explain(PROD).summary()).contains("cannot write bags");
  }

  @Test
  void whatIsBeingWrittenIsNotRepairedAsWell() {
    edited("hotfix");
    alice.repairs(PROD);
    assertThat(alice.isRefused(REPAIR).reason()).contains("1 parameter already being written");
  }

  @Test
  void whatWasThereAtFirstSightIsRepairedByAPersonAtOnce() {
    World plain = World.automatic();
    Release old = plain.oldRelease("old", Map.of("bags", "1"));
    plain.oldToolDeploys(STAGE, old).watched(Duration.ZERO).step();
    plain.person("Alice").repairs(STAGE);
    plain.step();
    assertThat(plain.images(STAGE)).isEqualTo(old.images());
    assertThat(plain.deployed(STAGE)).containsExactly(old.id());
  }

  @Test
  void aPersonNeedNotWaitForTheOldToolToWriteWhatItDeployed() {
    world.released("bags", "2");
    world.oldToolDeploys(STAGE, first).watched(Duration.ZERO).step();
    assertThat(world.plan().actions()).as("it is the old tool's to write").isEmpty();
    alice.repairs(STAGE);
    world.step();
    assertThat(world.images(STAGE)).isEqualTo(first.images());
    assertThat(world.explain(STAGE).current().orElseThrow().origin())
        .isEqualTo(DeploymentOrigin.ADOPTED);
  }

  @Test
  void deployingAgainWhatIsThereWritesWhatDiffersAndIsRecordedAsSuch() {
    edited("hotfix");
    OperatorCommand again = new OperatorCommand.Deploy(PROD, first.id(), false);
    Preview preview = alice.previews(again);
    assertThat(preview.deployments().getFirst().before().image(BAGS))
        .contains(image("bags", "hotfix"));
    var grant = (CommandDecision.Deploy) alice.asks(again);
    assertThat(grant.action().deployment().description())
        .isEqualTo("INC-42; redeployed, writing bags");
    alice.does(again);
    world.step();
    assertThat(world.images(PROD)).isEqualTo(first.images());
    assertThat(world.deployed(PROD)).containsExactly(first.id(), first.id());
  }

  @Test
  void whatIsBeingWrittenIsNotDeployedAgain() {
    Release second = world.released("bags", "2");
    alice.deploys(first, PROD);
    assertThat(alice.isRefused(new OperatorCommand.Deploy(PROD, first.id(), true)).reason())
        .isEqualTo(
            "release %s is already deployed to prod, and 1 parameter already being written"
                .formatted(first.id().shortForm()));
    assertThat(second).isNotEqualTo(first);
  }

  private void edited(String tag) {
    world.edit(PROD, "bags", tag);
  }

  private EnvironmentHead head() {
    return world.observe().environment(PROD).head().orElseThrow();
  }
}
