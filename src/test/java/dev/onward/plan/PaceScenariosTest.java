package dev.onward.plan;

import static dev.onward.plan.World.PROD;
import static dev.onward.plan.World.days;
import static dev.onward.plan.World.hours;
import static dev.onward.plan.World.minutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.release.Release;
import dev.onward.policy.gate.DeploymentBudgetGate;
import dev.onward.policy.gate.MinAgeGate;
import dev.onward.policy.gate.MinIntervalGate;
import dev.onward.policy.gate.SoakGate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Gates by which an environment sets its own pace. */
class PaceScenariosTest {
  private final World world = World.automatic();

  @Test
  void aReleaseWaitsUntilItIsOldEnough() {
    world.gates(PROD, new MinAgeGate(hours(1)));
    Release release = world.released("bags", "1");
    world.runFor(minutes(59));
    assertThat(world.current(PROD)).isEmpty();
    world.runFor(minutes(1));
    assertThat(world.current(PROD)).contains(release.id());
  }

  @Test
  void deploymentsKeepTheirDistance() {
    world.gates(PROD, new MinIntervalGate(hours(4)));
    Release first = world.released("bags", "1");
    Instant deployed = world.now;
    assertThat(world.current(PROD)).contains(first.id());
    world.released("bags", "2");
    Release third = world.released("bags", "3");
    world.runFor(Duration.between(world.now, deployed.plus(hours(4))).minus(minutes(1)));
    assertThat(world.current(PROD)).contains(first.id());
    world.runFor(minutes(1));
    assertThat(world.deployed(PROD)).containsExactly(first.id(), third.id());
  }

  @Test
  void aPersonsDeploymentCountsForTheDistanceToo() {
    world.gates(PROD, new MinIntervalGate(hours(4)));
    Release first = world.released("bags", "1");
    world.runFor(hours(4));
    Release second = world.released("bags", "2");
    world.runFor(hours(3));
    world.person("Alice").deploysRegardless(first, PROD);
    Release third = world.released("bags", "3");
    world.runFor(hours(3));
    assertThat(world.current(PROD)).contains(first.id());
    world.runFor(hours(1));
    assertThat(world.deployed(PROD))
        .containsExactly(first.id(), second.id(), first.id(), third.id());
  }

  @Test
  void anEnvironmentTakesOnlySoManyReleasesInATime() {
    world.gates(PROD, new DeploymentBudgetGate(2, days(1)));
    Release first = world.released("bags", "1");
    Instant deployed = world.now;
    Release second = world.released("bags", "2");
    Release third = world.released("bags", "3");
    assertThat(world.current(PROD)).contains(second.id());
    assertThat(world.holding(PROD)).containsExactly("budget");
    world.runFor(Duration.between(world.now, deployed.plus(days(1))).minus(minutes(1)));
    assertThat(world.current(PROD)).contains(second.id());
    world.runFor(minutes(1));
    assertThat(world.deployed(PROD)).containsExactly(first.id(), second.id(), third.id());
  }

  @Test
  void everyGateThatHoldsIsShownAndTheLatestSaysWhenToLookAgain() {
    world.gates(PROD, new MinAgeGate(hours(1)), new SoakGate(hours(3)));
    world.released("bags", "1");
    assertThat(world.holding(PROD)).containsExactly("min_age", "soak");
    assertThat(world.explain(PROD).nextEvaluation()).contains(world.now.plus(hours(3)));
  }
}
