package dev.onward.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.OperatorWord.Approve;
import dev.onward.model.OperatorWord.Hold;
import dev.onward.model.OperatorWord.LiftFreeze;
import dev.onward.model.OperatorWord.Reject;
import dev.onward.model.OperatorWord.Resume;
import dev.onward.model.OperatorWord.ResumeEverything;
import dev.onward.model.OperatorWord.SetFreeze;
import dev.onward.model.OperatorWord.StopEverything;
import dev.onward.model.OperatorWord.Unreject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WhatStandsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final EnvironmentId STAGE = new EnvironmentId("stage");
  private static final EnvironmentId PROD = new EnvironmentId("prod");
  private static final ReleaseId RELEASE = new ReleaseId("5e8c0d5e-0000-4000-8000-000000000000");

  private static final String WHOLE = "project storage";

  @Test
  void nothingStandsOfWhatNobodySpokeOf() {
    for (OperatorWord word :
        new OperatorWord[] {
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
      assertThat(WhatStands.of(word, Interventions.NONE, WHOLE, NOON)).as(word.event()).isEmpty();
    }
  }

  @Test
  void aHoldSaysWhoUntilWhenAndWhyToWhoeverHoldsAndToWhoeverResumes() {
    Interventions held = after(Interventions.NONE, new Hold(STAGE), "alice", twoHours());

    assertThat(WhatStands.of(new Hold(STAGE), held, WHOLE, NOON))
        .contains("held by alice until 2026-03-01T14:00:00Z: because")
        .isEqualTo(WhatStands.of(new Resume(STAGE), held, WHOLE, NOON));
    assertThat(WhatStands.of(new Hold(PROD), held, WHOLE, NOON)).isEmpty();
  }

  @Test
  void whatStandsForGoodHasNoEnd() {
    Interventions rejected = after(Interventions.NONE, new Reject(RELEASE), "bob");

    assertThat(WhatStands.of(new Unreject(RELEASE), rejected, WHOLE, NOON))
        .contains("rejected by bob: because");
  }

  @Test
  void approvalsNameAllWhoGaveOneForThatReleaseInThatEnvironment() {
    Interventions one = after(Interventions.NONE, new Approve(RELEASE, PROD), "alice", twoHours());
    Interventions both = after(one, new Approve(RELEASE, PROD), "bob");
    Interventions elsewhere = after(both, new Approve(RELEASE, STAGE), "carol");

    assertThat(WhatStands.of(new Approve(RELEASE, PROD), elsewhere, WHOLE, NOON))
        .contains("approved by alice until 2026-03-01T14:00:00Z, bob");
    assertThat(WhatStands.of(new Approve(RELEASE, PROD), elsewhere, WHOLE, NOON.plusSeconds(7200)))
        .contains("approved by bob");
  }

  @Test
  void aFreezeIsToldByItsIdWhetherItHasBegunOrNot() {
    var freeze = new SetFreeze("christmas", Optional.of(PROD), Optional.of(NOON.plusSeconds(3600)));
    Interventions frozen = after(Interventions.NONE, freeze, "alice", twoHours());

    assertThat(WhatStands.of(new LiftFreeze("christmas", Optional.of(PROD)), frozen, WHOLE, NOON))
        .contains(
            "prod frozen from 2026-03-01T13:00:00Z by alice until 2026-03-01T14:00:00Z: because");
    assertThat(WhatStands.of(new LiftFreeze("easter"), frozen, WHOLE, NOON)).isEmpty();
  }

  @Test
  void aFreezeOfEverythingSaysSo() {
    var freeze = new SetFreeze("audit", Optional.empty(), Optional.empty());

    assertThat(WhatStands.of(freeze, after(Interventions.NONE, freeze, "bob"), WHOLE, NOON))
        .contains("project storage frozen by bob: because");
  }

  @Test
  void whatHasExpiredStandsNoMoreThoughItIsKept() {
    Interventions stopped = after(Interventions.NONE, new StopEverything(), "alice", twoHours());

    assertThat(WhatStands.of(new StopEverything(), stopped, WHOLE, NOON))
        .contains("stopped by alice until 2026-03-01T14:00:00Z: because");
    assertThat(WhatStands.of(new ResumeEverything(), stopped, WHOLE, NOON.plusSeconds(7200)))
        .isEmpty();
  }

  @Test
  void itIsShortHoweverMuchWasSaid() {
    Interventions all = Interventions.NONE;
    for (int i : IntStream.range(0, Interventions.LIMIT).toArray()) {
      all = after(all, new Approve(RELEASE, PROD), "person-" + i);
    }

    assertThat(WhatStands.of(new Approve(RELEASE, PROD), all, WHOLE, NOON).orElseThrow())
        .hasSizeLessThan(4_000);
  }

  private static Optional<Instant> twoHours() {
    return Optional.of(NOON.plus(Duration.ofHours(2)));
  }

  private static Interventions after(Interventions all, OperatorWord word, String who) {
    return after(all, word, who, Optional.empty());
  }

  private static Interventions after(
      Interventions all, OperatorWord word, String who, Optional<Instant> until) {
    var said = new Intervention(new Requester(who, who), NOON, "because", until);
    return switch (all.after(word, said)) {
      case Interventions.Change.Made(Interventions next) -> next;
      case Interventions.Change.Refused(String reason) -> throw new AssertionError(reason);
    };
  }
}
