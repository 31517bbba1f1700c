package dev.onward.plan;

import static dev.onward.plan.World.PROD;
import static dev.onward.plan.World.STAGE;
import static dev.onward.plan.World.days;
import static dev.onward.plan.World.hours;
import static dev.onward.plan.World.minutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.intervention.Intervention;
import dev.onward.model.release.Release;
import dev.onward.plan.EnvironmentExplanation.State;
import dev.onward.policy.Verdict;
import dev.onward.policy.gate.FreezesGate;
import dev.onward.policy.gate.PlannedFreeze;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FreezeScenariosTest {
  private final World world = World.automatic();
  private final Person alice = world.person("Alice");

  @Test
  void aFreezeOfTheManifestHoldsFromItsBeginningToItsEnd() {
    ZonedDateTime from = world.now.plus(hours(1)).atZone(ZoneId.of("Europe/London"));
    world.gates(PROD, new FreezesGate(List.of(new PlannedFreeze(from, from.plusHours(2), "move"))));
    Release before = world.released("bags", "1");
    assertThat(world.current(PROD)).contains(before.id());
    world.runFor(hours(1));
    Release during = world.released("bags", "2");
    assertThat(world.explain(PROD).summary()).contains("frozen by the manifest").contains("move");
    assertThat(world.explain(PROD).nextEvaluation()).contains(from.plusHours(2).toInstant());
    world.runFor(hours(2));
    assertThat(world.current(PROD)).contains(during.id());
  }

  @Test
  void aFrozenEnvironmentIsHeldWhileNothingWaitsForItWhoeverFrozeIt() {
    ZonedDateTime from = world.now.plus(hours(1)).atZone(ZoneId.of("Europe/London"));
    world.gates(PROD, new FreezesGate(List.of(new PlannedFreeze(from, from.plusHours(2), "move"))));
    world.released("bags", "1");
    assertThat(world.explain(PROD).state()).isEqualTo(State.IN_SYNC);
    world.runFor(hours(1));
    assertThat(world.explain(PROD).state()).isEqualTo(State.HELD);
    assertThat(world.explain(PROD).held()).extracting(Verdict::gate).containsExactly("freezes");
    assertThat(world.explain(PROD).summary())
        .startsWith("held: frozen by the manifest")
        .endsWith("; in sync with stage");
    world.runFor(hours(2));
    assertThat(world.explain(PROD).state()).isEqualTo(State.IN_SYNC);

    alice.freezesTheProject("audit");
    assertThat(world.explain(STAGE).state()).isEqualTo(State.HELD);
    assertThat(world.explain(PROD).state()).isEqualTo(State.HELD);
    alice.liftsTheFreeze("audit");
    alice.saysOfEverything(
        new Intervention.SetFreeze("holidays", Optional.empty(), Optional.empty()));
    assertThat(world.explain(PROD).state()).isEqualTo(State.HELD);
  }

  @Test
  void aFreezeOfOneEnvironmentLeavesTheOthersAlone() {
    alice.freezes(PROD, "black-friday", hours(4));
    Release release = world.released("bags", "1");
    world.runFor(hours(3));
    assertThat(world.current(STAGE)).contains(release.id());
    assertThat(world.current(PROD)).isEmpty();
    assertThat(world.holding(PROD)).containsExactly("freezes");
    world.runFor(hours(1));
    assertThat(world.current(PROD)).contains(release.id());
  }

  @Test
  void aFreezeOfTheProjectHoldsAllItsEnvironmentsAndStillReleasesAreCut() {
    alice.freezesTheProject("audit");
    Release release = world.released("bags", "1");
    world.runFor(days(1));
    assertThat(release.images().images()).hasSize(1);
    assertThat(world.current(STAGE)).isEmpty();
    assertThat(world.current(PROD)).isEmpty();
    alice.liftsTheFreeze("audit");
    world.step();
    assertThat(world.current(PROD)).contains(release.id());
  }

  @Test
  void aFreezeOfEverythingHoldsThisProjectToo() {
    alice.saysOfEverything(
        new Intervention.SetFreeze("holidays", Optional.empty(), Optional.empty()));
    Release release = world.released("bags", "1");
    assertThat(world.current(STAGE)).isEmpty();
    assertThat(world.explain(STAGE).summary()).contains("holidays");
    alice.saysOfEverything(new Intervention.LiftFreeze("holidays"));
    world.step();
    assertThat(world.current(PROD)).contains(release.id());
  }

  @Test
  void aFreezeToComeHoldsNothingYet() {
    Instant from = world.now.plus(hours(1));
    alice.freezesTheProject("move", from, from.plus(hours(1)));
    Release before = world.released("bags", "1");
    assertThat(world.current(PROD)).contains(before.id());
    world.runFor(hours(1));
    Release during = world.released("bags", "2");
    assertThat(world.current(PROD)).contains(before.id());
    world.runFor(hours(1));
    assertThat(world.current(PROD)).contains(during.id());
  }

  @Test
  void twoFreezesHoldUntilTheLaterEnds() {
    alice.freezes(PROD, "one", hours(1));
    alice.freezes(PROD, "other", hours(2));
    world.released("bags", "1");
    world.runFor(hours(1));
    assertThat(world.current(PROD)).isEmpty();
    world.runFor(hours(1));
    assertThat(world.current(PROD)).isPresent();
  }

  @Test
  void aFreezeHoldsAnEnvironmentWhosePolicyPlansNone() {
    world.gates(PROD);
    alice.freezes(PROD, "incident", hours(1));
    world.released("bags", "1");
    assertThat(world.holding(PROD)).containsExactly("freezes");
  }

  @Test
  void aFreezeLeavesDriftRepairOn() {
    world.repairs(PROD);
    Release release = world.released("bags", "1");
    alice.freezesTheProject("audit");
    world.edit(PROD, "bags", "hotfix").runFor(minutes(5));
    assertThat(world.images(PROD)).isEqualTo(release.images());
  }
}
