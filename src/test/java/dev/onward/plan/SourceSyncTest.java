package dev.onward.plan;

import static dev.onward.plan.World.LATEST;
import static dev.onward.plan.World.PROD;
import static dev.onward.plan.World.STAGE;
import static dev.onward.plan.World.days;
import static dev.onward.plan.World.image;
import static dev.onward.plan.World.minutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.release.Release;
import dev.onward.plan.EnvironmentExplanation.Behind;
import dev.onward.plan.EnvironmentExplanation.State;
import dev.onward.plan.SourceSync.Status;
import dev.onward.policy.PromotionMode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceSyncTest {
  private static final Label BRANCH = new Label("v2-branch");
  private static final EnvironmentId DEMO = new EnvironmentId("demo");
  private static final EnvironmentId CANARY = new EnvironmentId("canary");

  private final World world = World.automatic();
  private final Person alice = world.person("Alice");

  @Test
  void whatHasTheReleaseOfItsSourceIsInSync() {
    world.released("bags", "1");
    assertThat(world.explain(PROD).state()).isEqualTo(State.IN_SYNC);
    assertThat(sync()).isEqualTo(new SourceSync(Status.IN_SYNC, "in sync with stage"));
    assertThat(world.explain(STAGE).summary()).isEqualTo("in sync with latest");
  }

  @Test
  void whatItsSourceWentBackFromIsAheadAndAutomationLeavesItThere() {
    Release first = world.released("bags", "1");
    Release second = world.released("bags", "2");
    world.after(minutes(5));
    alice.rollsBack(STAGE);
    world.step();
    assertThat(world.current(STAGE)).contains(first.id());
    var prod = world.explain(PROD);
    assertThat(prod.state()).isEqualTo(State.AHEAD);
    assertThat(prod.summary())
        .isEqualTo(
            "ahead of stage, which was rolled back from %s to %s"
                .formatted(second.id().shortForm(), first.id().shortForm()));
    assertThat(prod.behind()).isEqualTo(Behind.NONE);

    world.runFor(days(1));
    assertThat(world.current(PROD)).contains(second.id());
    Release fix = world.released("bags", "3");
    assertThat(world.current(PROD)).contains(fix.id());
    assertThat(world.explain(PROD).state()).isEqualTo(State.IN_SYNC);
  }

  @Test
  void whatWasDeployedPastItsSourceIsAhead() {
    Release first = world.released("bags", "1");
    world.mode(STAGE, PromotionMode.MANUAL);
    Release second = world.released("bags", "2");
    alice.deploysRegardless(second, PROD);
    world.step();
    var prod = world.explain(PROD);
    assertThat(prod.state()).isEqualTo(State.AHEAD);
    assertThat(prod.summary())
        .isEqualTo(
            "ahead of stage, which has the older release %s".formatted(first.id().shortForm()));
    assertThat(world.explain(STAGE).sync().orElseThrow().status()).isEqualTo(Status.BEHIND);
  }

  @Test
  void whatHasAReleaseWhileItsSourceHasNoneIsAhead() {
    world.environment("stage", BRANCH, PromotionMode.AUTO);
    alice.deploysRegardless(world.released("bags", "1"), PROD);
    world.step();
    assertThat(world.explain(PROD).summary()).isEqualTo("ahead of stage, which has no release yet");
  }

  @Test
  void whatWaitsForAGateIsBehind() {
    world.mode(PROD, PromotionMode.MANUAL);
    Release first = world.released("bags", "1");
    assertThat(sync().status()).isEqualTo(Status.BEHIND);
    alice.deploys(first, PROD);
    world.step();
    assertThat(sync().status()).isEqualTo(Status.IN_SYNC);
    world.released("bags", "2");
    assertThat(sync().status()).isEqualTo(Status.BEHIND);
    assertThat(world.explain(PROD).state()).isEqualTo(State.HELD);
    assertThat(world.explain(PROD).behind().releases()).isEqualTo(1);
  }

  @Test
  void whatItsSourceWentBackFromIsNothingThatAnEnvironmentLacks() {
    world.mode(PROD, PromotionMode.MANUAL);
    Release first = world.released("bags", "1");
    alice.deploys(first, PROD);
    world.step();
    Release second = world.released("bags", "2");
    alice.rollsBack(STAGE);
    world.step();
    var prod = world.explain(PROD);
    assertThat(prod.state()).isEqualTo(State.IN_SYNC);
    assertThat(prod.behind()).isEqualTo(Behind.NONE);
    assertThat(prod.skipped())
        .singleElement()
        .satisfies(skip -> assertThat(skip.release().id()).isEqualTo(second.id()));
  }

  @Test
  void aReleaseThatAPersonPutTogetherHasDivergedUntilItsSourceHasItToo() {
    world.publish("ingests", "1");
    world.released("bags", "1");
    Release composed = alice.composes(LATEST, Map.of("bags", Person.as(image("bags", "hotfix"))));
    alice.deploysRegardless(composed, PROD);
    world.step();
    var prod = world.explain(PROD);
    assertThat(prod.state()).isEqualTo(State.DIVERGED);
    assertThat(prod.summary())
        .isEqualTo(
            "diverged from stage: release %s was composed by a person"
                .formatted(composed.id().shortForm()));

    alice.deploysRegardless(composed, STAGE);
    world.step();
    assertThat(sync().status()).isEqualTo(Status.IN_SYNC);
    assertThat(world.explain(STAGE).state()).isEqualTo(State.DIVERGED);

    world.mode(PROD, PromotionMode.MANUAL);
    world.released("bags", "2");
    assertThat(sync().status()).as("it came through its source").isEqualTo(Status.BEHIND);
  }

  @Test
  void aReleaseWhoseEveryImageWasGivenByAPersonIsNotTakenForTheOldTools() {
    world.released("bags", "1");
    alice.deploysRegardless(
        alice.composes(LATEST, Map.of("bags", Person.as(image("bags", "hotfix")))), PROD);
    world.step();
    assertThat(sync().status()).isEqualTo(Status.DIVERGED);
  }

  @Test
  void aDivergedEnvironmentIsHeldAndDivergedWhileANewerReleaseWaits() {
    world.released("bags", "1");
    world.mode(PROD, PromotionMode.MANUAL);
    alice.deploysRegardless(
        alice.composes(LATEST, Map.of("bags", Person.as(image("bags", "hotfix")))), PROD);
    world.released("bags", "2");
    assertThat(world.explain(PROD).state()).isEqualTo(State.HELD);
    assertThat(sync().status()).isEqualTo(Status.DIVERGED);
    assertThat(world.explain(PROD).behind().releases()).isEqualTo(1);
  }

  @Test
  void aReleaseOfAnotherLabelHasDiverged() {
    world.released("bags", "1");
    world.environment("demo", BRANCH, PromotionMode.AUTO);
    world.publish(BRANCH, "bags", "branch").after(minutes(5)).step();
    Release branch = world.release(world.current(DEMO).get());
    alice.deploysRegardless(branch, PROD);
    world.step();
    assertThat(world.explain(PROD).state()).isEqualTo(State.DIVERGED);
    assertThat(world.explain(PROD).summary()).endsWith("was cut from 'v2-branch'");
  }

  @Test
  void anEnvironmentWhoseManifestNamesAnotherLabelHasDivergedFromIt() {
    world.publish(BRANCH, "bags", "branch");
    world.environment("demo", BRANCH, PromotionMode.AUTO);
    world.after(minutes(5)).step();
    world.released("bags", "1");
    world.environment("stage", BRANCH, PromotionMode.AUTO);
    assertThat(world.explain(STAGE).state()).isEqualTo(State.DIVERGED);
    assertThat(world.explain(STAGE).summary())
        .startsWith("diverged from v2-branch: ")
        .endsWith("was cut from 'latest'");
  }

  @Test
  void anEnvironmentWhoseManifestNamesAnotherSourceOfTheSameLineIsComparedWithThat() {
    world.environment("canary", LATEST, PromotionMode.AUTO);
    world.released("bags", "1");
    world.mode(STAGE, PromotionMode.MANUAL);
    world.released("bags", "2");
    world.environment("prod", CANARY, PromotionMode.MANUAL);
    assertThat(sync().status()).isEqualTo(Status.BEHIND);
  }

  @Test
  void theOldToolsReleasesAreOlderOrNewerByTheirDates() {
    world.environment("prod", STAGE, PromotionMode.MANUAL);
    Release old = world.oldRelease("old", Map.of("bags", "0"));
    world.oldToolDeploys(PROD, old).after(minutes(5)).released("bags", "1");
    assertThat(sync().status()).isEqualTo(Status.BEHIND);

    world.after(minutes(5));
    Release newer = world.oldRelease("newer", Map.of("bags", "2"));
    world.oldToolDeploys(PROD, newer).after(minutes(5)).step();
    assertThat(sync().status()).isEqualTo(Status.AHEAD);
  }

  @Test
  void whereNothingIsThereIsNothingToCompare() {
    world.step();
    assertThat(world.explain(PROD).sync()).isEmpty();
    assertThat(world.explain(PROD).state()).isEqualTo(State.EMPTY);
  }

  private SourceSync sync() {
    return world.explain(PROD).sync().orElseThrow();
  }
}
