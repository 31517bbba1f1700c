package dev.onward.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InterventionsTest {
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
  private static final EnvironmentId PROD = new EnvironmentId("prod");
  private static final EnvironmentId STAGE = new EnvironmentId("stage");
  private static final ReleaseId RELEASE = new ReleaseId("a-release");
  private static final List<OperatorWord> ONE_OF_EACH =
      List.of(
          new OperatorWord.Hold(PROD),
          new OperatorWord.Reject(RELEASE),
          new OperatorWord.Approve(RELEASE, PROD),
          new OperatorWord.SetFreeze("a", Optional.empty(), Optional.empty()),
          new OperatorWord.StopEverything());

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
  void whoeverApprovedCanWithdrawThatAndNobodyElsesApproval() {
    var approve = new OperatorWord.Approve(RELEASE, PROD);
    var withdraw = new OperatorWord.Withdraw(RELEASE, PROD);
    Interventions both = said(said(Interventions.NONE, approve, by("alice")), approve, by("bob"));
    Interventions bobs = said(both, withdraw, by("alice"));
    assertThat(bobs.approvals(RELEASE, PROD))
        .extracting(it -> it.given().by().id())
        .containsExactly("bob");
    assertThat(refused(bobs, withdraw, by("alice")))
        .isEqualTo("alice has no approval of release a-releas for prod to withdraw");
    assertThat(said(bobs, approve, by("alice")).approvals(RELEASE, PROD)).hasSize(2);
    assertThat(refused(both, new OperatorWord.Withdraw(RELEASE, STAGE), by("bob")))
        .contains("for stage");
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
  void anyWordClearsAwayWhatExpiredADayAgo() {
    Instant end = NOW.plusSeconds(60);
    Instant dayLater = end.plus(Duration.ofDays(1));
    Interventions all = oneOfEach(by("alice", NOW, end));
    var next =
        said(all, new OperatorWord.Hold(STAGE), by("bob", dayLater, dayLater.plusSeconds(1)));
    assertThat(next.holds()).containsOnlyKeys(STAGE);
    assertThat(next.rejections()).isEmpty();
    assertThat(next.approvals()).isEmpty();
    assertThat(next.freezes()).isEmpty();
    assertThat(next.stop()).isEmpty();
  }

  @Test
  void whoseClockIsAheadTakesNobodysWordsAway() {
    Intervention alices = by("alice", NOW, NOW.plus(Duration.ofMinutes(30)));
    Interventions all = oneOfEach(alices);
    Instant ahead = NOW.plus(Duration.ofHours(1));
    var next = said(all, new OperatorWord.Hold(STAGE), by("bob", ahead, ahead.plusSeconds(60)));
    assertThat(next.hold(PROD, NOW)).contains(alices);
    assertThat(next.rejection(RELEASE, NOW)).contains(alices);
    assertThat(next.approvals(RELEASE, PROD)).hasSize(1);
    assertThat(next.freezes(PROD, NOW)).hasSize(1);
    assertThat(next.stop(NOW)).contains(alices);
  }

  @Test
  void whatIsSaidAgainAfterItExpiredStandsInThePlaceOfTheFirst() {
    Instant end = NOW.plusSeconds(60);
    Interventions all = oneOfEach(by("alice", NOW, end));
    Intervention again = by("alice", end, end.plusSeconds(60));
    for (OperatorWord word : ONE_OF_EACH) {
      all = said(all, word, again);
    }
    assertThat(all.holds()).hasSize(1).containsValue(again);
    assertThat(all.rejections()).hasSize(1).containsValue(again);
    assertThat(all.approvals()).containsExactly(new Approval(RELEASE, PROD, again));
    assertThat(all.freezes()).extracting(Freeze::set).containsExactly(again);
    assertThat(all.stop()).contains(again);
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
    var lift = new OperatorWord.LiftFreeze("audit", Optional.of(PROD));
    assertThat(said(frozen, lift, by("bob")).freezes()).isEmpty();
  }

  @Test
  void aFreezeIsLiftedOnlyWhereItIs() {
    var ofProd = new OperatorWord.SetFreeze("audit", Optional.of(PROD), Optional.empty());
    Interventions frozen = said(Interventions.NONE, ofProd, by("alice"));
    for (Optional<EnvironmentId> elsewhere :
        List.of(Optional.of(STAGE), Optional.<EnvironmentId>empty())) {
      assertThat(refused(frozen, new OperatorWord.LiftFreeze("audit", elsewhere), by("bob")))
          .isEqualTo("the freeze 'audit' is for prod: lift it there");
    }
    var ofAll = new OperatorWord.SetFreeze("all", Optional.empty(), Optional.empty());
    Interventions allFrozen = said(frozen, ofAll, by("alice"));
    var fromProd = new OperatorWord.LiftFreeze("all", Optional.of(PROD));
    assertThat(refused(allFrozen, fromProd, by("bob")))
        .isEqualTo("the freeze 'all' is for all of the project: lift it there");
  }

  @Test
  void whoExpectsAnotherVersionLearnsOfBoth() {
    Interventions held = said(Interventions.NONE, new OperatorWord.Hold(PROD), by("alice"));
    assertThat(held.otherThan(1)).isEmpty();
    assertThat(held.otherThan(0))
        .contains("what operators have said is at version 1, not at version 0: look again");
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
  void noMoreApprovalsAndFreezesThanTheLimitAreKept() {
    Interventions full = full();
    var freeze = new OperatorWord.SetFreeze("one-more", Optional.empty(), Optional.empty());
    assertThat(refused(full, freeze, by("alice"))).contains("200 approvals and freezes");
    assertThat(refused(full, new OperatorWord.Approve(RELEASE, STAGE), by("alice")))
        .contains("200 approvals and freezes");
    Interventions less = said(full, new OperatorWord.LiftFreeze("audit"), by("alice"));
    assertThat(said(less, freeze, by("alice")).freezes()).hasSize(1);
  }

  @Test
  void whatStopsAutomationIsNeverRefusedForTheLimit() {
    Interventions full = full();
    for (OperatorWord word :
        List.of(
            new OperatorWord.Hold(PROD),
            new OperatorWord.Reject(RELEASE),
            new OperatorWord.StopEverything())) {
      full = said(full, word, by("alice"));
    }
    assertThat(full.hold(PROD, NOW)).isPresent();
    assertThat(full.rejection(RELEASE, NOW)).isPresent();
    assertThat(full.stop(NOW)).isPresent();
  }

  @Test
  void manyRejectionsLeaveRoomForApprovals() {
    Interventions many = Interventions.NONE;
    for (int i = 0; i <= Interventions.LIMIT; i++) {
      many = said(many, new OperatorWord.Reject(new ReleaseId("release-" + i)), by("alice"));
    }
    assertThat(said(many, new OperatorWord.Approve(RELEASE, PROD), by("alice")).approvals())
        .hasSize(1);
  }

  @Test
  void aReasonMustBeGivenAndBeShort() {
    var alice = new Requester("alice", "alice");
    for (String reason : List.of(" ", "x".repeat(Intervention.LONGEST_REASON + 1))) {
      assertThatThrownBy(() -> new Intervention(alice, NOW, reason, Optional.empty()))
          .isInstanceOf(InvalidValueException.class);
    }
  }

  private static Interventions oneOfEach(Intervention said) {
    Interventions all = Interventions.NONE;
    for (OperatorWord word : ONE_OF_EACH) {
      all = said(all, word, said);
    }
    return all;
  }

  private static Interventions full() {
    Interventions full =
        said(
            Interventions.NONE,
            new OperatorWord.SetFreeze("audit", Optional.empty(), Optional.empty()),
            by("alice"));
    for (int i = 1; i < Interventions.LIMIT; i++) {
      full = said(full, new OperatorWord.Approve(new ReleaseId("r" + i), PROD), by("alice"));
    }
    return full;
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
