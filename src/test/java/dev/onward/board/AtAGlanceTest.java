package dev.onward.board;

import static dev.onward.status.Rehearsal.LATEST;
import static dev.onward.status.Rehearsal.PROD;
import static dev.onward.status.Rehearsal.STAGE;
import static dev.onward.status.Rehearsal.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.EnvironmentId;
import dev.onward.model.OperatorWord;
import dev.onward.plan.ObservedParameter.Value;
import dev.onward.plan.Wish;
import dev.onward.policy.ApprovalsGate;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.Mode;
import dev.onward.policy.SoakGate;
import dev.onward.reconcile.WriteOutcome;
import dev.onward.status.Rehearsal;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AtAGlanceTest {
  private final Rehearsal storage = Rehearsal.storage().publish("bags", "1");

  @Test
  void whatIsAsItsSourceIsCalm() {
    AtAGlance stage = glance(STAGE);
    assertThat(stage.tone()).isEqualTo(Tone.CALM);
    assertThat(stage.says()).isEqualTo("in sync with latest");
    assertThat(stage.behind()).isEmpty();
  }

  @Test
  void aReleaseThatWaitsForAPersonSaysSo() {
    AtAGlance prod = glance(PROD);
    assertThat(prod.tone()).isEqualTo(Tone.PERSON);
    assertThat(prod.says()).isEqualTo("waits for a person to deploy");
    assertThat(prod.behind()).startsWith("1 behind");
  }

  @Test
  void anApprovalComesBeforeTheTimeThatPassesByItself() {
    storage.environment(
        PROD,
        STAGE,
        Mode.AUTO,
        DriftPolicy.REPORT,
        new SoakGate(Duration.ofHours(1)),
        new ApprovalsGate(1, Optional.empty()));
    assertThat(glance(PROD).says()).isEqualTo("waits for approval, +1");
    assertThat(glance(PROD).tone()).isEqualTo(Tone.PERSON);
  }

  @Test
  void whatGoesByItselfLaterOnlyWaits() {
    storage.environment(
        PROD, STAGE, Mode.AUTO, DriftPolicy.REPORT, new SoakGate(Duration.ofHours(1)));
    AtAGlance prod = glance(PROD);
    assertThat(prod.tone()).isEqualTo(Tone.WAITING);
    assertThat(prod.says()).isEqualTo("soaking");
    assertThat(prod.readyAt().map(Moment::relative)).contains("in 1 h");
  }

  @Test
  void anOperatorsHoldCountsMoreThanWhateverElseHolds() {
    storage.status();
    storage.wish(
        new Wish.Say(new OperatorWord.Hold(PROD)),
        storage.said("alice", "fire"),
        new WriteOutcome.Applied());
    AtAGlance prod = glance(PROD);
    assertThat(prod.tone()).isEqualTo(Tone.STOPPED);
    assertThat(prod.says()).isEqualTo("on hold, +1");
    assertThat(prod.why()).contains("fire");
  }

  @Test
  void whatIsHeldWhileNothingWaitsIsNotCalm() {
    storage.status();
    storage.wish(
        new Wish.Say(new OperatorWord.Hold(STAGE)),
        storage.said("alice", "fire", Duration.ofHours(2)),
        new WriteOutcome.Applied());
    AtAGlance stage = glance(STAGE);
    assertThat(stage.tone()).isEqualTo(Tone.STOPPED);
    assertThat(stage.says()).isEqualTo("on hold");
    assertThat(stage.why()).contains("fire").endsWith("in sync with latest");
    assertThat(stage.readyAt().map(Moment::relative)).contains("in 2 h");
  }

  @Test
  void everyEnvironmentIsStoppedWhileEverythingIs() {
    storage.status();
    storage.stopEverything(storage.said("alice", "fire"));
    assertThat(glance(STAGE).tone()).isEqualTo(Tone.STOPPED);
    assertThat(glance(STAGE).says()).isEqualTo("stopped");
  }

  @Test
  void whatItsSourceWentBackFromIsAheadAndIsNotCalm() {
    rolledBackInStage();
    AtAGlance prod = glance(PROD);
    assertThat(prod.tone()).isEqualTo(Tone.APART);
    assertThat(prod.says()).isEqualTo("ahead of stage");
    assertThat(prod.behind()).isEmpty();
    assertThat(glance(STAGE).tone()).isEqualTo(Tone.STOPPED);
    assertThat(glance(STAGE).says()).isEqualTo("paused; waits for a newer release");
    assertThat(glance(STAGE).behind()).startsWith("1 behind");
  }

  @Test
  void whatIsHeldAndAheadSaysBoth() {
    rolledBackInStage();
    storage.wish(
        new Wish.Say(new OperatorWord.Hold(PROD)),
        storage.said("alice", "fire"),
        new WriteOutcome.Applied());
    assertThat(glance(PROD).says()).isEqualTo("on hold");
    assertThat(glance(PROD).behind()).isEqualTo("ahead of stage");
  }

  private void rolledBackInStage() {
    storage.environment(PROD, STAGE, Mode.AUTO, DriftPolicy.REPORT).status();
    storage.after(Duration.ofMinutes(5)).publish("bags", "2").status();
    storage.after(Duration.ofMinutes(5));
    storage.wish(
        new Wish.RollBack(STAGE, Wish.RollBackTo.OLDER, false),
        storage.said("alice", "broken"),
        new WriteOutcome.Applied());
  }

  @Test
  void parametersThatSomebodyEditedAreTheWorst() {
    storage.status();
    storage.put(STAGE, "bags", new Value.Image(image("bags", "edited")));
    AtAGlance stage = glance(STAGE);
    assertThat(stage.tone()).isEqualTo(Tone.BROKEN);
    assertThat(stage.says()).isEqualTo("1 parameter drifted");
  }

  @Test
  void everyToneHasASignAndWordsOfItsOwn() {
    assertThat(Tone.values()).extracting(Tone::sign).doesNotHaveDuplicates();
    assertThat(Tone.values()).extracting(Tone::words).doesNotHaveDuplicates();
  }

  private AtAGlance glance(EnvironmentId id) {
    var status = storage.environment(STAGE, LATEST, Mode.AUTO, DriftPolicy.REPORT).status();
    return AtAGlance.of(status, status.desired().environment(id).orElseThrow(), storage.now);
  }
}
