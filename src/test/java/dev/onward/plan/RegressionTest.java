package dev.onward.plan;

import static dev.onward.plan.World.LATEST;
import static dev.onward.plan.World.PROD;
import static dev.onward.plan.World.STAGE;
import static dev.onward.plan.World.days;
import static dev.onward.plan.World.hours;
import static dev.onward.plan.World.image;
import static dev.onward.plan.World.minutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import dev.onward.policy.gate.ApprovalsGate;
import dev.onward.policy.gate.FreezesGate;
import dev.onward.policy.gate.MinAgeGate;
import dev.onward.policy.gate.MinIntervalGate;
import dev.onward.policy.gate.PlannedFreeze;
import dev.onward.policy.gate.SoakGate;
import dev.onward.policy.gate.UnknownGate;
import dev.onward.policy.gate.Window;
import dev.onward.policy.gate.WindowsGate;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What users of tools like this one complain of, and Onward does not do. */
class RegressionTest {
  private final World world = World.automatic();
  private final Person alice = world.person("Alice");

  @Test
  void automationDoesNotUndoARollback() {
    Release good = world.released("bags", "1");
    world.released("bags", "2");
    alice.rollsBack(PROD);
    alice.rollsBack(STAGE);
    world.restart().runFor(days(2));
    assertThat(world.current(STAGE)).contains(good.id());
    assertThat(world.current(PROD)).contains(good.id());
  }

  @Test
  void aRollbackDoesNotStopAutomationForGood() {
    world.released("bags", "1");
    world.released("bags", "2");
    alice.rollsBack(PROD);
    alice.rollsBack(STAGE);
    Release fix = world.released("bags", "3");
    assertThat(world.current(PROD)).as("nobody had to switch it on again").contains(fix.id());
  }

  @Test
  void aBurstOfImagesDoesNotBecomeSeveralReleases() {
    Release before = world.released("service0", "1");
    for (int i = 0; i < 10; i++) {
      world.publish("service" + i, "2").after(Duration.ofSeconds(20)).step();
    }
    world.runFor(minutes(5));
    assertThat(world.newest().manifest().previous()).contains(before.id());
    assertThat(world.deployed(PROD)).containsExactly(before.id(), world.newest().id());
  }

  @Test
  void aBadReleaseCanBeRejectedSoThatItReachesNoFurtherEnvironment() {
    world.gates(PROD, new SoakGate(hours(1)));
    Release bad = world.released("bags", "1");
    alice.rejects(bad);
    Release good = world.released("bags", "2");
    world.runFor(days(1));
    assertThat(world.deployed(PROD)).containsExactly(good.id());
  }

  @Test
  void resumingDeploysNothingOld() {
    Release old = world.released("bags", "1");
    alice.holds(PROD);
    world.released("bags", "2");
    world.released("bags", "3");
    Release hotfix = alice.composes(LATEST, Map.of("bags", Person.as(image("bags", "hotfix"))));
    alice.deploysRegardless(hotfix, PROD);
    world.runFor(hours(1));
    alice.resumes(PROD);
    world.runFor(days(1));
    assertThat(world.deployed(PROD)).containsExactly(old.id(), hotfix.id());
  }

  @Test
  void resumingAfterARollbackDeploysNothingThatWasThereBeforeIt() {
    Release good = world.released("bags", "1");
    Release bad = world.released("bags", "2");
    alice.rollsBack(PROD);
    alice.holds(PROD);
    world.runFor(hours(1));
    alice.resumes(PROD);
    world.runFor(days(1));
    assertThat(world.deployed(PROD)).containsExactly(good.id(), bad.id(), good.id());
  }

  @Test
  void windowsFreezesAndAMinimumAgeAreThere() {
    var from = world.now.atZone(ZoneOffset.UTC);
    var always =
        new Window(
            new TreeSet<>(Arrays.asList(DayOfWeek.values())),
            LocalTime.of(12, 0),
            LocalTime.of(14, 0),
            ZoneOffset.UTC);
    world.gates(
        PROD,
        new WindowsGate(List.of(always)),
        new FreezesGate(List.of(new PlannedFreeze(from, from.plusHours(1), "audit"))),
        new MinAgeGate(hours(3)));
    Release release = world.released("bags", "1");
    assertThat(world.holding(PROD)).containsExactly("freezes", "min_age", "windows");
    world.runFor(hours(1));
    assertThat(world.holding(PROD)).containsExactly("min_age", "windows");
    world.runFor(hours(1));
    assertThat(world.holding(PROD)).containsExactly("min_age");
    world.runFor(hours(1));
    assertThat(world.current(PROD)).contains(release.id());
  }

  @Test
  void everyUnmetConditionIsShownAtOnceWithItsReason() {
    world.gates(
        PROD,
        new SoakGate(hours(2)),
        new ApprovalsGate(2, Optional.empty()),
        new UnknownGate("moon"));
    world.released("bags", "1");
    alice.holds(PROD);
    EnvironmentExplanation shown = world.explain(PROD);
    assertThat(world.holding(PROD)).containsExactly("hold", "soak", "approvals", "moon");
    assertThat(shown.summary())
        .contains("held by Alice", "soaking in stage", "no approval yet", "gate 'moon'");
  }

  @Test
  void aListingThatMissesAServiceDowngradesNothing() {
    world.publish("ingests", "1");
    Release whole = world.released("bags", "1");
    ObservedParameter lost = world.parameter(LATEST, "ingests");
    world.servicesBefore("bags", "ingests").remove("ingests").after(hours(1));
    assertThat(world.step().actions()).isEmpty();
    world.put(LATEST, "ingests", lost.value()).runFor(hours(1));
    assertThat(world.newest()).isEqualTo(whole);
    assertThat(world.deployed(PROD)).containsExactly(whole.id());
  }

  @Test
  void anEnvironmentsParameterThatIsMissingFromOneListingDowngradesNothing() {
    Release whole = world.publish("ingests", "1").released("bags", "1");
    world.repairs(STAGE).delete(STAGE, "bags").watched(Duration.ZERO);
    assertThat(world.step().actions()).as("one look is not enough to write").isEmpty();
    world.edit(STAGE, "bags", "1").runFor(hours(1));
    assertThat(world.deployed(STAGE)).containsExactly(whole.id());
  }

  @Test
  void twoControllersDoNotFightEachOther() {
    world.publish("bags", "1").after(minutes(5));
    var one = new Planner(World.GRACE).plan(world.desired(), world.observe(), world.clock());
    var other = new Planner(World.GRACE).plan(world.desired(), world.observe(), world.clock());
    assertThat(other).isEqualTo(one);
    world.step();
    var overtaken = new Planner(World.GRACE).plan(world.desired(), world.observe(), world.clock());
    assertThat(overtaken.actions()).as("the second finds nothing left to do").isEmpty();
  }

  @Test
  void twoControllersWhoseClocksDifferDecideOnTheSameRelease() {
    world.publish("bags", "1").after(minutes(5));
    var one = (Action.CutRelease) world.clockOff(hours(1)).plan().actions().getFirst();
    var other = (Action.CutRelease) world.clockOff(hours(-1)).plan().actions().getFirst();
    assertThat(other.release().id()).isEqualTo(one.release().id());
    assertThat(other.to().version()).isEqualTo(one.to().version());
  }

  @Test
  void aBusySourceDoesNotStarveTheNextEnvironment() {
    world.gates(PROD, new SoakGate(hours(1)), new MinIntervalGate(hours(2)));
    Release lasting = world.released("bags", "1");
    world.runFor(hours(2));
    for (int i = 2; i < 12; i++) {
      boolean lasts = i % 2 == 0;
      Release release = world.released("bags", "" + i);
      lasting = lasts ? release : lasting;
      world.runFor(lasts ? minutes(80) : minutes(15));
    }
    world.runFor(minutes(40));
    assertThat(world.deployed(PROD)).as("one of every two goes").hasSize(6);
    assertThat(world.current(PROD)).contains(lasting.id());
  }

  @Test
  void theHistoryKeepsTheLastThirtyDeploymentsAndWhoMadeThem() {
    for (int i = 0; i < 40; i++) {
      world.released("bags", "" + i);
    }
    alice.rollsBack(PROD);
    EnvironmentHead head = world.observe().environment(PROD).head().orElseThrow();
    assertThat(head.history()).hasSize(30);
    assertThat(head.history().getLast().origin()).isEqualTo(DeploymentOrigin.PERSON);
    assertThat(head.history().getFirst().origin()).isEqualTo(DeploymentOrigin.AUTOMATION);
    assertThat(head.history()).extracting(DeployedRelease::deployedAt).isSorted();
    assertThat(head.history()).allMatch(deployed -> deployed.deploymentId().isPresent());
  }
}
