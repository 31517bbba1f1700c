package dev.onward.policy.gate;

import static dev.onward.policy.gate.Judged.ALICE;
import static dev.onward.policy.gate.Judged.BOB;
import static dev.onward.policy.gate.Judged.PROD;
import static dev.onward.policy.gate.Judged.STAGE;
import static dev.onward.policy.gate.Judged.at;
import static dev.onward.policy.gate.Judged.frozen;
import static dev.onward.policy.gate.Judged.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Freeze;
import dev.onward.model.intervention.InterventionState;
import dev.onward.policy.Verdict;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FreezesGateTest {
  private final FreezesGate none = new FreezesGate(List.of());

  @Test
  void passesWithoutAnyFreeze() {
    assertThat(new Judged().by(none)).isEqualTo(Verdict.passed("freezes", "no freeze is in force"));
  }

  @Test
  void aPlannedFreezeHoldsFromItsFirstMomentToItsEnd() {
    var gate = new FreezesGate(List.of(planned("12:00", "18:00", "board meeting")));
    var judged = new Judged();

    assertThat(judged.by(gate))
        .isEqualTo(
            Verdict.heldUntil(
                "freezes",
                "frozen by the manifest since 12:00 UTC until 18:00 UTC: board meeting",
                at("18:00")));

    judged.now = at("18:00").minusNanos(1);
    assertThat(judged.by(gate).passed()).isFalse();
    judged.now = at("18:00");
    assertThat(judged.by(gate).passed()).isTrue();
  }

  @Test
  void aFreezeToComeIsNamedWhilePassing() {
    var gate = new FreezesGate(List.of(planned("2026-12-18T18:00:00Z", "2027-01-04T09:00:00Z")));

    assertThat(new Judged().by(gate))
        .isEqualTo(
            Verdict.passed(
                "freezes", "no freeze is in force; the next begins at 2026-12-18 18:00 UTC"));
  }

  @Test
  void aPlannedFreezeIsOfTheTimeZoneItIsWrittenIn() {
    var gate =
        new FreezesGate(
            List.of(
                new PlannedFreeze(
                    ZonedDateTime.parse("2026-11-23T06:00-06:00[America/Chicago]"),
                    ZonedDateTime.parse("2026-11-23T18:00-06:00[America/Chicago]"),
                    "inventory")));

    assertThat(new Judged().by(gate))
        .isEqualTo(
            Verdict.heldUntil(
                "freezes",
                "frozen by the manifest since 12:00 UTC until tomorrow 00:00 UTC: inventory",
                at("2026-11-24T00:00:00Z")));
  }

  @Test
  void aFreezeThatAnOperatorSetNamesWhoDidAndHowToLiftIt() {
    Freeze freeze = freeze("incident-7", said(ALICE, "10:02", "the database is sick"));

    assertThat(Judged.with(frozen(freeze)).by(none))
        .isEqualTo(
            Verdict.held(
                "freezes",
                "frozen by Alice since 10:02 UTC: the database is sick (freeze 'incident-7')"));
  }

  @Test
  void aFreezeOfEverythingHoldsToo() {
    Freeze freeze = freeze("incident-7", said(ALICE, "10:02", "sick", "14:00"));

    assertThat(Judged.with(frozen(freeze), InterventionState.NONE).by(none))
        .isEqualTo(
            Verdict.heldUntil(
                "freezes",
                "frozen by Alice since 10:02 UTC until 14:00 UTC: sick (freeze 'incident-7')",
                at("14:00")));
  }

  @Test
  void aFreezeOfAnotherEnvironmentDoesNotMatter() {
    Attribution attribution = said(ALICE, "10:02", "sick");

    assertThat(Judged.with(frozen(freezeOf(STAGE, attribution))).by(none).passed()).isTrue();
    assertThat(Judged.with(frozen(freezeOf(PROD, attribution))).by(none).passed()).isFalse();
  }

  @Test
  void aFreezeThatBeginsLaterOrIsOverDoesNotHold() {
    var later =
        new Freeze(
            "a", Optional.empty(), Optional.of(at("13:00")), said(ALICE, "10:00", "x", "14:00"));
    Freeze over = freeze("b", said(ALICE, "10:00", "y", "12:00"));

    assertThat(Judged.with(frozen(later, over)).by(none))
        .isEqualTo(
            Verdict.passed("freezes", "no freeze is in force; the next begins at 13:00 UTC"));
  }

  @Test
  void aFreezeFromAClockThatIsAheadHoldsAtOnce() {
    Freeze freeze = freeze("a", said(ALICE, "12:01", "sick"));

    assertThat(Judged.with(frozen(freeze)).by(none).passed()).isFalse();
  }

  @Test
  void looksAgainAfterTheLastOfFreezesThatOverlapOrFollowOneAnother() {
    var gate =
        new FreezesGate(
            List.of(
                planned("15:00", "16:00"), planned("11:00", "13:00"), planned("17:00", "18:00")));
    Judged judged =
        Judged.with(
            frozen(freeze("a", said(ALICE, "10:00", "one", "12:30"))),
            frozen(
                new Freeze(
                    "b",
                    Optional.empty(),
                    Optional.of(at("12:45")),
                    said(BOB, "10:00", "two", "15:00"))));

    assertThat(nextEvaluation(judged.by(gate))).contains(at("16:00"));
  }

  @Test
  void doesNotKnowWhenToLookAgainWhereAFreezeWithoutAnEndFollows() {
    var gate = new FreezesGate(List.of(planned("11:00", "13:00")));
    var endless =
        new Freeze("b", Optional.empty(), Optional.of(at("13:00")), said(BOB, "10:00", "two"));

    assertThat(nextEvaluation(Judged.with(frozen(endless)).by(gate))).isEmpty();
  }

  @Test
  void everyFreezeInForceIsNamed() {
    var gate = new FreezesGate(List.of(planned("11:00", "13:00", "one")));

    assertThat(Judged.with(frozen(freeze("b", said(BOB, "10:00", "two")))).by(gate).reason())
        .isEqualTo(
            "frozen by the manifest since 11:00 UTC until 13:00 UTC: one; "
                + "frozen by Bob since 10:00 UTC: two (freeze 'b')");
  }

  @Test
  void aFreezeThatEndsBeforeItBeginsIsRefused() {
    assertThatThrownBy(() -> planned("13:00", "13:00")).isInstanceOf(InvalidValueException.class);
  }

  private static Optional<Instant> nextEvaluation(Verdict verdict) {
    return ((Verdict.Held) verdict).nextEvaluation();
  }

  private static Freeze freeze(String id, Attribution attribution) {
    return new Freeze(id, Optional.empty(), Optional.empty(), attribution);
  }

  private static Freeze freezeOf(EnvironmentId environment, Attribution attribution) {
    return new Freeze("a", Optional.of(environment), Optional.empty(), attribution);
  }

  private static PlannedFreeze planned(String from, String to) {
    return planned(from, to, "frozen");
  }

  private static PlannedFreeze planned(String from, String to, String reason) {
    return new PlannedFreeze(
        at(from).atZone(ZoneOffset.UTC), at(to).atZone(ZoneOffset.UTC), reason);
  }
}
