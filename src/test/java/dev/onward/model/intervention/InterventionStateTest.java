package dev.onward.model.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import dev.onward.model.Requester;
import dev.onward.model.release.ReleaseId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InterventionStateTest {
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
  private static final EnvironmentId PROD = new EnvironmentId("prod");
  private static final EnvironmentId STAGE = new EnvironmentId("stage");
  private static final ReleaseId RELEASE = new ReleaseId("a-release");
  private static final List<Intervention> ONE_OF_EACH =
      List.of(
          new Intervention.Hold(PROD),
          new Intervention.Reject(RELEASE),
          new Intervention.Approve(RELEASE, PROD),
          new Intervention.SetFreeze("a", Optional.empty(), Optional.empty()),
          new Intervention.StopEverything());

  @Test
  void everyWordCountsUpTheVersion() {
    InterventionState held = said(InterventionState.NONE, new Intervention.Hold(PROD), by("alice"));
    assertThat(held.version()).isEqualTo(1);
    InterventionState resumed = said(held, new Intervention.Resume(PROD), by("bob"));
    assertThat(resumed.version()).isEqualTo(2);
    assertThat(resumed.holds()).isEmpty();
  }

  @Test
  void whatIsSaidStandsUntilItsEndAndNotAtItsEnd() {
    Instant end = NOW.plusSeconds(60);
    InterventionState held =
        said(InterventionState.NONE, new Intervention.Hold(PROD), by("alice", NOW, end));
    assertThat(held.hold(PROD, end.minusNanos(1000))).isPresent();
    assertThat(held.hold(PROD, end)).isEmpty();
    assertThat(held.hold(STAGE, NOW)).isEmpty();
  }

  @Test
  void theSameWordOfAnotherPersonIsRefusedAndNamesTheFirst() {
    for (Intervention intervention :
        List.of(
            new Intervention.Hold(PROD),
            new Intervention.Reject(RELEASE),
            new Intervention.SetFreeze("audit", Optional.empty(), Optional.empty()),
            new Intervention.StopEverything())) {
      InterventionState once = said(InterventionState.NONE, intervention, by("alice"));
      assertThat(refused(once, intervention, by("bob")))
          .contains("by alice since")
          .contains("because");
    }
  }

  @Test
  void whatWasNotSaidCannotBeTakenBack() {
    assertThat(refused(InterventionState.NONE, new Intervention.Resume(PROD), by("alice")))
        .isEqualTo("prod is not held");
    assertThat(refused(InterventionState.NONE, new Intervention.Unreject(RELEASE), by("alice")))
        .isEqualTo("release a-releas is not rejected");
    assertThat(refused(InterventionState.NONE, new Intervention.LiftFreeze("audit"), by("alice")))
        .isEqualTo("there is no freeze 'audit'");
    assertThat(refused(InterventionState.NONE, new Intervention.ResumeEverything(), by("alice")))
        .isEqualTo("nothing is stopped");
  }

  @Test
  void whoeverApprovedCanWithdrawThatAndNobodyElsesApproval() {
    var approve = new Intervention.Approve(RELEASE, PROD);
    var withdraw = new Intervention.Withdraw(RELEASE, PROD);
    InterventionState both =
        said(said(InterventionState.NONE, approve, by("alice")), approve, by("bob"));
    InterventionState bobs = said(both, withdraw, by("alice"));
    assertThat(bobs.approvals(RELEASE, PROD))
        .extracting(it -> it.given().by().id())
        .containsExactly("bob");
    assertThat(refused(bobs, withdraw, by("alice")))
        .isEqualTo("alice has no approval of release a-releas for prod to withdraw");
    assertThat(said(bobs, approve, by("alice")).approvals(RELEASE, PROD)).hasSize(2);
    assertThat(refused(both, new Intervention.Withdraw(RELEASE, STAGE), by("bob")))
        .contains("for stage");
  }

  @Test
  void whatHasExpiredCanBeSaidAgainAndCannotBeTakenBack() {
    Instant end = NOW.plusSeconds(60);
    InterventionState held =
        said(InterventionState.NONE, new Intervention.Hold(PROD), by("alice", NOW, end));
    Attribution later = by("bob", end, end.plusSeconds(60));
    assertThat(refused(held, new Intervention.Resume(PROD), later)).isEqualTo("prod is not held");
    InterventionState again = said(held, new Intervention.Hold(PROD), later);
    assertThat(again.hold(PROD, end).orElseThrow().by().id()).isEqualTo("bob");
  }

  @Test
  void anyWordClearsAwayWhatExpiredADayAgo() {
    Instant end = NOW.plusSeconds(60);
    Instant dayLater = end.plus(Duration.ofDays(1));
    InterventionState all = oneOfEach(by("alice", NOW, end));
    var next =
        said(all, new Intervention.Hold(STAGE), by("bob", dayLater, dayLater.plusSeconds(1)));
    assertThat(next.holds()).containsOnlyKeys(STAGE);
    assertThat(next.rejections()).isEmpty();
    assertThat(next.approvals()).isEmpty();
    assertThat(next.freezes()).isEmpty();
    assertThat(next.stop()).isEmpty();
  }

  @Test
  void whoseClockIsAheadTakesNobodysWordsAway() {
    Attribution alices = by("alice", NOW, NOW.plus(Duration.ofMinutes(30)));
    InterventionState all = oneOfEach(alices);
    Instant ahead = NOW.plus(Duration.ofHours(1));
    var next = said(all, new Intervention.Hold(STAGE), by("bob", ahead, ahead.plusSeconds(60)));
    assertThat(next.hold(PROD, NOW)).contains(alices);
    assertThat(next.rejection(RELEASE, NOW)).contains(alices);
    assertThat(next.approvals(RELEASE, PROD)).hasSize(1);
    assertThat(next.freezes(PROD, NOW)).hasSize(1);
    assertThat(next.stop(NOW)).contains(alices);
  }

  @Test
  void whatIsSaidAgainAfterItExpiredStandsInThePlaceOfTheFirst() {
    Instant end = NOW.plusSeconds(60);
    InterventionState all = oneOfEach(by("alice", NOW, end));
    Attribution again = by("alice", end, end.plusSeconds(60));
    for (Intervention intervention : ONE_OF_EACH) {
      all = said(all, intervention, again);
    }
    assertThat(all.holds()).hasSize(1).containsValue(again);
    assertThat(all.rejections()).hasSize(1).containsValue(again);
    assertThat(all.approvals()).containsExactly(new Approval(RELEASE, PROD, again));
    assertThat(all.freezes()).extracting(Freeze::set).containsExactly(again);
    assertThat(all.stop()).contains(again);
  }

  @Test
  void aPersonApprovesOnceAndAnotherPersonToo() {
    var approve = new Intervention.Approve(RELEASE, PROD);
    InterventionState once = said(InterventionState.NONE, approve, by("alice"));
    assertThat(refused(once, approve, by("alice"))).contains("has already approved");
    assertThat(said(once, approve, by("bob")).approvals(RELEASE, PROD)).hasSize(2);
    var forStage = new Intervention.Approve(RELEASE, STAGE);
    assertThat(said(once, forStage, by("alice")).approvals(RELEASE, PROD)).hasSize(1);
  }

  @Test
  void aFreezeOfOneEnvironmentConcernsNoOther() {
    InterventionState frozen =
        said(
            InterventionState.NONE,
            new Intervention.SetFreeze("audit", Optional.of(PROD), Optional.empty()),
            by("alice"));
    assertThat(frozen.freezes(PROD, NOW)).hasSize(1);
    assertThat(frozen.freezes(STAGE, NOW)).isEmpty();
    var lift = new Intervention.LiftFreeze("audit", Optional.of(PROD));
    assertThat(said(frozen, lift, by("bob")).freezes()).isEmpty();
  }

  @Test
  void aFreezeIsLiftedOnlyWhereItIs() {
    var ofProd = new Intervention.SetFreeze("audit", Optional.of(PROD), Optional.empty());
    InterventionState frozen = said(InterventionState.NONE, ofProd, by("alice"));
    for (Optional<EnvironmentId> elsewhere :
        List.of(Optional.of(STAGE), Optional.<EnvironmentId>empty())) {
      assertThat(refused(frozen, new Intervention.LiftFreeze("audit", elsewhere), by("bob")))
          .isEqualTo("the freeze 'audit' is for prod: lift it there");
    }
    var ofAll = new Intervention.SetFreeze("all", Optional.empty(), Optional.empty());
    InterventionState allFrozen = said(frozen, ofAll, by("alice"));
    var fromProd = new Intervention.LiftFreeze("all", Optional.of(PROD));
    assertThat(refused(allFrozen, fromProd, by("bob")))
        .isEqualTo("the freeze 'all' is for all of the project: lift it there");
  }

  @Test
  void whoExpectsAnotherVersionLearnsOfBoth() {
    InterventionState held = said(InterventionState.NONE, new Intervention.Hold(PROD), by("alice"));
    assertThat(held.otherThan(1)).isEmpty();
    assertThat(held.otherThan(0))
        .contains("the interventions are at version 1, not at version 0: read them again");
  }

  @Test
  void aFreezeThatEndsBeforeItBeginsIsRefused() {
    var backwards =
        new Intervention.SetFreeze("audit", Optional.empty(), Optional.of(NOW.plusSeconds(60)));
    Attribution until = by("alice", NOW, NOW.plusSeconds(30));
    assertThatThrownBy(() -> InterventionState.NONE.after(backwards, until))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("end of the freeze");
  }

  @Test
  void noMoreApprovalsAndFreezesThanTheLimitAreKept() {
    InterventionState full = full();
    var freeze = new Intervention.SetFreeze("one-more", Optional.empty(), Optional.empty());
    assertThat(refused(full, freeze, by("alice"))).contains("200 approvals and freezes");
    assertThat(refused(full, new Intervention.Approve(RELEASE, STAGE), by("alice")))
        .contains("200 approvals and freezes");
    InterventionState less = said(full, new Intervention.LiftFreeze("audit"), by("alice"));
    assertThat(said(less, freeze, by("alice")).freezes()).hasSize(1);
  }

  @Test
  void whatStopsAutomationIsNeverRefusedForTheLimit() {
    InterventionState full = full();
    for (Intervention intervention :
        List.of(
            new Intervention.Hold(PROD),
            new Intervention.Reject(RELEASE),
            new Intervention.StopEverything())) {
      full = said(full, intervention, by("alice"));
    }
    assertThat(full.hold(PROD, NOW)).isPresent();
    assertThat(full.rejection(RELEASE, NOW)).isPresent();
    assertThat(full.stop(NOW)).isPresent();
  }

  @Test
  void manyRejectionsLeaveRoomForApprovals() {
    InterventionState many = InterventionState.NONE;
    for (int i = 0; i <= InterventionState.LIMIT; i++) {
      many = said(many, new Intervention.Reject(new ReleaseId("release-" + i)), by("alice"));
    }
    assertThat(said(many, new Intervention.Approve(RELEASE, PROD), by("alice")).approvals())
        .hasSize(1);
  }

  @Test
  void aReasonMustBeGivenAndBeShort() {
    var alice = new Requester("alice", "alice");
    for (String reason : List.of(" ", "x".repeat(Attribution.LONGEST_REASON + 1))) {
      assertThatThrownBy(() -> new Attribution(alice, NOW, reason, Optional.empty()))
          .isInstanceOf(InvalidValueException.class);
    }
  }

  private static InterventionState oneOfEach(Attribution attribution) {
    InterventionState all = InterventionState.NONE;
    for (Intervention intervention : ONE_OF_EACH) {
      all = said(all, intervention, attribution);
    }
    return all;
  }

  private static InterventionState full() {
    InterventionState full =
        said(
            InterventionState.NONE,
            new Intervention.SetFreeze("audit", Optional.empty(), Optional.empty()),
            by("alice"));
    for (int i = 1; i < InterventionState.LIMIT; i++) {
      full = said(full, new Intervention.Approve(new ReleaseId("r" + i), PROD), by("alice"));
    }
    return full;
  }

  private static InterventionState said(
      InterventionState before, Intervention intervention, Attribution attribution) {
    InterventionState.Change change = before.after(intervention, attribution);
    assertThat(change).isInstanceOf(InterventionState.Change.Made.class);
    return ((InterventionState.Change.Made) change).next();
  }

  private static String refused(
      InterventionState before, Intervention intervention, Attribution attribution) {
    InterventionState.Change change = before.after(intervention, attribution);
    assertThat(change).isInstanceOf(InterventionState.Change.Refused.class);
    return ((InterventionState.Change.Refused) change).reason();
  }

  private static Attribution by(String name) {
    return new Attribution(new Requester(name, name), NOW, "because", Optional.empty());
  }

  private static Attribution by(String name, Instant at, Instant until) {
    return new Attribution(new Requester(name, name), at, "because", Optional.of(until));
  }
}
