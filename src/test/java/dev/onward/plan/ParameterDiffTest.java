package dev.onward.plan;

import static dev.onward.plan.World.LATEST;
import static dev.onward.plan.World.STAGE;
import static dev.onward.plan.World.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.ServiceId;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.Release;
import dev.onward.plan.ObservedParameter.Value;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.gate.PromotionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParameterDiffTest {
  private final World world = new World().environment("stage", LATEST, PromotionMode.AUTO);

  @Test
  void aPromotionOfOneChangedServiceOfTenWritesOneParameter() {
    for (int i = 0; i < 10; i++) {
      world.publish("service" + i, "1");
    }
    world.after(Duration.ofMinutes(1)).step();
    world.publish("service3", "2").after(Duration.ofMinutes(1));
    Plan plan = world.step();
    assertThat(converge(plan).writes())
        .isEqualTo(Map.of(new ServiceId("service3"), image("service3", "2")));
  }

  @Test
  void anEditByHandIsReportedAndLeftAlone() {
    world.released("bags", "1");
    world.edit(STAGE, "bags", new Value.Image(image("bags", "hotfix")));
    world.after(Duration.ofDays(1));
    assertThat(world.plan().actions()).isEmpty();
    assertThat(world.explain(STAGE).drift())
        .containsExactly(
            new EnvironmentExplanation.Drifted(
                new ServiceId("bags"),
                image("bags", "1"),
                Optional.of("example.com/uk.ac.wellcome/bags:hotfix")));
    assertThat(world.explain(STAGE).summary()).contains("parameters drifted: bags");
  }

  @Test
  void anEditByHandIsRepairedAfterTheGracePeriodWhereThePolicySaysSo() {
    repairing();
    world.released("bags", "1");
    world.edit(STAGE, "bags", new Value.Image(image("bags", "hotfix")));
    world.watched(Duration.ZERO).after(Duration.ofSeconds(59));
    assertThat(world.plan().actions()).isEmpty();
    Plan plan = world.after(Duration.ofSeconds(1)).step();
    assertThat(converge(plan).repair()).isTrue();
    assertThat(world.images(STAGE)).isEqualTo(world.newest().images());
    assertThat(world.plan().actions()).isEmpty();
  }

  @Test
  void whatWasWrittenLongAgoIsNoOldDrift() {
    repairing();
    world.released("bags", "1");
    world.edit(STAGE, "bags", new Value.Image(image("bags", "hotfix")));
    world.after(Duration.ofDays(3)).watched(Duration.ZERO);
    assertThat(world.plan().actions()).as("seen only now: the grace period begins").isEmpty();
  }

  @Test
  void whatMayBeSeenStillFromBeforeIsWrittenOnceMore() {
    Release first = world.released("bags", "1");
    var seenBefore = world.observe().environment(STAGE).parameters().get(new ServiceId("bags"));
    world.released("bags", "2");
    world.personDeploys(STAGE, first.id());
    world.sees(STAGE, seenBefore);
    assertThat(converge(world.plan()).writes())
        .isEqualTo(Map.of(new ServiceId("bags"), image("bags", "1")));
    world.after(Duration.ofMinutes(1));
    assertThat(converge(world.plan()).writes()).as("nothing is shown for so long").isEmpty();
  }

  @Test
  void whatTheReleaseDoesNotNameIsNotWrittenForTheReleaseBeforeDid() {
    Release first = world.released("bags", "1");
    world.released("legacy", "1");
    world.personDeploys(STAGE, first.id());
    world.sees(
        STAGE,
        new ObservedParameter(
            new ServiceId("legacy"), new Value.WrongType("StringList"), 1, Instant.EPOCH));
    assertThat(converge(world.plan()).writes()).isEmpty();
  }

  @Test
  void aDeletedParameterIsDriftToo() {
    repairing();
    world.released("bags", "1");
    world.delete(STAGE, "bags").watched(Duration.ofSeconds(10));
    assertThat(world.explain(STAGE).drift().getFirst().found()).isEmpty();
    assertThat(world.plan().actions()).isEmpty();
    assertThat(world.watched(Duration.ofMinutes(1)).plan().actions()).hasSize(1);
  }

  @Test
  void aServiceThatTheReleaseDoesNotNameIsLeftAloneAndReported() {
    repairing();
    world.released("bags", "1");
    world.edit(STAGE, "legacy", new Value.Image(image("legacy", "0")));
    world.after(Duration.ofDays(1));
    assertThat(world.plan().actions()).isEmpty();
    assertThat(world.explain(STAGE).unmanaged()).containsExactly(new ServiceId("legacy"));
  }

  @Test
  void aDeploymentOfTheOldToolIsAdoptedAndItsParametersAreLeftToItAtFirst() {
    Release first = world.released("bags", "1");
    world.released("bags", "2");
    world.oldToolDeploys(STAGE, first).watched(Duration.ZERO);
    world.step();
    assertThat(world.current(STAGE)).contains(first.id());
    assertThat(world.explain(STAGE).current().orElseThrow().origin())
        .isEqualTo(DeploymentOrigin.ADOPTED);
    assertThat(world.plan().actions()).isEmpty();
    assertThat(world.explain(STAGE).summary()).contains("waiting for the older tool");

    world.watched(Duration.ofMinutes(1)).step();
    assertThat(world.images(STAGE)).isEqualTo(first.images());
    world.after(Duration.ofDays(1)).step();
    assertThat(world.current(STAGE)).as("a rollback stays").contains(first.id());
  }

  @Test
  void anEnvironmentSeenForTheFirstTimeIsComparedAndNotWritten() {
    Release old = world.oldRelease("old", Map.of("bags", "1"));
    world.oldToolDeploys(STAGE, old).step();
    world.after(Duration.ofDays(1)).step();
    assertThat(world.current(STAGE)).contains(old.id());
    assertThat(world.images(STAGE).isEmpty()).isTrue();
    assertThat(world.explain(STAGE).drift()).hasSize(1);
  }

  @Test
  void whatDiffersAtFirstSightIsRepairedAfterTheGraceWhereThePolicySaysSo() {
    repairing();
    Release old = world.oldRelease("old", Map.of("bags", "1"));
    world.oldToolDeploys(STAGE, old).watched(Duration.ZERO).step();
    assertThat(world.after(Duration.ofSeconds(59)).plan().actions()).isEmpty();
    Plan plan = world.after(Duration.ofSeconds(1)).step();
    assertThat(converge(plan).repair()).isTrue();
    assertThat(world.current(STAGE)).contains(old.id());
    assertThat(world.images(STAGE)).isEqualTo(old.images());
    assertThat(world.plan().actions()).isEmpty();
  }

  @Test
  void anEnvironmentWithoutAPolicyIsNeverWritten() {
    World plain = new World().environment("stage", Optional.empty(), DriftPolicy.REPORT);
    plain.step();
    Release old = plain.oldRelease("old", Map.of("bags", "1"));
    plain.oldToolDeploys(STAGE, old).step();
    plain.after(Duration.ofDays(1));
    assertThat(plain.plan().actions()).isEmpty();
    assertThat(plain.explain(STAGE).drift()).hasSize(1);
  }

  private void repairing() {
    world.environment(
        "stage",
        Optional.of(new PromotionPolicy(LATEST, PromotionMode.AUTO, List.of())),
        DriftPolicy.REPAIR);
  }

  private static Action.ConvergeParameters converge(Plan plan) {
    return (Action.ConvergeParameters) plan.actions().getLast();
  }
}
