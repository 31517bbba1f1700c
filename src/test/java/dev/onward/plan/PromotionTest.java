package dev.onward.plan;

import static dev.onward.plan.World.LATEST;
import static dev.onward.plan.World.PROD;
import static dev.onward.plan.World.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.Label;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.Release;
import dev.onward.plan.EnvironmentExplanation.State;
import dev.onward.policy.Candidate;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.Gate;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.Verdict;
import dev.onward.policy.gate.UnknownGate;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromotionTest {
  @Test
  void aReleaseGoesThroughAllAutomaticEnvironmentsInOnePlan() {
    World world = World.automatic();
    Release release = world.released("bags", "1");
    assertThat(world.current(STAGE)).contains(release.id());
    assertThat(world.current(PROD)).contains(release.id());
    assertThat(world.images(PROD)).isEqualTo(release.images());
  }

  @Test
  void aPlanAfterAnAppliedPlanIsEmpty() {
    World world = World.automatic();
    world.released("bags", "1");
    assertThat(world.plan().actions()).isEmpty();
    assertThat(world.explain(STAGE).state()).isEqualTo(State.IN_SYNC);
  }

  @Test
  void anEnvironmentWithoutAPolicyIsOnlyWatched() {
    World world = new World().environment("stage", Optional.empty(), DriftPolicy.REPORT);
    world.released("bags", "1");
    assertThat(world.current(STAGE)).isEmpty();
  }

  @Test
  void aManualEnvironmentShowsItsCandidateAndWaitsForAPerson() {
    World world = new World().environment("stage", LATEST, PromotionMode.MANUAL);
    Release release = world.released("bags", "1");
    var explanation = world.explain(STAGE);
    assertThat(explanation.state()).isEqualTo(State.HELD);
    assertThat(explanation.candidate().orElseThrow().release().id()).isEqualTo(release.id());
    assertThat(explanation.summary()).contains("mode is manual");
    assertThat(explanation.behind().releases()).isEqualTo(1);
  }

  @Test
  void anUnknownGateHoldsAndSaysSo() {
    World world =
        new World().environment("stage", LATEST, PromotionMode.AUTO, new UnknownGate("moon"));
    world.released("bags", "1");
    assertThat(world.current(STAGE)).isEmpty();
    assertThat(world.explain(STAGE).summary()).contains("gate 'moon'");
  }

  @Test
  void theNewestReleaseThatPassesGoesWhileANewerOneIsHeld() {
    var allowed = new HashSet<String>();
    World world = new World().environment("stage", LATEST, PromotionMode.AUTO, onlyTagged(allowed));
    world.released("bags", "1");
    Release second = world.released("bags", "2");
    world.released("bags", "3");
    allowed.addAll(Set.of("1", "2"));
    world.step();
    assertThat(world.current(STAGE)).contains(second.id());
    assertThat(world.explain(STAGE).behind().releases()).isEqualTo(1);
  }

  @Test
  void anEnvironmentThatIsBehindSaysByHowManyReleasesAndSinceWhen() {
    World world = new World().environment("stage", LATEST, PromotionMode.AUTO);
    world.released("bags", "1");
    world.environment("stage", LATEST, PromotionMode.MANUAL);
    Release second = world.released("bags", "2");
    world.released("bags", "3");
    var behind = world.explain(STAGE).behind();
    assertThat(behind.releases()).isEqualTo(2);
    assertThat(behind.since()).contains(second.createdAt());
  }

  @Test
  void anotherLabelMayFeedAnEnvironment() {
    var branch = new Label("v2-branch");
    World world = new World().environment("stage", branch, PromotionMode.AUTO);
    world
        .publish("bags", "1")
        .publish(branch, "bags", "branch")
        .after(Duration.ofMinutes(1))
        .step();
    assertThat(world.images(STAGE).images().values())
        .containsExactly(World.image("bags", "branch"));
  }

  @Test
  void aRollbackByAPersonStaysAndTheNextFixFlows() {
    World world = World.automatic();
    Release good = world.released("bags", "1");
    Release bad = world.released("bags", "2");
    world.personDeploys(STAGE, good.id()).after(Duration.ofHours(1)).step();
    world.after(Duration.ofDays(1)).step();
    assertThat(world.current(STAGE)).contains(good.id());
    assertThat(world.explain(STAGE).state()).isEqualTo(State.PAUSED);
    assertThat(world.explain(STAGE).skipped().getFirst().release().id()).isEqualTo(bad.id());

    Release fix = world.released("bags", "3");
    assertThat(world.current(STAGE)).contains(fix.id());
  }

  @Test
  void aReleaseRolledBackFromTheSourceIsNotTakenFromThereUntilItIsDeployedThereAgain() {
    World world = World.automatic().environment("prod", STAGE, PromotionMode.MANUAL);
    Release first = world.released("bags", "1");
    Release second = world.released("bags", "2");
    world.after(Duration.ofMinutes(1)).personDeploys(STAGE, first.id()).step();
    world.environment("prod", STAGE, PromotionMode.AUTO).step();
    assertThat(world.current(PROD)).contains(first.id());
    assertThat(world.explain(PROD).skipped().getFirst().reason()).contains("rolled back");

    world.after(Duration.ofMinutes(1)).personDeploys(STAGE, second.id()).step();
    assertThat(world.current(PROD)).contains(second.id());
  }

  @Test
  void nothingIsTakenFromASourceWhoseParametersAreStillBeingWritten() {
    World world = World.automatic();
    Release first = world.released("bags", "1");
    world.edit(STAGE, "bags", new ObservedParameter.Value.WrongType("SecureString"));
    world.released("bags", "2");
    assertThat(world.current(STAGE)).isNotEqualTo(Optional.of(first.id()));
    assertThat(world.current(PROD)).contains(first.id());
    assertThat(world.explain(PROD).summary()).contains("still being written");
    assertThat(world.explain(STAGE).summary()).contains("cannot write bags");
  }

  @Test
  void aReleaseThatOneParameterOfItsSourceNeverTookGoesNoFurther() {
    World world = World.automatic();
    world.publish("ingests", "1");
    Release first = world.released("bags", "1");
    world.edit(STAGE, "bags", new ObservedParameter.Value.WrongType("SecureString"));
    world.publish("ingests", "2");
    Release second = world.released("bags", "2");
    assertThat(world.current(STAGE)).contains(second.id());
    assertThat(world.images(STAGE).images().values())
        .as("what can be written is")
        .containsExactly(World.image("ingests", "2"));
    assertThat(world.explain(STAGE).converged()).isFalse();
    assertThat(world.current(PROD)).contains(first.id());

    world.released("ingests", "3");
    assertThat(world.current(PROD)).as("superseded before it converged").contains(first.id());
    assertThat(world.explain(PROD).skipped().getFirst().reason())
        .contains("moved on before its parameters had converged");
  }

  @Test
  void theFirstReleaseOfALabelDoesNotUndoWhatAPersonDeployedBefore() {
    World world = new World().environment("stage", LATEST, PromotionMode.AUTO);
    world.publish("bags", "broken").after(Duration.ofMinutes(1));
    Release old = world.oldRelease("old", Map.of("bags", "good"));
    world.after(Duration.ofMinutes(1)).oldToolDeploys(STAGE, old).after(Duration.ofHours(1)).step();
    world.step();
    assertThat(world.current(STAGE)).contains(old.id());
    Release fix = world.released("bags", "fixed");
    assertThat(world.current(STAGE)).contains(fix.id());
  }

  @Test
  void deploymentsByAutomationSaySo() {
    World world = new World().environment("stage", LATEST, PromotionMode.AUTO);
    world.released("bags", "1");
    assertThat(world.explain(STAGE).current().orElseThrow().origin())
        .isEqualTo(DeploymentOrigin.AUTOMATION);
  }

  private static Gate onlyTagged(Set<String> allowed) {
    return new Gate() {
      @Override
      public String name() {
        return "tagged";
      }

      @Override
      public Verdict judge(Candidate candidate) {
        boolean all =
            candidate.release().images().images().values().stream()
                .allMatch(image -> allowed.contains(image.shortTag()));
        return all ? Verdict.passed(name(), "allowed") : Verdict.held(name(), "not allowed");
      }
    };
  }
}
