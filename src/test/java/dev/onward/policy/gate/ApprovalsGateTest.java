package dev.onward.policy.gate;

import static dev.onward.policy.gate.Judged.ALICE;
import static dev.onward.policy.gate.Judged.BOB;
import static dev.onward.policy.gate.Judged.PROD;
import static dev.onward.policy.gate.Judged.RELEASE;
import static dev.onward.policy.gate.Judged.STAGE;
import static dev.onward.policy.gate.Judged.approval;
import static dev.onward.policy.gate.Judged.approved;
import static dev.onward.policy.gate.Judged.at;
import static dev.onward.policy.gate.Judged.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.InvalidValueException;
import dev.onward.model.Requester;
import dev.onward.model.intervention.Approval;
import dev.onward.model.release.ReleaseId;
import dev.onward.policy.Verdict;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApprovalsGateTest {
  private final ApprovalsGate two = new ApprovalsGate(2, Optional.empty());
  private final ApprovalsGate twoWithinTheHour =
      new ApprovalsGate(2, Optional.of(Duration.ofHours(1)));

  @Test
  void holdsWithoutAnyApproval() {
    assertThat(new Judged().by(two))
        .isEqualTo(Verdict.held("approvals", "no approval yet, 2 needed"));
  }

  @Test
  void holdsWhileTooFewHaveApproved() {
    assertThat(judged(approval(ALICE, "10:00")).by(two))
        .isEqualTo(Verdict.held("approvals", "1 of 2 approvals: Alice"));
  }

  @Test
  void passesOnceEnoughPeopleHaveApproved() {
    assertThat(judged(approval(ALICE, "10:00"), approval(BOB, "11:00")).by(two))
        .isEqualTo(Verdict.passed("approvals", "approved by Alice and Bob"));
  }

  @Test
  void everyoneWhoApprovedIsNamed() {
    var carol = new Requester("arn:carol", "Carol");

    assertThat(
            judged(approval(ALICE, "10:00"), approval(BOB, "11:00"), approval(carol, "11:30"))
                .by(two)
                .reason())
        .isEqualTo("approved by Alice, Bob and Carol");
  }

  @Test
  void onePersonUnderTwoNamesIsOnePerson() {
    var again = new Requester(ALICE.id(), "A. Liddell");

    assertThat(judged(approval(ALICE, "10:00"), approval(again, "11:00")).by(two))
        .isEqualTo(Verdict.held("approvals", "1 of 2 approvals: Alice"));
  }

  @Test
  void approvalsOfOtherReleasesAndForOtherEnvironmentsDoNotCount() {
    var other = new Approval(new ReleaseId("other"), PROD, said(ALICE, "10:00", "good"));
    var elsewhere = new Approval(RELEASE, STAGE, said(BOB, "10:00", "good"));

    assertThat(judged(other, elsewhere).by(two))
        .isEqualTo(Verdict.held("approvals", "no approval yet, 2 needed"));
  }

  @Test
  void anApprovalLapsesAsThePolicySays() {
    assertThat(judged(approval(ALICE, "11:30"), approval(BOB, "11:00")).by(twoWithinTheHour))
        .isEqualTo(Verdict.held("approvals", "1 of 2 approvals: Alice; that of Bob has lapsed"));

    Judged judged = judged(approval(ALICE, "11:30"), approval(BOB, "11:00"));
    judged.now = at("12:00").minusNanos(1000);
    assertThat(judged.by(twoWithinTheHour).passed()).isTrue();
  }

  @Test
  void anApprovalLapsesAsWhoeverGaveItSaid() {
    var untilNoon = new Approval(RELEASE, PROD, said(BOB, "11:59", "good", "12:00"));

    assertThat(judged(approval(ALICE, "10:00"), untilNoon).by(two).reason())
        .isEqualTo("1 of 2 approvals: Alice; that of Bob has lapsed");
  }

  @Test
  void whereAllHaveLapsedItSaysSo() {
    assertThat(judged(approval(ALICE, "09:00")).by(twoWithinTheHour).reason())
        .isEqualTo("no approval any more, 2 needed: that of Alice has lapsed");
    assertThat(
            judged(approval(ALICE, "09:00"), approval(BOB, "10:00")).by(twoWithinTheHour).reason())
        .isEqualTo("no approval any more, 2 needed: those of Alice and Bob have lapsed");
  }

  @Test
  void whoApprovesAgainHasNotLapsed() {
    assertThat(judged(approval(ALICE, "09:00"), approval(ALICE, "11:45")).by(twoWithinTheHour))
        .isEqualTo(Verdict.held("approvals", "1 of 2 approvals: Alice"));
  }

  @Test
  void nobodysApprovalIsNoGate() {
    assertThatThrownBy(() -> new ApprovalsGate(0, Optional.empty()))
        .isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> new ApprovalsGate(1, Optional.of(Duration.ZERO)))
        .isInstanceOf(InvalidValueException.class);
  }

  private static Judged judged(Approval... approvals) {
    return Judged.with(approved(approvals));
  }
}
