package dev.onward.aws;

import static dev.onward.aws.Samples.ALICE;
import static dev.onward.aws.Samples.BOB;
import static dev.onward.aws.Samples.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.Interventions;
import dev.onward.model.OperatorWord;
import dev.onward.model.OperatorWord.SetFreeze;
import dev.onward.model.OperatorWord.StopEverything;
import dev.onward.reconcile.DaemonStore;
import dev.onward.reconcile.WriteOutcome;
import dev.onward.reconcile.WriteOutcome.AlreadyApplied;
import dev.onward.reconcile.WriteOutcome.Applied;
import dev.onward.reconcile.WriteOutcome.Conflict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store of the daemon must do, whatever it keeps things in. */
abstract class DaemonStoreContract {
  private static final OperatorWord FREEZE =
      new SetFreeze("christmas", Optional.empty(), Optional.empty());

  /** A store on the same data at each call within a test; the data is empty at its start. */
  abstract DaemonStore store();

  @Test
  void nobodyHasSaidAnythingAtFirst() {
    assertThat(store().interventions()).isEqualTo(Interventions.NONE);
  }

  @Test
  void whatWasSaidIsReadAtOnceAndCanBeTakenBack() {
    var stop = say(new StopEverything(), Interventions.NONE);
    assertThat(store().say(stop)).isInstanceOf(Applied.class);
    assertThat(store().say(stop)).isInstanceOf(AlreadyApplied.class);
    assertThat(store().interventions()).isEqualTo(stop.to());

    var resume = say(new OperatorWord.ResumeEverything(), stop.to());
    assertThat(store().say(resume)).isInstanceOf(Applied.class);
    assertThat(store().interventions()).isEqualTo(resume.to());
    assertThat(store().interventions().stop()).isEmpty();
  }

  @Test
  void whoeverSpeaksWithoutHavingHeardTheOtherIsToldSoAndChangesNothing() {
    store().say(say(FREEZE, Interventions.NONE, ALICE));

    assertThat(store().say(say(new StopEverything(), Interventions.NONE, BOB)))
        .isInstanceOf(Conflict.class);
    assertThat(store().interventions().stop()).isEmpty();
  }

  @Test
  void ofTwoWhoSpeakAtTheSameMomentOneIsHeardAndTheOtherIsToldSo() throws Exception {
    store().interventions();

    List<WriteOutcome> outcomes =
        AtTheSameTime.both(
            () -> store().say(say(FREEZE, Interventions.NONE, ALICE)),
            () -> store().say(say(new StopEverything(), Interventions.NONE, BOB)));

    assertThat(outcomes).filteredOn(Applied.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(Conflict.class::isInstance).hasSize(1);
    assertThat(store().interventions().version()).isEqualTo(1);
  }
}
