package dev.onward.aws;

import static dev.onward.aws.Samples.ALICE;
import static dev.onward.aws.Samples.BOB;
import static dev.onward.aws.Samples.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.intervention.Intervention;
import dev.onward.model.intervention.Intervention.SetFreeze;
import dev.onward.model.intervention.Intervention.StopEverything;
import dev.onward.model.intervention.InterventionState;
import dev.onward.store.GlobalStore;
import dev.onward.store.WriteOutcome;
import dev.onward.store.WriteOutcome.AlreadyApplied;
import dev.onward.store.WriteOutcome.Applied;
import dev.onward.store.WriteOutcome.Conflict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store of the daemon must do, whatever it keeps things in. */
public abstract class GlobalStoreContract {
  private static final Intervention FREEZE =
      new SetFreeze("christmas", Optional.empty(), Optional.empty());

  /** A store on the same data at each call within a test; the data is empty at its start. */
  public abstract GlobalStore store();

  @Test
  void nobodyHasSaidAnythingAtFirst() {
    assertThat(store().interventions()).isEqualTo(InterventionState.NONE);
  }

  @Test
  void whatWasSaidIsReadAtOnceAndCanBeTakenBack() {
    var stop = say(new StopEverything(), InterventionState.NONE);
    assertThat(store().updateInterventions(stop)).isInstanceOf(Applied.class);
    assertThat(store().updateInterventions(stop)).isInstanceOf(AlreadyApplied.class);
    assertThat(store().interventions()).isEqualTo(stop.to());

    var resume = say(new Intervention.ResumeEverything(), stop.to());
    assertThat(store().updateInterventions(resume)).isInstanceOf(Applied.class);
    assertThat(store().interventions()).isEqualTo(resume.to());
    assertThat(store().interventions().stop()).isEmpty();
  }

  @Test
  void whoeverSpeaksWithoutHavingHeardTheOtherIsToldSoAndChangesNothing() {
    store().updateInterventions(say(FREEZE, InterventionState.NONE, ALICE));

    assertThat(store().updateInterventions(say(new StopEverything(), InterventionState.NONE, BOB)))
        .isInstanceOf(Conflict.class);
    assertThat(store().interventions().stop()).isEmpty();
  }

  @Test
  void ofTwoWhoSpeakAtTheSameMomentOneIsHeardAndTheOtherIsToldSo() throws Exception {
    store().interventions();

    List<WriteOutcome> outcomes =
        Concurrently.both(
            () -> store().updateInterventions(say(FREEZE, InterventionState.NONE, ALICE)),
            () ->
                store()
                    .updateInterventions(say(new StopEverything(), InterventionState.NONE, BOB)));

    assertThat(outcomes).filteredOn(Applied.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(Conflict.class::isInstance).hasSize(1);
    assertThat(store().interventions().version()).isEqualTo(1);
  }
}
