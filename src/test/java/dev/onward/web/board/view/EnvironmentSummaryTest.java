package dev.onward.web.board.view;

import static dev.onward.status.StatusFixture.LATEST;
import static dev.onward.status.StatusFixture.PROD;
import static dev.onward.status.StatusFixture.STAGE;
import static dev.onward.status.StatusFixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.EnvironmentId;
import dev.onward.model.intervention.Intervention;
import dev.onward.plan.ObservedParameter.Value;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.gate.ApprovalsGate;
import dev.onward.policy.gate.SoakGate;
import dev.onward.status.StatusFixture;
import dev.onward.store.WriteOutcome;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnvironmentSummaryTest {
  private final StatusFixture storage = StatusFixture.storage().publish("bags", "1");

  @Test
  void whatIsAsItsSourceIsCalm() {
    EnvironmentSummary stage = glance(STAGE);
    assertThat(stage.tone()).isEqualTo(Attention.CALM);
    assertThat(stage.says()).isEqualTo("in sync with latest");
    assertThat(stage.behind()).isEmpty();
  }

  @Test
  void aReleaseThatWaitsForAPersonSaysSo() {
    EnvironmentSummary prod = glance(PROD);
    assertThat(prod.tone()).isEqualTo(Attention.PERSON);
    assertThat(prod.says()).isEqualTo("waits for a person to deploy");
    assertThat(prod.behind()).startsWith("1 behind");
  }

  @Test
  void anApprovalComesBeforeTheTimeThatPassesByItself() {
    storage.environment(
        PROD,
        STAGE,
        PromotionMode.AUTO,
        DriftPolicy.REPORT,
        new SoakGate(Duration.ofHours(1)),
        new ApprovalsGate(1, Optional.empty()));
    assertThat(glance(PROD).says()).isEqualTo("waits for approval, +1");
    assertThat(glance(PROD).tone()).isEqualTo(Attention.PERSON);
  }

  @Test
  void whatGoesByItselfLaterOnlyWaits() {
    storage.environment(
        PROD, STAGE, PromotionMode.AUTO, DriftPolicy.REPORT, new SoakGate(Duration.ofHours(1)));
    EnvironmentSummary prod = glance(PROD);
    assertThat(prod.tone()).isEqualTo(Attention.WAITING);
    assertThat(prod.says()).isEqualTo("soaking");
    assertThat(prod.readyAt().map(RelativeTime::relative)).contains("in 1 h");
  }

  @Test
  void anOperatorsHoldCountsMoreThanWhateverElseHolds() {
    storage.status();
    storage.execute(
        new OperatorCommand.Say(new Intervention.Hold(PROD)),
        storage.said("alice", "fire"),
        new WriteOutcome.Applied());
    EnvironmentSummary prod = glance(PROD);
    assertThat(prod.tone()).isEqualTo(Attention.STOPPED);
    assertThat(prod.says()).isEqualTo("on hold, +1");
    assertThat(prod.why()).contains("fire");
  }

  @Test
  void whatIsHeldWhileNothingWaitsIsNotCalm() {
    storage.status();
    storage.execute(
        new OperatorCommand.Say(new Intervention.Hold(STAGE)),
        storage.said("alice", "fire", Duration.ofHours(2)),
        new WriteOutcome.Applied());
    EnvironmentSummary stage = glance(STAGE);
    assertThat(stage.tone()).isEqualTo(Attention.STOPPED);
    assertThat(stage.says()).isEqualTo("on hold");
    assertThat(stage.why()).contains("fire").endsWith("in sync with latest");
    assertThat(stage.readyAt().map(RelativeTime::relative)).contains("in 2 h");
  }

  @Test
  void everyEnvironmentIsStoppedWhileEverythingIs() {
    storage.status();
    storage.stopEverything(storage.said("alice", "fire"));
    assertThat(glance(STAGE).tone()).isEqualTo(Attention.STOPPED);
    assertThat(glance(STAGE).says()).isEqualTo("stopped");
  }

  @Test
  void whatItsSourceWentBackFromIsAheadAndIsNotCalm() {
    rolledBackInStage();
    EnvironmentSummary prod = glance(PROD);
    assertThat(prod.tone()).isEqualTo(Attention.APART);
    assertThat(prod.says()).isEqualTo("ahead of stage");
    assertThat(prod.behind()).isEmpty();
    assertThat(glance(STAGE).tone()).isEqualTo(Attention.STOPPED);
    assertThat(glance(STAGE).says()).isEqualTo("paused; waits for a newer release");
    assertThat(glance(STAGE).behind()).startsWith("1 behind");
  }

  @Test
  void whatIsHeldAndAheadSaysBoth() {
    rolledBackInStage();
    storage.execute(
        new OperatorCommand.Say(new Intervention.Hold(PROD)),
        storage.said("alice", "fire"),
        new WriteOutcome.Applied());
    assertThat(glance(PROD).says()).isEqualTo("on hold");
    assertThat(glance(PROD).behind()).isEqualTo("ahead of stage");
  }

  private void rolledBackInStage() {
    storage.environment(PROD, STAGE, PromotionMode.AUTO, DriftPolicy.REPORT).status();
    storage.after(Duration.ofMinutes(5)).publish("bags", "2").status();
    storage.after(Duration.ofMinutes(5));
    storage.execute(
        new OperatorCommand.RollBack(STAGE, OperatorCommand.RollBackTo.OLDER, false),
        storage.said("alice", "broken"),
        new WriteOutcome.Applied());
  }

  @Test
  void parametersThatSomebodyEditedAreTheWorst() {
    storage.status();
    storage.put(STAGE, "bags", new Value.Image(image("bags", "edited")));
    EnvironmentSummary stage = glance(STAGE);
    assertThat(stage.tone()).isEqualTo(Attention.BROKEN);
    assertThat(stage.says()).isEqualTo("1 parameter drifted");
  }

  @Test
  void everyToneHasASignAndWordsOfItsOwn() {
    assertThat(Attention.values()).extracting(Attention::sign).doesNotHaveDuplicates();
    assertThat(Attention.values()).extracting(Attention::words).doesNotHaveDuplicates();
  }

  private EnvironmentSummary glance(EnvironmentId id) {
    var status =
        storage.environment(STAGE, LATEST, PromotionMode.AUTO, DriftPolicy.REPORT).status();
    return EnvironmentSummary.of(
        status, status.desired().environment(id).orElseThrow(), storage.now);
  }
}
