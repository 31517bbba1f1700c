package dev.onward.plan;

import static dev.onward.plan.World.PROD;
import static dev.onward.plan.World.STAGE;
import static dev.onward.plan.World.hours;
import static dev.onward.plan.World.minutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.release.Release;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.Verification;
import dev.onward.policy.gate.ChangeCalendarsGate;
import dev.onward.policy.gate.DriftFreeGate;
import dev.onward.policy.gate.VerificationsGate;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Gates that look at the source environment, and at what is said outside of it. */
class SourceHealthScenariosTest {
  private static final Verification ERRORS =
      new Verification(
          "errors",
          new Verification.Http(URI.create("https://stage.example.com"), 200, Optional.empty()),
          minutes(30),
          minutes(1),
          Duration.ofSeconds(5));

  private static final Verification ONE_LOOK =
      new Verification("smoke", ERRORS.probe(), Duration.ZERO, ERRORS.every(), ERRORS.timeout());

  private final World world = World.automatic();

  @Test
  void aReleaseGoesWhenItsVerificationHasHeldForLongEnough() {
    world.gates(PROD, new VerificationsGate(List.of(ERRORS)));
    Release release = world.released("bags", "1");
    world.runFor(minutes(30));
    assertThat(world.current(PROD)).as("30 minutes, less the one until it was seen").isEmpty();
    assertThat(world.holding(PROD)).containsExactly("verifications");
    world.runFor(minutes(1));
    assertThat(world.current(PROD)).contains(release.id());
  }

  @Test
  void nothingIsLookedAtBeforeItWasSeenToBeThere() {
    world.gates(PROD, new VerificationsGate(List.of(ONE_LOOK)));
    Release release = world.released("bags", "1");
    assertThat(world.current(STAGE)).contains(release.id());
    assertThat(world.current(PROD)).as("planned in one go, not looked at").isEmpty();
    world.runFor(minutes(1));
    assertThat(world.current(PROD)).contains(release.id());
  }

  @Test
  void nothingIsLookedAtWhileTheSourcesParametersAreNotItsOwn() {
    world.gates(PROD, new VerificationsGate(List.of(ONE_LOOK)));
    world.outside().checkFails("smoke");
    Release release = world.released("bags", "1");
    world.runFor(minutes(1)).edit(STAGE, "bags", "hotfix").outside().checkPasses("smoke");
    world.runFor(hours(1));
    assertThat(world.current(PROD)).as("what passed was the hotfix").isEmpty();
    world.edit(STAGE, "bags", "1").runFor(minutes(1));
    assertThat(world.current(PROD)).contains(release.id());
  }

  @Test
  void aVerificationThatFailsInTheMiddleBeginsAgain() {
    world.gates(PROD, new VerificationsGate(List.of(ERRORS)));
    Release release = world.released("bags", "1");
    world.runFor(minutes(20)).outside().checkFails("errors");
    world.runFor(minutes(20));
    assertThat(world.current(PROD)).isEmpty();
    world.outside().checkPasses("errors");
    world.runFor(minutes(30));
    assertThat(world.current(PROD)).isEmpty();
    world.runFor(minutes(1));
    assertThat(world.current(PROD)).contains(release.id());
  }

  @Test
  void whatWasVerifiedOfOneReleaseIsNotKnownOfTheNext() {
    world.gates(PROD, new VerificationsGate(List.of(ERRORS)));
    Release first = world.released("bags", "1");
    world.runFor(minutes(31));
    Release second = world.released("bags", "2");
    world.runFor(minutes(30));
    assertThat(world.current(PROD)).contains(first.id());
    world.runFor(minutes(1));
    assertThat(world.current(PROD)).contains(second.id());
  }

  @Test
  void nothingIsTakenFromASourceWhoseParametersDrifted() {
    world.gates(PROD, new DriftFreeGate());
    Release first = world.released("bags", "1");
    world.mode(PROD, PromotionMode.MANUAL);
    Release second = world.released("bags", "2");
    world.edit(STAGE, "bags", "hotfix").mode(PROD, PromotionMode.AUTO).runFor(hours(1));
    assertThat(world.current(PROD)).contains(first.id());
    assertThat(world.holding(PROD)).containsExactly("drift_free");
    world.edit(STAGE, "bags", "2").step();
    assertThat(world.current(PROD)).contains(second.id());
  }

  @Test
  void aClosedCalendarHoldsAndAnOpenOneLetsGo() {
    world.gates(PROD, new ChangeCalendarsGate(List.of("freeze-calendar")));
    world.outside().calendarCloses("freeze-calendar");
    Release release = world.released("bags", "1");
    world.runFor(hours(1));
    assertThat(world.current(PROD)).isEmpty();
    assertThat(world.holding(PROD)).containsExactly("change_calendars");
    world.outside().calendarOpens("freeze-calendar");
    world.step();
    assertThat(world.current(PROD)).contains(release.id());
  }

  @Test
  void aCalendarThatCannotBeAskedHolds() {
    world.gates(PROD, new ChangeCalendarsGate(List.of("freeze-calendar")));
    world.outside().calendarIsOutOfReach("freeze-calendar");
    world.released("bags", "1");
    world.runFor(hours(1));
    assertThat(world.current(PROD)).isEmpty();
    assertThat(world.explain(PROD).summary()).contains("access denied");
  }

  @Test
  void oneClosedCalendarOfTwoHolds() {
    world.gates(PROD, new ChangeCalendarsGate(List.of("ours", "theirs")));
    world.outside().calendarOpens("ours");
    world.outside().calendarCloses("theirs");
    world.released("bags", "1");
    assertThat(world.current(PROD)).isEmpty();
  }

  @Test
  void gatesAskOnlyAboutTheCandidatesOfTheEnvironmentThatNamesThem() {
    world.gates(PROD, new ChangeCalendarsGate(List.of("ours")));
    assertThat(world.plan().queries()).as("no candidate").isEmpty();
    world.outside().calendarCloses("ours");
    world.released("bags", "1");
    assertThat(world.plan().queries()).hasSize(1);
  }
}
