package dev.onward.policy.gate;

import static dev.onward.policy.gate.Judged.RELEASE;
import static dev.onward.policy.gate.Judged.STAGE;
import static dev.onward.policy.gate.Judged.at;
import static dev.onward.policy.gate.Judged.minutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.InvalidValueException;
import dev.onward.model.Label;
import dev.onward.policy.ExternalQuery.CheckPasses;
import dev.onward.policy.ExternalResult;
import dev.onward.policy.Verdict;
import dev.onward.policy.Verification;
import dev.onward.policy.Verification.Http;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class VerificationsGateTest {
  private static final Verification SMOKE = verification("smoke", minutes(10));
  private static final Verification ONCE = verification("once", Duration.ZERO);

  private final VerificationsGate gate = new VerificationsGate(List.of(SMOKE));
  private final Judged judged = new Judged();
  private final Asked asked = new Asked(judged);

  @Test
  void asksWhileTheReleaseRunsInTheSource() {
    assertThat(gate.queries(asked.candidate()))
        .containsExactly(new CheckPasses(STAGE, RELEASE, true, SMOKE));
  }

  @Test
  void asksForWhatWasFoundOfASupersededRelease() {
    judged.replaced();

    assertThat(gate.queries(asked.candidate()))
        .containsExactly(new CheckPasses(STAGE, RELEASE, false, SMOKE));
  }

  @Test
  void asksNothingWhileTheSourceIsBeingWritten() {
    judged.converged = false;

    assertThat(gate.queries(asked.candidate())).isEmpty();
    assertThat(gate.judge(asked.candidate()))
        .isEqualTo(held("stage is not checked while its parameters are being written"));
  }

  @Test
  void holdsUntilItWasLookedAt() {
    assertThat(gate.judge(asked.candidate())).isEqualTo(held("smoke: not checked yet"));
  }

  @Test
  void holdsUntilItHasPassedForLongEnough() {
    asked.answering(gate, passing("11:56", "12:00"));

    assertThat(gate.judge(asked.candidate()))
        .isEqualTo(
            Verdict.heldUntil("verifications", "smoke: passing for 4 min of 10 min", at("12:06")));
  }

  @Test
  void passesToTheSecondWhenItHas() {
    asked.answering(gate, passing("11:50", "12:00"));
    assertThat(gate.judge(asked.candidate()))
        .isEqualTo(Verdict.passed("verifications", "smoke: passing for 10 min"));

    judged.now = Judged.NOON.minusSeconds(1);
    assertThat(gate.judge(asked.candidate()).passed()).isFalse();
  }

  @Test
  void oneLookIsEnoughWhereItNeedNotLast() {
    var once = new VerificationsGate(List.of(ONCE));
    asked.answering(once, passing("12:00", "12:00"));

    assertThat(once.judge(asked.candidate()))
        .isEqualTo(Verdict.passed("verifications", "once: passing"));
  }

  @Test
  void aFailingLookIsShown() {
    asked.answering(
        gate,
        new ExternalResult.Check(
            Optional.empty(), Instant.parse("2026-11-23T11:59:03Z"), "status 503, expected 200"));

    assertThat(gate.judge(asked.candidate()))
        .isEqualTo(held("smoke: failing: status 503, expected 200 (checked 11:59:03 UTC)"));
  }

  @Test
  void aLookThatIsTooOldSaysNothingOfNow() {
    asked.answering(gate, passing("10:00", "11:56"));
    judged.now = at("11:56").plusSeconds(3 * 60 + 5);
    assertThat(gate.judge(asked.candidate()).passed()).isTrue();

    judged.now = judged.now.plusSeconds(1);
    assertThat(gate.judge(asked.candidate())).isEqualTo(held("smoke: last checked 11:56:00 UTC"));
  }

  @Test
  void whatPassedBeforeTheReleaseCameDoesNotCount() {
    judged.inSource("09:00", "10:00").inSourceSince("11:55");
    asked.answering(gate, passing("09:00", "12:00"));

    assertThat(gate.judge(asked.candidate()))
        .isEqualTo(
            Verdict.heldUntil("verifications", "smoke: passing for 5 min of 10 min", at("12:05")));
  }

  @Test
  void aSupersededReleaseKeepsWhatWasFound() {
    judged.replaced();
    asked.answering(gate, passing("08:00", "08:10"));

    assertThat(gate.judge(asked.candidate()).passed()).isTrue();
  }

  @Test
  void aSupersededReleaseGainsNothingByWaiting() {
    judged.replaced();
    asked.answering(gate, passing("08:00", "08:09"));

    assertThat(gate.judge(asked.candidate()))
        .isEqualTo(held("smoke: passed for 9 min of 10 min before stage took another release"));
  }

  @Test
  void whatNobodyKnowsHolds() {
    asked.answering(gate, new ExternalResult.Unknown("stage no longer runs it"));

    assertThat(gate.judge(asked.candidate())).isEqualTo(held("smoke: stage no longer runs it"));
  }

  @Test
  void allAreNamedAndAllMustPass() {
    var both = new VerificationsGate(List.of(ONCE, SMOKE));
    asked.answering(both, passing("11:56", "12:00"));

    assertThat(both.judge(asked.candidate()))
        .isEqualTo(
            Verdict.heldUntil(
                "verifications", "once: passing; smoke: passing for 4 min of 10 min", at("12:06")));
  }

  @Test
  void aLabelCannotBeVerified() {
    asked.from(new Label("latest"));

    assertThat(gate.queries(asked.candidate())).isEmpty();
    assertThat(gate.judge(asked.candidate()))
        .isEqualTo(held("only environments can be verified: latest is a label"));
  }

  @Test
  void namesAVerification() {
    assertThatThrownBy(() -> new VerificationsGate(List.of()))
        .isInstanceOf(InvalidValueException.class);
  }

  private static Verification verification(String name, Duration holdFor) {
    return new Verification(
        name,
        new Http(URI.create("http://stage/health"), 200, Optional.empty()),
        holdFor,
        minutes(1),
        Duration.ofSeconds(5));
  }

  private static ExternalResult passing(String since, String checkedAt) {
    return new ExternalResult.Check(Optional.of(at(since)), at(checkedAt), "status 200");
  }

  private static Verdict held(String reason) {
    return Verdict.held("verifications", reason);
  }
}
