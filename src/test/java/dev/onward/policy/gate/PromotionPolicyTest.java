package dev.onward.policy.gate;

import static dev.onward.policy.gate.Judged.ALICE;
import static dev.onward.policy.gate.Judged.STAGE;
import static dev.onward.policy.gate.Judged.at;
import static dev.onward.policy.gate.Judged.said;
import static dev.onward.policy.gate.Judged.stopped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.InvalidValueException;
import dev.onward.policy.Candidate;
import dev.onward.policy.ExternalQuery;
import dev.onward.policy.ExternalQuery.CalendarState;
import dev.onward.policy.Gate;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.Verdict;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PromotionPolicyTest {
  private static final List<String> DOCUMENTED =
      List.of(
          "mode",
          "stop",
          "hold",
          "freezes",
          "source_converged",
          "drift_free",
          "min_age",
          "soak",
          "verifications",
          "approvals",
          "windows",
          "change_calendars",
          "min_interval",
          "budget",
          "aardvark",
          "zebra");

  @Test
  void peoplesWordsAndTheSourceAreAlwaysJudged() {
    assertThat(policy().judge(new Judged().candidate()))
        .extracting(Verdict::gate)
        .containsExactly("mode", "stop", "hold", "freezes", "source_converged");
  }

  @Test
  void theOrderIsTheDocumentedOneWhateverTheManifests() {
    List<Gate> gates = Arrays.asList(everyOtherGate());
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(gates, new Random(seed));
      var policy = new PromotionPolicy(STAGE, PromotionMode.AUTO, gates);

      assertThat(policy.judge(new Judged().candidate()))
          .as("shuffled by %d", seed)
          .extracting(Verdict::gate)
          .containsExactlyElementsOf(DOCUMENTED);
      assertThat(policy.gates())
          .extracting(Gate::name)
          .containsExactlyElementsOf(
              DOCUMENTED.stream()
                  .filter(name -> !PromotionPolicy.builtInNames().contains(name))
                  .toList());
    }
  }

  @Test
  void policiesWithTheSameGatesAreEqualWhateverTheirOrder() {
    var soak = new SoakGate(Duration.ofHours(1));
    var age = new MinAgeGate(Duration.ofHours(1));

    assertThat(policy(soak, age)).isEqualTo(policy(age, soak));
  }

  @Test
  void allAreJudgedEvenWhenTheFirstHolds() {
    Judged judged = Judged.with(stopped(said(ALICE, "10:00", "sick")));
    judged.converged = false;
    var policy =
        new PromotionPolicy(
            STAGE, PromotionMode.MANUAL, List.of(new ApprovalsGate(1, Optional.empty()), freeze()));

    assertThat(policy.judge(judged.candidate()))
        .filteredOn(verdict -> !verdict.passed())
        .extracting(Verdict::gate)
        .containsExactly("mode", "stop", "freezes", "source_converged", "approvals");
  }

  @Test
  void aPersonIsHeldByEveryGateButTheMode() {
    Judged judged = Judged.with(stopped(said(ALICE, "10:00", "sick")));
    var policy = new PromotionPolicy(STAGE, PromotionMode.MANUAL, List.of(freeze()));

    assertThat(policy.holdingAPerson(judged.candidate()))
        .extracting(Verdict::gate)
        .containsExactly("stop", "freezes");
  }

  @Test
  void aManifestsFreezesAreJudgedOnce() {
    assertThat(policy(freeze()).judge(new Judged().candidate()))
        .filteredOn(verdict -> verdict.gate().equals("freezes"))
        .singleElement()
        .extracting(Verdict::passed)
        .isEqualTo(false);
  }

  @Test
  void aGateThatIsNotKnownHolds() {
    assertThat(policy(new UnknownGate("vibes")).judge(new Judged().candidate()))
        .filteredOn(verdict -> !verdict.passed())
        .containsExactly(
            Verdict.held(
                "vibes",
                "the policy of prod names the gate 'vibes', "
                    + "which this version of Onward does not know"));
  }

  @Test
  void everyGatesQuestionsAreAskedOnce() {
    var first = new CalendarState("first");
    var second = new CalendarState("second");
    var policy = policy(new Asking("b", first, second), new Asking("a", first));

    assertThat(policy.queries(new Judged().candidate())).containsExactly(first, second);
  }

  @Test
  void twoGatesOfANameAndGatesOfABuiltInNameAreRefused() {
    var soak = new SoakGate(Duration.ofHours(1));

    assertThatThrownBy(() -> policy(soak, new UnknownGate("soak")))
        .isInstanceOf(InvalidValueException.class);
    assertThat(PromotionPolicy.builtInNames())
        .containsExactly("mode", "stop", "hold", "source_converged")
        .allSatisfy(
            name ->
                assertThatThrownBy(() -> policy(new UnknownGate(name)))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("each gate once, and not mode, stop, hold and"));
  }

  /** Asks, and does not mind the answer. */
  private record Asking(String name, List<ExternalQuery> asked) implements Gate {
    Asking(String name, ExternalQuery... asked) {
      this(name, List.of(asked));
    }

    @Override
    public Verdict judge(Candidate candidate) {
      return Verdict.passed(name, "whatever the answer");
    }

    @Override
    public List<ExternalQuery> queries(Candidate candidate) {
      return asked;
    }
  }

  private static PromotionPolicy policy(Gate... gates) {
    return new PromotionPolicy(STAGE, PromotionMode.AUTO, List.of(gates));
  }

  private static FreezesGate freeze() {
    return new FreezesGate(
        List.of(
            new PlannedFreeze(
                at("10:00").atZone(ZoneOffset.UTC), at("14:00").atZone(ZoneOffset.UTC), "demo")));
  }

  private static Gate[] everyOtherGate() {
    return Stream.of(
            new UnknownGate("zebra"),
            new DeploymentBudgetGate(1, Duration.ofDays(1)),
            new MinIntervalGate(Duration.ofHours(1)),
            new Asking("change_calendars"),
            new WindowsGate(WindowTimes.windows("MON-SUN 00:00-00:00 UTC")),
            new ApprovalsGate(1, Optional.empty()),
            new Asking("verifications"),
            new SoakGate(Duration.ofHours(1)),
            new MinAgeGate(Duration.ofHours(1)),
            new DriftFreeGate(),
            freeze(),
            new UnknownGate("aardvark"))
        .toArray(Gate[]::new);
  }
}
