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
import dev.onward.plan.command.OperatorCommand;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.gate.SoakGate;
import org.junit.jupiter.api.Test;

class RejectionTest {
  private final World world = World.automatic();
  private final Person alice = world.person("Alice");

  @Test
  void aRejectedReleaseGoesNowhereFurther() {
    world.gates(PROD, new SoakGate(hours(1)));
    Release bad = world.released("bags", "1");
    alice.rejects(bad);
    world.runFor(days(1));
    assertThat(world.current(PROD)).isEmpty();
    assertThat(world.explain(PROD).skipped().getFirst().reason())
        .isEqualTo("rejected by Alice: INC-42");
    assertThat(world.explain(PROD).state()).isEqualTo(State.PAUSED);
  }

  @Test
  void anEnvironmentThatRunsARejectedReleaseKeepsItAndShowsIt() {
    Release bad = world.released("bags", "1");
    alice.rejects(bad);
    world.runFor(hours(1));
    assertThat(world.current(STAGE)).contains(bad.id());
    assertThat(world.explain(STAGE).rejection().orElseThrow().by().name()).isEqualTo("Alice");
  }

  @Test
  void theNextReleaseGoesPastTheRejectedOne() {
    world.gates(PROD, new SoakGate(hours(1)));
    Release bad = world.released("bags", "1");
    alice.rejects(bad);
    Release next = world.released("bags", "2");
    world.runFor(hours(1));
    assertThat(world.deployed(PROD)).containsExactly(next.id());
    assertThat(world.explain(PROD).rejection()).isEmpty();
  }

  @Test
  void anOlderReleaseThatHadSoakedGoesInsteadOfARejectedNewerOne() {
    world.gates(PROD, new SoakGate(hours(1)));
    alice.holds(PROD);
    Release soaked = world.released("bags", "1");
    world.runFor(hours(1));
    Release bad = world.released("bags", "2");
    world.runFor(hours(1));
    alice.rejects(bad);
    alice.resumes(PROD);
    world.runFor(hours(1));
    assertThat(world.deployed(PROD)).containsExactly(soaked.id());
  }

  @Test
  void aReleaseThatIsNoLongerRejectedGoes() {
    world.mode(STAGE, PromotionMode.MANUAL);
    Release release = world.released("bags", "1");
    alice.rejects(release);
    world.mode(STAGE, PromotionMode.AUTO).runFor(hours(1));
    assertThat(world.current(STAGE)).isEmpty();
    alice.unrejects(release);
    world.step();
    assertThat(world.current(PROD)).contains(release.id());
  }

  @Test
  void notEvenAPersonDeploysARejectedRelease() {
    Release first = world.released("bags", "1");
    world.released("bags", "2");
    alice.rejects(first);
    var refused = world.person("Bob").isRefused(new OperatorCommand.Deploy(PROD, first.id(), true));
    assertThat(refused.reason()).contains("rejected by Alice: INC-42");
    assertThat(refused.heldBy()).as("there is nothing to override").isEmpty();
  }

  @Test
  void rejectingTwiceAndTakingBackWhatWasNotSaidAreRefused() {
    Release release = world.released("bags", "1");
    var unreject = new OperatorCommand.Say(new Intervention.Unreject(release.id()));
    assertThat(alice.isRefused(unreject).reason()).contains("is not rejected");
    alice.rejects(release);
    var reject = new OperatorCommand.Say(new Intervention.Reject(release.id()));
    assertThat(world.person("Bob").isRefused(reject).reason()).contains("by Alice");
  }

  @Test
  void theSameImagesInANewReleaseAreANewDecision() {
    world.released("bags", "1");
    alice.rejects(world.released("bags", "2"));
    world.released("bags", "1");
    Release again = world.released("bags", "2");
    assertThat(world.current(PROD)).contains(again.id());
  }

  @Test
  void theDriftOfAnEnvironmentThatRunsARejectedReleaseIsStillRepaired() {
    world.repairs(STAGE);
    Release bad = world.released("bags", "1");
    alice.rejects(bad);
    world.edit(STAGE, "bags", "hotfix").runFor(minutes(5));
    assertThat(world.images(STAGE)).isEqualTo(bad.images());
  }
}
