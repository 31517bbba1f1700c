package dev.onward.model.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Requester;
import dev.onward.model.intervention.Intervention.Approve;
import dev.onward.model.intervention.Intervention.Hold;
import dev.onward.model.intervention.Intervention.LiftFreeze;
import dev.onward.model.intervention.Intervention.Reject;
import dev.onward.model.intervention.Intervention.Resume;
import dev.onward.model.intervention.Intervention.ResumeEverything;
import dev.onward.model.intervention.Intervention.SetFreeze;
import dev.onward.model.intervention.Intervention.StopEverything;
import dev.onward.model.intervention.Intervention.Unreject;
import dev.onward.model.release.ReleaseId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class InterventionDescriptionTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final EnvironmentId STAGE = new EnvironmentId("stage");
  private static final EnvironmentId PROD = new EnvironmentId("prod");
  private static final ReleaseId RELEASE = new ReleaseId("5e8c0d5e-0000-4000-8000-000000000000");

  private static final String WHOLE = "project storage";

  @Test
  void nothingStandsOfWhatNobodySpokeOf() {
    for (Intervention intervention :
        new Intervention[] {
          new Hold(STAGE),
          new Resume(STAGE),
          new Reject(RELEASE),
          new Unreject(RELEASE),
          new Approve(RELEASE, PROD),
          new SetFreeze("christmas", Optional.empty(), Optional.empty()),
          new LiftFreeze("christmas"),
          new StopEverything(),
          new ResumeEverything()
        }) {
      assertThat(InterventionDescription.of(intervention, InterventionState.NONE, WHOLE, NOON))
          .as(intervention.event())
          .isEmpty();
    }
  }

  @Test
  void aHoldSaysWhoUntilWhenAndWhyToWhoeverHoldsAndToWhoeverResumes() {
    InterventionState held = after(InterventionState.NONE, new Hold(STAGE), "alice", twoHours());

    assertThat(InterventionDescription.of(new Hold(STAGE), held, WHOLE, NOON))
        .contains("held by alice until 2026-03-01T14:00:00Z: because")
        .isEqualTo(InterventionDescription.of(new Resume(STAGE), held, WHOLE, NOON));
    assertThat(InterventionDescription.of(new Hold(PROD), held, WHOLE, NOON)).isEmpty();
  }

  @Test
  void whatStandsForGoodHasNoEnd() {
    InterventionState rejected = after(InterventionState.NONE, new Reject(RELEASE), "bob");

    assertThat(InterventionDescription.of(new Unreject(RELEASE), rejected, WHOLE, NOON))
        .contains("rejected by bob: because");
  }

  @Test
  void approvalsNameAllWhoGaveOneForThatReleaseInThatEnvironment() {
    InterventionState one =
        after(InterventionState.NONE, new Approve(RELEASE, PROD), "alice", twoHours());
    InterventionState both = after(one, new Approve(RELEASE, PROD), "bob");
    InterventionState elsewhere = after(both, new Approve(RELEASE, STAGE), "carol");

    assertThat(InterventionDescription.of(new Approve(RELEASE, PROD), elsewhere, WHOLE, NOON))
        .contains("approved by alice until 2026-03-01T14:00:00Z, bob");
    assertThat(
            InterventionDescription.of(
                new Approve(RELEASE, PROD), elsewhere, WHOLE, NOON.plusSeconds(7200)))
        .contains("approved by bob");
  }

  @Test
  void aFreezeIsToldByItsIdWhetherItHasBegunOrNot() {
    var freeze = new SetFreeze("christmas", Optional.of(PROD), Optional.of(NOON.plusSeconds(3600)));
    InterventionState frozen = after(InterventionState.NONE, freeze, "alice", twoHours());

    assertThat(
            InterventionDescription.of(
                new LiftFreeze("christmas", Optional.of(PROD)), frozen, WHOLE, NOON))
        .contains(
            "prod frozen from 2026-03-01T13:00:00Z by alice until 2026-03-01T14:00:00Z: because");
    assertThat(InterventionDescription.of(new LiftFreeze("easter"), frozen, WHOLE, NOON)).isEmpty();
  }

  @Test
  void aFreezeOfEverythingSaysSo() {
    var freeze = new SetFreeze("audit", Optional.empty(), Optional.empty());

    assertThat(
            InterventionDescription.of(
                freeze, after(InterventionState.NONE, freeze, "bob"), WHOLE, NOON))
        .contains("project storage frozen by bob: because");
  }

  @Test
  void whatHasExpiredStandsNoMoreThoughItIsKept() {
    InterventionState stopped =
        after(InterventionState.NONE, new StopEverything(), "alice", twoHours());

    assertThat(InterventionDescription.of(new StopEverything(), stopped, WHOLE, NOON))
        .contains("stopped by alice until 2026-03-01T14:00:00Z: because");
    assertThat(
            InterventionDescription.of(
                new ResumeEverything(), stopped, WHOLE, NOON.plusSeconds(7200)))
        .isEmpty();
  }

  @Test
  void itIsShortHoweverMuchWasSaid() {
    InterventionState all = InterventionState.NONE;
    for (int i : IntStream.range(0, InterventionState.LIMIT).toArray()) {
      all = after(all, new Approve(RELEASE, PROD), "person-" + i);
    }

    assertThat(
            InterventionDescription.of(new Approve(RELEASE, PROD), all, WHOLE, NOON).orElseThrow())
        .hasSizeLessThan(4_000);
  }

  private static Optional<Instant> twoHours() {
    return Optional.of(NOON.plus(Duration.ofHours(2)));
  }

  private static InterventionState after(
      InterventionState all, Intervention intervention, String who) {
    return after(all, intervention, who, Optional.empty());
  }

  private static InterventionState after(
      InterventionState all, Intervention intervention, String who, Optional<Instant> until) {
    var attribution = new Attribution(new Requester(who, who), NOON, "because", until);
    return switch (all.after(intervention, attribution)) {
      case InterventionState.Change.Made(InterventionState next) -> next;
      case InterventionState.Change.Refused(String reason) -> throw new AssertionError(reason);
    };
  }
}
