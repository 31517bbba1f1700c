package dev.onward.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InterventionsTest {
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
  private static final EnvironmentId PROD = new EnvironmentId("prod");
  private static final EnvironmentId STAGE = new EnvironmentId("stage");
  private static final ReleaseId RELEASE = new ReleaseId("a-release");

  @Test
  void everyWordCountsUpTheVersion() {
    Interventions held = said(Interventions.NONE, new OperatorWord.Hold(PROD), by("alice"));
    assertThat(held.version()).isEqualTo(1);
    Interventions resumed = said(held, new OperatorWord.Resume(PROD), by("bob"));
    assertThat(resumed.version()).isEqualTo(2);
    assertThat(resumed.holds()).isEmpty();
  }

  @Test
  void whatIsSaidStandsUntilItsEndAndNotAtItsEnd() {
    Instant end = NOW.plusSeconds(60);
    Interventions held =
        said(Interventions.NONE, new OperatorWord.Hold(PROD), by("alice", NOW, end));
    assertThat(held.hold(PROD, end.minusNanos(1000))).isPresent();
    assertThat(held.hold(PROD, end)).isEmpty();
    assertThat(held.hold(STAGE, NOW)).isEmpty();
  }

  @Test
  void theSameWordOfAnotherPersonIsRefusedAndNamesTheFirst() {
    for (OperatorWord word :
        List.of(
            new OperatorWord.Hold(PROD),
            new OperatorWord.Reject(RELEASE),
            new OperatorWord.SetFreeze("audit", Optional.empty(), Optional.empty()),
            new OperatorWord.StopEverything())) {
      Interventions once = said(Interventions.NONE, word, by("alice"));
      assertThat(refused(once, word, by("bob"))).contains("by alice since").contains("because");
    }
  }

  @Test
  void whatWasNotSaidCannotBeTakenBack() {
    assertThat(refused(Interventions.NONE, new OperatorWord.Resume(PROD), by("alice")))
        .isEqualTo("prod is not held");
    assertThat(refused(Interventions.NONE, new OperatorWord.Unreject(RELEASE), by("alice")))
        .isEqualTo("release a-releas is not rejected");
    assertThat(refused(Interventions.NONE, new OperatorWord.LiftFreeze("audit"), by("alice")))
        .isEqualTo("there is no freeze 'audit'");
    assertThat(refused(Interventions.NONE, new OperatorWord.ResumeEverything(), by("alice")))
        .isEqualTo("nothing is stopped");
  }

  @Test
  void whatHasExpiredCanBeSaidAgainAndCannotBeTakenBack() {
    Instant end = NOW.plusSeconds(60);
    Interventions held =
        said(Interventions.NONE, new OperatorWord.Hold(PROD), by("alice", NOW, end));
    Intervention later = by("bob", end, end.plusSeconds(60));
    assertThat(refused(held, new OperatorWord.Resume(PROD), later)).isEqualTo("prod is not held");
    Interventions again = said(held, new OperatorWord.Hold(PROD), later);
    assertThat(again.hold(PROD, end).orElseThrow().by().id()).isEqualTo("bob");
  }

  @Test
  void anyWordClearsAwayWhatHasExpired() {
    Instant end = NOW.plusSeconds(60);
    Intervention brief = by("alice", NOW, end);
    Interventions all = said(Interventions.NONE, new OperatorWord.Hold(PROD), brief);
    all = said(all, new OperatorWord.Reject(RELEASE), brief);
    all = said(all, new OperatorWord.Approve(RELEASE, PROD), brief);
    all = said(all, new OperatorWord.SetFreeze("a", Optional.empty(), Optional.empty()), brief);
    all = said(all, new OperatorWord.StopEverything(), brief);
    var next = said(all, new OperatorWord.Hold(STAGE), by("bob", end, end.plusSeconds(1)));
    assertThat(next.holds()).containsOnlyKeys(STAGE);
    assertThat(next.rejections()).isEmpty();
    assertThat(next.approvals()).isEmpty();
    assertThat(next.freezes()).isEmpty();
    assertThat(next.stop()).isEmpty();
  }

  @Test
  void aPersonApprovesOnceAndAnotherPersonToo() {
    var approve = new OperatorWord.Approve(RELEASE, PROD);
    Interventions once = said(Interventions.NONE, approve, by("alice"));
    assertThat(refused(once, approve, by("alice"))).contains("has already approved");
    assertThat(said(once, approve, by("bob")).approvals(RELEASE, PROD)).hasSize(2);
    var forStage = new OperatorWord.Approve(RELEASE, STAGE);
    assertThat(said(once, forStage, by("alice")).approvals(RELEASE, PROD)).hasSize(1);
  }

  @Test
  void aFreezeOfOneEnvironmentConcernsNoOther() {
    Interventions frozen =
        said(
            Interventions.NONE,
            new OperatorWord.SetFreeze("audit", Optional.of(PROD), Optional.empty()),
            by("alice"));
    assertThat(frozen.freezes(PROD, NOW)).hasSize(1);
    assertThat(frozen.freezes(STAGE, NOW)).isEmpty();
    assertThat(said(frozen, new OperatorWord.LiftFreeze("audit"), by("bob")).freezes()).isEmpty();
  }

  @Test
  void aFreezeThatEndsBeforeItBeginsIsRefused() {
    var backwards =
        new OperatorWord.SetFreeze("audit", Optional.empty(), Optional.of(NOW.plusSeconds(60)));
    Intervention until = by("alice", NOW, NOW.plusSeconds(30));
    assertThatThrownBy(() -> Interventions.NONE.after(backwards, until))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("end of the freeze");
  }

  @Test
  void noMoreThanTheLimitStands() {
    Interventions full = Interventions.NONE;
    for (int i = 0; i < Interventions.LIMIT; i++) {
      full = said(full, new OperatorWord.Reject(new ReleaseId("release-" + i)), by("alice"));
    }
    assertThat(refused(full, new OperatorWord.Hold(PROD), by("alice")))
        .contains("200 words of operators stand already");
    assertThat(said(full, new OperatorWord.StopEverything(), by("alice")).stop(NOW))
        .as("the emergency stop always works")
        .isPresent();
    assertThat(
            said(full, new OperatorWord.Unreject(new ReleaseId("release-7")), by("alice"))
                .rejections())
        .hasSize(Interventions.LIMIT - 1);
  }

  @Test
  void aReasonMustBeGivenAndBeShort() {
    var alice = new Requester("alice", "alice");
    for (String reason : List.of(" ", "x".repeat(Intervention.LONGEST_REASON + 1))) {
      assertThatThrownBy(() -> new Intervention(alice, NOW, reason, Optional.empty()))
          .isInstanceOf(InvalidValueException.class);
    }
  }

  private static Interventions said(Interventions before, OperatorWord word, Intervention said) {
    Interventions.Change change = before.after(word, said);
    assertThat(change).isInstanceOf(Interventions.Change.Made.class);
    return ((Interventions.Change.Made) change).next();
  }

  private static String refused(Interventions before, OperatorWord word, Intervention said) {
    Interventions.Change change = before.after(word, said);
    assertThat(change).isInstanceOf(Interventions.Change.Refused.class);
    return ((Interventions.Change.Refused) change).reason();
  }

  private static Intervention by(String name) {
    return new Intervention(new Requester(name, name), NOW, "because", Optional.empty());
  }

  private static Intervention by(String name, Instant at, Instant until) {
    return new Intervention(new Requester(name, name), at, "because", Optional.of(until));
  }
}
