package dev.onward.plan;

import static dev.onward.plan.World.LATEST;
import static dev.onward.plan.World.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.Label;
import dev.onward.model.ServiceId;
import dev.onward.model.release.Release;
import dev.onward.plan.command.CommandDecision;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.policy.PromotionMode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A person has a release cut now: they need not wait, and get nothing that is not whole. */
class ManualCutTest {
  private static final OperatorCommand CUT = new OperatorCommand.Cut(LATEST);

  private final World world = World.automatic();
  private final Person alice = world.person("Alice");
  private final Release first = world.publish("ingests", "1").released("bags", "1");

  @Test
  void whatHasNotSettledYetIsCutForWhoeverAsks() {
    world.publish("bags", "2");
    assertThat(world.plan().isEmpty()).as("automation waits").isTrue();
    Release cut = cut();
    assertThat(cut.requestedBy().name()).isEqualTo("Alice");
    assertThat(cut.description()).isEqualTo("INC-42 (From latest: bags 1 → 2)");
    assertThat(cut.manifest().previous()).contains(first.id());
    assertThat(cut.newerThan(first)).isTrue();
  }

  @Test
  void itGoesOnFromThereAsAnyReleaseOfTheLabel() {
    world.publish("bags", "2");
    assertThat(alice.previews(CUT).deployments())
        .extracting(step -> step.environment().value() + " " + step.byPerson())
        .containsExactly("stage false", "prod false");
    alice.does(CUT);
    world.step();
    assertThat(world.current(STAGE)).contains(world.newest().id());
    assertThat(world.newest().requestedBy().name()).isEqualTo("Alice");
  }

  @Test
  void automationWouldCutTheVerySameRelease() {
    world.publish("bags", "2");
    Release byAlice = cut();
    assertThat(world.released("bags", "2").id()).isEqualTo(byAlice.id());
  }

  @Test
  void whatIsReleasedAlreadyIsNotCutAgain() {
    CommandDecision.Refused refused = alice.isRefused(CUT);
    assertThat(refused.kind()).isEqualTo(CommandDecision.Kind.CONTRADICTING);
    assertThat(refused.reason())
        .isEqualTo(
            "released already: every image is in the newest release, " + first.id().shortForm());
  }

  @Test
  void aStopEndsAutomationsDecisionsAndNotAPersons() {
    alice.stopsTheProject();
    world.publish("bags", "2").after(Duration.ofHours(1));
    assertThat(world.plan().isEmpty()).isTrue();
    assertThat(cut().images()).isEqualTo(world.observe().label(LATEST).images());
    assertThat(alice.previews(CUT).deployments()).as("nothing is promoted").isEmpty();
  }

  @Test
  void whatIsNoImageIsRefusedForAPersonToo() {
    world.put(LATEST, "ingests", new ObservedParameter.Value.NotAnImage("oops"));
    assertThat(alice.isRefused(CUT).reason())
        .startsWith("/storage/images/latest/ingests is 'oops', which is not an image reference");
  }

  @Test
  void anEmptyLabelAndOneThatNobodyWatchesAreRefused() {
    var branch = new Label("v2-branch");
    CommandDecision.Refused refused = alice.isRefused(new OperatorCommand.Cut(branch));
    assertThat(refused.kind()).isEqualTo(CommandDecision.Kind.UNKNOWN);
    assertThat(refused.reason()).contains("'v2-branch', only from latest;");
    world.environment("dev", branch, PromotionMode.AUTO).step();
    assertThat(alice.isRefused(new OperatorCommand.Cut(branch)).reason())
        .isEqualTo("no image is published under 'v2-branch'");
  }

  @Test
  void aServiceThatOnlyOneListingMissesIsWaitedFor() {
    world.remove("ingests").servicesBefore("bags", "ingests").publish("bags", "2");
    assertThat(alice.isRefused(CUT).reason())
        .isEqualTo("ingests disappeared; waiting for a second listing to confirm");
    world.servicesBefore("bags");
    assertThat(cut().images().images()).containsOnlyKeys(new ServiceId("bags"));
  }

  @Test
  void aServiceThatMustBeThereIsWaitedFor() {
    world.releasePolicy(Duration.ZERO, Duration.ofHours(1), "mets").publish("bags", "2");
    assertThat(alice.isRefused(CUT).reason()).isEqualTo("waiting for mets to be published");
  }

  private Release cut() {
    CommandDecision grant = alice.asks(CUT);
    assertThat(grant).isInstanceOf(CommandDecision.Cut.class);
    return ((CommandDecision.Cut) grant).action().release();
  }
}
