package dev.onward.aws;

import static dev.onward.aws.Samples.ALICE;
import static dev.onward.aws.Samples.BOB;
import static dev.onward.aws.Samples.NOON;
import static dev.onward.aws.Samples.PROD;
import static dev.onward.aws.Samples.STAGE;
import static dev.onward.aws.Samples.STORAGE;
import static dev.onward.aws.Samples.cut;
import static dev.onward.aws.Samples.decidedBy;
import static dev.onward.aws.Samples.deploy;
import static dev.onward.aws.Samples.initialise;
import static dev.onward.aws.Samples.release;
import static dev.onward.aws.Samples.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.ProjectId;
import dev.onward.model.Requester;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.intervention.Intervention.Hold;
import dev.onward.model.intervention.Intervention.Reject;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.ImageSet;
import dev.onward.model.release.Release;
import dev.onward.store.ReleaseStore;
import dev.onward.store.WriteOutcome;
import dev.onward.store.WriteOutcome.AlreadyApplied;
import dev.onward.store.WriteOutcome.Applied;
import dev.onward.store.WriteOutcome.Conflict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every release store must do with what operators say, whatever it keeps that in. */
abstract class InterventionsContract {

  /** A store on the same data at each call within a test; the data is empty at its start. */
  public abstract ReleaseStore store(ProjectId project);

  ReleaseStore store() {
    return store(STORAGE);
  }

  @Test
  void nobodyHasSaidAnythingOfANewProject() {
    assertThat(interventions()).isEqualTo(InterventionState.NONE);
  }

  @Test
  void everyKindOfWordIsKeptWithAllThatItSays() {
    var attribution =
        new Attribution(
            BOB, NOON.plusNanos(1_000), "✓ \"why\"", Optional.of(NOON.plus(Duration.ofDays(2))));
    for (Intervention intervention :
        List.of(
            new Hold(STAGE),
            new Hold(PROD),
            new Reject(release("1").id()),
            new Intervention.Approve(release("2").id(), PROD),
            new Intervention.SetFreeze("christmas", Optional.empty(), Optional.empty()),
            new Intervention.SetFreeze(
                "audit", Optional.of(PROD), Optional.of(NOON.plusSeconds(60))),
            new Intervention.StopEverything())) {
      var update = say(intervention, interventions(), attribution);
      assertThat(store().updateInterventions(update))
          .as(intervention.event())
          .isInstanceOf(Applied.class);
      assertThat(interventions()).as(intervention.event()).isEqualTo(update.to());
    }

    for (Intervention intervention :
        List.of(
            new Intervention.Resume(STAGE),
            new Intervention.Unreject(release("1").id()),
            new Intervention.LiftFreeze("audit", Optional.of(PROD)),
            new Intervention.ResumeEverything())) {
      var update = say(intervention, interventions());
      assertThat(store().updateInterventions(update))
          .as(intervention.event())
          .isInstanceOf(Applied.class);
      assertThat(interventions()).as(intervention.event()).isEqualTo(update.to());
    }
    assertThat(interventions().version()).isEqualTo(11);
    assertThat(interventions().holds()).containsOnlyKeys(PROD);
    assertThat(interventions().stop()).isEmpty();
  }

  @Test
  void theSameWordAgainIsAlreadyApplied() {
    var hold = say(new Hold(STAGE), InterventionState.NONE);
    store().updateInterventions(hold);

    assertThat(store().updateInterventions(hold)).isInstanceOf(AlreadyApplied.class);
    assertThat(interventions()).isEqualTo(hold.to());
  }

  @Test
  void whoeverSpeaksWithoutHavingHeardTheOtherIsToldSoAndChangesNothing() {
    store().updateInterventions(say(new Hold(STAGE), InterventionState.NONE, ALICE));

    assertThat(store().updateInterventions(say(new Hold(PROD), InterventionState.NONE, BOB)))
        .isInstanceOf(Conflict.class);
    assertThat(interventions().holds()).containsOnlyKeys(STAGE);
  }

  @Test
  void ofTwoWhoSpeakAtTheSameMomentOneIsHeardAndTheOtherIsToldSo() throws Exception {
    store().updateInterventions(say(new Hold(STAGE), InterventionState.NONE));
    InterventionState read = interventions();

    List<WriteOutcome> outcomes =
        Concurrently.both(
            () -> store().updateInterventions(say(new Hold(PROD), read, ALICE)),
            () -> store().updateInterventions(say(new Reject(release("1").id()), read, BOB)));

    assertThat(outcomes).filteredOn(Applied.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(Conflict.class::isInstance).hasSize(1);
    assertThat(interventions().version()).isEqualTo(2);
  }

  @Test
  void whatAutomationDecidedBeforeAnOperatorSpokeIsNotRecorded() {
    Release release = release("1");
    store().cut(cut(release));
    EnvironmentHead head = initialised();
    var decided = deploy(release, head);
    store().updateInterventions(say(new Hold(STAGE), InterventionState.NONE));

    assertThat(store().record(decided))
        .isEqualTo(new Conflict("an intervention was set meanwhile"));
    assertThat(store().head(STAGE)).contains(head);
    assertThat(store().release(release.id()).orElseThrow().deployments()).isEmpty();

    assertThat(store().record(decidedBy(1, decided))).isInstanceOf(Applied.class);
  }

  @Test
  void whatAutomationDecidedBeforeAnOperatorSpokeIsNotRecordedWithItsReleaseEither() {
    Release release = release("1");
    var decided = deploy(release, initialised());
    store().updateInterventions(say(new Hold(STAGE), InterventionState.NONE));

    assertThat(store().cut(cut(release), List.of(decided))).isInstanceOf(Conflict.class);
    assertThat(store().release(release.id())).isEmpty();

    assertThat(store().cut(cut(release), List.of(decidedBy(1, decided))))
        .isInstanceOf(Applied.class);
    assertThat(store().head(STAGE)).contains(decided.to());
  }

  @Test
  void whatAutomationDecidedByAWordThatHasBeenTakenBackIsNotRecorded() {
    Release release = release("1");
    store().cut(cut(release));
    var decided = decidedBy(1, deploy(release, initialised()));
    store().updateInterventions(say(new Hold(PROD), InterventionState.NONE));
    store().updateInterventions(say(new Intervention.Resume(PROD), interventions()));

    assertThat(store().record(decided))
        .isEqualTo(new Conflict("an intervention was set meanwhile"));
  }

  @Test
  void aWordSaidAfterADeploymentWasRecordedDoesNotMakeItAConflict() {
    Release release = release("1");
    store().cut(cut(release));
    var deployment = deploy(release, initialised());
    store().record(deployment);
    store().updateInterventions(say(new Hold(STAGE), InterventionState.NONE));

    assertThat(store().record(deployment)).isInstanceOf(AlreadyApplied.class);
  }

  @Test
  void aPersonsDeploymentIsRecordedWhateverOperatorsHaveSaid() {
    Release release = release("1");
    store().cut(cut(release));
    var deployment = deploy(release, initialised(), NOON, "a rollback", DeploymentOrigin.PERSON);
    store().updateInterventions(say(new Hold(STAGE), InterventionState.NONE));

    assertThat(store().record(deployment)).isInstanceOf(Applied.class);
    assertThat(store().head(STAGE)).contains(deployment.to());
    assertThat(store().release(release.id()).orElseThrow().deployments())
        .containsExactly(deployment.deployment());
  }

  @Test
  void aReleaseOfNoChainIsAddedAndMovesNoLabel() {
    Release release = release("composed");

    assertThat(store().add(release)).isInstanceOf(Applied.class);
    assertThat(store().add(release)).isInstanceOf(AlreadyApplied.class);

    assertThat(store().release(release.id())).contains(release);
    assertThat(store().state().labels()).isEmpty();
  }

  @Test
  void aReleaseIsNotAddedOverOneOfOtherImages() {
    Release release = release("composed");
    store().add(release);
    var other = withImages(release, release("other").images());

    assertThat(store().add(other)).isInstanceOf(Conflict.class);
    assertThat(store().release(release.id())).contains(release);
  }

  @Test
  void aReleaseThatWasAddedCanBeDeployed() {
    Release release = release("composed");
    store().add(release);

    assertThat(store().record(deploy(release, initialised()))).isInstanceOf(Applied.class);
  }

  EnvironmentHead initialised() {
    assertThat(store().initialise(initialise(STAGE)).applied()).isTrue();
    return store().head(STAGE).orElseThrow();
  }

  private InterventionState interventions() {
    return store().state().interventions();
  }

  private static Release withImages(Release release, ImageSet images) {
    return new Release(
        release.id(),
        release.project(),
        release.projectName(),
        release.createdAt(),
        release.lastDeployedAt(),
        release.description(),
        Requester.ONWARD,
        images,
        release.manifest(),
        release.deployments());
  }
}
