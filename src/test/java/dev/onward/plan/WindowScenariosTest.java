package dev.onward.plan;

import static dev.onward.plan.World.PROD;
import static dev.onward.plan.World.days;
import static dev.onward.plan.World.hours;
import static dev.onward.plan.World.minutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.release.Release;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.policy.Verdict;
import dev.onward.policy.gate.SoakGate;
import dev.onward.policy.gate.Window;
import dev.onward.policy.gate.WindowsGate;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The world begins on a Monday at 10:00 UTC, in winter. */
class WindowScenariosTest {
  private static final Window TUESDAY_MORNING =
      new Window(
          new TreeSet<>(Set.of(DayOfWeek.TUESDAY)),
          LocalTime.of(9, 0),
          LocalTime.of(12, 0),
          ZoneId.of("Europe/London"));
  private static final Instant OPENS = Instant.parse("2026-03-03T09:00:00Z");

  private final World world =
      World.automatic().gates(PROD, new WindowsGate(List.of(TUESDAY_MORNING)));

  @Test
  void aReleaseWaitsForTheWindowAndGoesWhenItOpens() {
    Release release = world.released("bags", "1");
    world.runFor(Duration.between(world.now, OPENS).minus(minutes(1)));
    assertThat(world.current(PROD)).isEmpty();
    assertThat(world.holding(PROD)).containsExactly("windows");
    assertThat(world.explain(PROD).nextEvaluation()).contains(OPENS);
    world.runFor(minutes(1));
    assertThat(world.current(PROD)).contains(release.id());
  }

  @Test
  void ofAllThatWaitedOnlyTheNewestGoes() {
    world.released("bags", "1");
    world.released("bags", "2");
    Release newest = world.released("bags", "3");
    world.runFor(days(1));
    assertThat(world.deployed(PROD)).containsExactly(newest.id());
  }

  @Test
  void whatComesAsTheWindowClosesWaitsForTheNextOne() {
    world.now = OPENS.plus(hours(3)).minus(minutes(5));
    Release late = world.released("bags", "1");
    assertThat(world.now).isEqualTo(OPENS.plus(hours(3)));
    world.runFor(minutes(10));
    assertThat(world.current(PROD)).isEmpty();
    world.now = OPENS.plus(days(7));
    world.step();
    assertThat(world.current(PROD)).contains(late.id());
  }

  @Test
  void whatSoaksUntilTheNightIsSaidToGoInTheMorning() {
    world.gates(PROD, new SoakGate(hours(2)), new WindowsGate(List.of(TUESDAY_MORNING)));
    world.now = OPENS.plus(hours(2));
    world.released("bags", "1");
    assertThat(world.explain(PROD).nextEvaluation())
        .as("it will have soaked when the window is closed")
        .contains(OPENS.plus(days(7)));
  }

  @Test
  void aWindowOfSummerTimeOpensByTheWallClock() {
    world.now = Instant.parse("2026-06-02T07:00:00Z");
    world.released("bags", "1");
    assertThat(world.explain(PROD).nextEvaluation())
        .contains(Instant.parse("2026-06-02T08:00:00Z"));
  }

  @Test
  void whatAPersonDeploysOutsideOfTheWindowsMustOverrideThem() {
    Release release = world.released("bags", "1");
    Person alice = world.person("Alice");
    assertThat(alice.isRefused(new OperatorCommand.Deploy(PROD, release.id(), false)).heldBy())
        .extracting(Verdict::gate)
        .containsExactly("windows");
    alice.deploysRegardless(release, PROD);
    assertThat(world.current(PROD)).contains(release.id());
  }

  @Test
  void parametersOfWhatWasRecordedInTheWindowAreFinishedAfterIt() {
    world.released("bags", "1");
    world.now = OPENS;
    Plan plan = world.plan();
    world.carryOut(plan.actions().subList(0, 1));
    world.after(hours(5)).step();
    assertThat(world.images(PROD)).isEqualTo(world.newest().images());
  }
}
