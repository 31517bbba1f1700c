package dev.onward.aws;

import static dev.onward.aws.Samples.ALICE;
import static dev.onward.aws.Samples.LATEST;
import static dev.onward.aws.Samples.NOON;
import static dev.onward.aws.Samples.PROD;
import static dev.onward.aws.Samples.STAGE;
import static dev.onward.aws.Samples.STORAGE;
import static dev.onward.aws.Samples.adopt;
import static dev.onward.aws.Samples.converge;
import static dev.onward.aws.Samples.cut;
import static dev.onward.aws.Samples.cutAfter;
import static dev.onward.aws.Samples.deploy;
import static dev.onward.aws.Samples.initialise;
import static dev.onward.aws.Samples.release;
import static dev.onward.aws.Samples.say;
import static dev.onward.aws.Samples.takenFrom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import dev.onward.model.ProjectId;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.LabelHead;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.Action;
import dev.onward.plan.RepairRequest;
import dev.onward.store.ProjectState;
import dev.onward.store.ReleaseStore;
import dev.onward.store.WriteOutcome;
import dev.onward.store.WriteOutcome.AlreadyApplied;
import dev.onward.store.WriteOutcome.Applied;
import dev.onward.store.WriteOutcome.Conflict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every release store must do, whatever it keeps releases in. */
public abstract class ReleaseStoreContract extends InterventionsContract {
  @Test
  void aNewProjectHasNoState() {
    assertThat(store().state()).isEqualTo(ProjectState.EMPTY);
    assertThat(store().head(STAGE)).isEmpty();
    assertThat(store().release(Samples.id("nothing"))).isEmpty();
    assertThat(store().releases(10, Optional.empty()).releases()).isEmpty();
    assertThat(store().deployedNewestFirst()).isEmpty();
  }

  @Test
  void aReleaseThatWasCutIsThereWithAllThatItSaysAndItsLabelPointsToIt() {
    Release release = release("1");

    assertThat(store().cut(cut(release))).isInstanceOf(Applied.class);

    assertThat(store().release(release.id())).contains(release);
    assertThat(store().state().labels())
        .containsEntry(LATEST, new LabelHead(LATEST, release.id(), release.createdAt(), 1));
  }

  @Test
  void theSameCutAgainIsAlreadyApplied() {
    store().cut(cut(release("1")));

    assertThat(store().cut(cut(release("1")))).isInstanceOf(AlreadyApplied.class);
  }

  @Test
  void anotherReplicasSameCutAtALaterTimeIsAlreadyAppliedAndKeepsTheFirstDate() {
    store().cut(cut(release("1")));
    Release later = release("1", NOON.plusSeconds(3));

    assertThat(store().cut(cut(later))).isInstanceOf(AlreadyApplied.class);
    assertThat(store().release(later.id())).contains(release("1"));
  }

  @Test
  void aCutFromAHeadThatHasMovedIsAConflictAndLeavesNothingBehind() {
    store().cut(cut(release("1")));
    Release other = release("2");

    assertThat(store().cut(cut(other))).isInstanceOf(Conflict.class);
    assertThat(store().release(other.id())).isEmpty();
    assertThat(store().state().labels().get(LATEST).release()).isEqualTo(release("1").id());
  }

  @Test
  void releasesOfOneLabelFollowOneAnother() {
    store().cut(cut(release("1")));
    LabelHead first = store().state().labels().get(LATEST);

    assertThat(store().cut(cutAfter(first, release("2", NOON.plusSeconds(1)))))
        .isInstanceOf(Applied.class);

    LabelHead second = store().state().labels().get(LATEST);
    assertThat(second.release()).isEqualTo(release("2").id());
    assertThat(second.version()).isEqualTo(2);
  }

  @Test
  void twoReplicasThatCutTheSameAtTheSameMomentMakeOneRelease() throws Exception {
    Release one = release("1");
    Release same = release("1", NOON.plusMillis(1));
    store().state();

    List<WriteOutcome> outcomes =
        Concurrently.both(() -> store().cut(cut(one)), () -> store().cut(cut(same)));

    assertThat(outcomes).allMatch(WriteOutcome::applied);
    assertThat(outcomes).filteredOn(Applied.class::isInstance).hasSize(1);
    assertThat(store().releases(10, Optional.empty()).releases()).hasSize(1);
  }

  @Test
  void aReleaseIsCutAndFirstDeployedInOneWrite() {
    store().initialise(initialise(STAGE));
    store().initialise(initialise(PROD));
    Release release = release("1");
    Action.RecordDeployment stage = deploy(release, EnvironmentHead.empty(STAGE));
    Action.RecordDeployment prod = deploy(release, EnvironmentHead.empty(PROD));

    assertThat(store().cut(cut(release), List.of(stage, prod))).isInstanceOf(Applied.class);

    assertThat(store().release(release.id()))
        .contains(release.withDeployment(stage.deployment()).withDeployment(prod.deployment()));
    assertThat(store().state().labels().get(LATEST).release()).isEqualTo(release.id());
    assertThat(store().head(STAGE)).contains(stage.to());
    assertThat(store().head(PROD)).contains(prod.to());
    assertThat(store().deployedNewestFirst()).hasSize(1);
    assertThat(store().record(stage)).as("the same by itself").isInstanceOf(AlreadyApplied.class);
    assertThat(store().cut(cut(release), List.of(stage, prod)))
        .as("the same again")
        .isInstanceOf(AlreadyApplied.class);
    assertThat(store().release(release.id()).orElseThrow().deployments()).hasSize(2);
  }

  @Test
  void aReleaseIsNotCutWithADeploymentWhoseHeadHasMovedButByItself() {
    store().initialise(initialise(STAGE));
    Release first = release("1");
    store().cut(cut(first));
    store().record(deploy(first, EnvironmentHead.empty(STAGE)));
    LabelHead head = store().state().labels().get(LATEST);
    Release second = release("2", NOON.plusSeconds(1));
    Action.RecordDeployment stale = deploy(second, EnvironmentHead.empty(STAGE));

    assertThat(store().cut(cutAfter(head, second), List.of(stale))).isInstanceOf(Conflict.class);

    assertThat(store().release(second.id())).isEmpty();
    assertThat(store().state().labels()).containsEntry(LATEST, head);
    assertThat(store().cut(cutAfter(head, second))).isInstanceOf(Applied.class);
  }

  @Test
  void aReleaseThatIsThereAlreadyIsNotCutWithADeployment() {
    store().initialise(initialise(STAGE));
    Release release = release("1");
    store().add(release);

    assertThat(store().cut(cut(release), List.of(deploy(release, EnvironmentHead.empty(STAGE)))))
        .isInstanceOf(Conflict.class);

    assertThat(store().state().labels()).isEmpty();
    assertThat(store().head(STAGE)).contains(EnvironmentHead.empty(STAGE));
  }

  @Test
  void anEnvironmentIsInitialisedOnce() {
    assertThat(store().initialise(initialise(STAGE))).isInstanceOf(Applied.class);
    assertThat(store().initialise(initialise(STAGE))).isInstanceOf(AlreadyApplied.class);

    assertThat(store().head(STAGE)).contains(EnvironmentHead.empty(STAGE));
    assertThat(store().state().environments()).containsEntry(STAGE, EnvironmentHead.empty(STAGE));
  }

  @Test
  void initialisingAnEnvironmentThatIsAlreadyManagedIsAConflict() {
    Release release = release("1");
    store().cut(cut(release));
    EnvironmentHead head = initialised();
    store().record(deploy(release, head));

    assertThat(store().initialise(initialise(STAGE))).isInstanceOf(Conflict.class);
    assertThat(store().head(STAGE).orElseThrow().current()).isPresent();
  }

  @Test
  void aDeploymentIsAddedToItsReleaseAndBecomesTheEnvironmentsHead() {
    Release release = release("1");
    store().cut(cut(release));
    var deployment = deploy(release, initialised());

    assertThat(store().record(deployment)).isInstanceOf(Applied.class);

    Release stored = store().release(release.id()).orElseThrow();
    assertThat(stored.deployments()).containsExactly(deployment.deployment());
    assertThat(stored.lastDeployedAt()).contains(deployment.deployment().createdAt());
    assertThat(store().head(STAGE)).contains(deployment.to());
  }

  @Test
  void theSameDeploymentAgainIsAlreadyAppliedAndStaysOne() {
    Release release = release("1");
    store().cut(cut(release));
    var deployment = deploy(release, initialised());
    store().record(deployment);

    assertThat(store().record(deployment)).isInstanceOf(AlreadyApplied.class);
    assertThat(store().release(release.id()).orElseThrow().deployments()).hasSize(1);
  }

  @Test
  void anotherReplicasSameDeploymentAtALaterTimeIsAlreadyApplied() {
    Release release = release("1");
    store().cut(cut(release));
    EnvironmentHead head = initialised();
    store().record(deploy(release, head));
    var later =
        deploy(
            release, head, NOON.plus(Duration.ofHours(1)), "promoted", DeploymentOrigin.AUTOMATION);

    assertThat(store().record(later)).isInstanceOf(AlreadyApplied.class);
    assertThat(store().release(release.id()).orElseThrow().deployments()).hasSize(1);
  }

  @Test
  void aDeploymentFromAHeadThatHasMovedIsAConflictAndLeavesNothingBehind() {
    Release one = release("1");
    Release two = release("2", NOON.plusSeconds(1));
    store().cut(cut(one));
    store().cut(cutAfter(store().state().labels().get(LATEST), two));
    EnvironmentHead head = initialised();
    store().record(deploy(one, head));

    assertThat(store().record(deploy(two, head))).isInstanceOf(Conflict.class);
    assertThat(store().release(two.id()).orElseThrow().deployments()).isEmpty();
    assertThat(store().release(two.id()).orElseThrow().lastDeployedAt()).isEmpty();
    assertThat(store().head(STAGE)).contains(deploy(one, head).to());
  }

  @Test
  void twoDecisionsForOneEnvironmentAtTheSameMomentMakeOneDeployment() throws Exception {
    Release one = release("1");
    Release two = release("2", NOON.plusSeconds(1));
    store().cut(cut(one));
    store().cut(cutAfter(store().state().labels().get(LATEST), two));
    EnvironmentHead head = initialised();

    List<WriteOutcome> outcomes =
        Concurrently.both(
            () -> store().record(deploy(one, head)), () -> store().record(deploy(two, head)));

    assertThat(outcomes).filteredOn(WriteOutcome::applied).hasSize(1);
    assertThat(store().deployedNewestFirst()).hasSize(1);
  }

  @Test
  void aDeploymentOfAReleaseThatIsGoneFails() {
    assertThat(store().record(deploy(release("1"), initialised())))
        .isInstanceOfSatisfying(
            WriteOutcome.Failed.class,
            failed -> assertThat(failed.failure().message()).contains(release("1").id().value()));
    assertThat(store().head(STAGE)).contains(EnvironmentHead.empty(STAGE));
  }

  @Test
  void anAdoptedDeploymentMovesTheHeadAndIsAdoptedOnce() {
    Release release = release("1");
    store().cut(cut(release));
    var adoption = adopt(release, initialised(), NOON.plusSeconds(30));

    assertThat(store().adopt(adoption)).isInstanceOf(Applied.class);
    assertThat(store().adopt(adoption)).isInstanceOf(AlreadyApplied.class);

    EnvironmentHead head = store().head(STAGE).orElseThrow();
    assertThat(head).isEqualTo(adoption.to());
    assertThat(head.automationAfter()).contains(NOON.plusSeconds(30));
    assertThat(store().release(release.id()).orElseThrow().deployments()).isEmpty();
  }

  @Test
  void anAdoptionFromAHeadThatHasMovedIsAConflict() {
    Release release = release("1");
    store().cut(cut(release));
    EnvironmentHead head = initialised();
    store().record(deploy(release, head));

    assertThat(store().adopt(adopt(release, head, NOON))).isInstanceOf(Conflict.class);
  }

  @Test
  void aHeadIsMarkedConvergedAndReopened() {
    Release release = release("1");
    store().cut(cut(release));
    var deployment = deploy(release, initialised());
    store().record(deployment);

    assertThat(store().markConverged(converge(release, deployment.to(), false)).applied()).isTrue();
    assertThat(store().head(STAGE)).contains(deployment.to().markConverged());

    store().reopen(STAGE);
    EnvironmentHead reopened = store().head(STAGE).orElseThrow();
    assertThat(reopened.converged()).isFalse();
    assertThat(reopened.history()).isEqualTo(deployment.to().history());
  }

  @Test
  void aRepairReopensTheHeadAndIsOverWhenItIsMarkedConverged() {
    Release release = release("1");
    EnvironmentHead head = converged(release);
    RepairRequest repair = repair(release, head, 0);

    assertThat(store().repair(repair)).isInstanceOf(Applied.class);
    assertThat(store().head(STAGE)).contains(head.askedToRepair());
    assertThat(store().repair(repair)).as("the same again").isInstanceOf(AlreadyApplied.class);
    store().reopen(STAGE);
    EnvironmentHead reopened = store().head(STAGE).orElseThrow();
    assertThat(reopened.repairAsked()).as("it is still asked for").isTrue();
    assertThat(store().markConverged(converge(release, reopened, false)).applied()).isTrue();
    assertThat(store().head(STAGE)).contains(reopened.markConverged());
  }

  @Test
  void aRepairFromAHeadThatHasMovedIsAConflict() {
    Release release = release("1");
    EnvironmentHead head = converged(release);
    store().reopen(STAGE);

    assertThat(store().repair(repair(release, head, 0))).isInstanceOf(Conflict.class);
    assertThat(store().head(STAGE).orElseThrow().repairAsked()).isFalse();
  }

  @Test
  void aRepairThatKnowsNothingOfWhatAnOperatorSaidIsAConflict() {
    Release release = release("1");
    EnvironmentHead head = converged(release);
    store().updateInterventions(say(new Intervention.Hold(STAGE), InterventionState.NONE));

    assertThat(store().repair(repair(release, head, 0))).isInstanceOf(Conflict.class);
    assertThat(store().head(STAGE)).contains(head);
  }

  private EnvironmentHead converged(Release release) {
    store().cut(cut(release));
    var deployment = deploy(release, initialised());
    store().record(deployment);
    store().markConverged(converge(release, deployment.to(), false));
    return store().head(STAGE).orElseThrow();
  }

  private static RepairRequest repair(Release release, EnvironmentHead from, long interventions) {
    return new RepairRequest(
        release,
        from,
        from.askedToRepair(),
        interventions,
        new Attribution(ALICE, NOON, "an edit", Optional.empty()),
        "an edit; parameters to write: service-0");
  }

  @Test
  void aHeadThatWasReopenedIsNotMarkedConvergedByWhatWasSeenBefore() {
    Release release = release("1");
    store().cut(cut(release));
    var deployment = deploy(release, initialised());
    store().record(deployment);
    store().reopen(STAGE);

    assertThat(store().markConverged(converge(release, deployment.to(), false)))
        .isInstanceOf(Conflict.class);
    EnvironmentHead reopened = store().head(STAGE).orElseThrow();
    assertThat(store().markConverged(converge(release, reopened, false)).applied()).isTrue();
  }

  @Test
  void aDeploymentFromAnEnvironmentThatHasMovedIsAConflictAndLeavesNothingBehind() {
    Release release = release("1");
    store().cut(cut(release));
    var toStage = deploy(release, initialised());
    store().record(toStage);
    store().initialise(initialise(PROD));
    var toProd = takenFrom(toStage.to(), deploy(release, EnvironmentHead.empty(PROD)));
    store().adopt(adopt(release, toStage.to(), NOON.plusSeconds(600)));

    assertThat(store().record(toProd))
        .isInstanceOfSatisfying(
            Conflict.class,
            conflict -> assertThat(conflict.reason()).contains("environment stage was at"));
    assertThat(store().head(PROD)).contains(EnvironmentHead.empty(PROD));
    assertThat(store().release(release.id()).orElseThrow().deployments()).hasSize(1);
    var again = takenFrom(store().head(STAGE).orElseThrow(), toProd);
    assertThat(store().record(again).applied()).isTrue();
  }

  @Test
  void aHeadThatHasMovedIsNotMarkedConverged() {
    Release release = release("1");
    store().cut(cut(release));
    EnvironmentHead head = initialised();
    var deployment = deploy(release, head);
    store().record(deployment);
    store().adopt(adopt(release, deployment.to(), NOON.plusSeconds(600)));

    assertThat(store().markConverged(converge(release, deployment.to(), false)))
        .isInstanceOf(Conflict.class);
    assertThat(store().head(STAGE).orElseThrow().converged()).isFalse();
  }

  @Test
  void releasesComeInPagesNewestFirst() {
    List<Release> releases = cutChain(5);

    var seen = new ArrayList<ReleaseId>();
    Optional<String> cursor = Optional.empty();
    int pages = 0;
    do {
      var page = store().releases(2, cursor);
      assertThat(page.releases()).hasSizeLessThanOrEqualTo(2);
      page.releases().forEach(release -> seen.add(release.id()));
      cursor = page.cursor();
      pages++;
    } while (cursor.isPresent());

    assertThat(pages).isGreaterThanOrEqualTo(3);
    assertThat(seen)
        .containsExactlyElementsOf(releases.reversed().stream().map(Release::id).toList());
  }

  @Test
  void aReleaseIsFoundByTheBeginningOfItsId() {
    List<Release> releases = cutChain(5);
    String id = releases.getFirst().id().value();

    var search = store().idsBeginningWith(id.substring(0, id.length() - 1), 100);
    assertThat(search.found()).contains(releases.getFirst().id());
    assertThat(search.found()).allMatch(it -> it.value().startsWith(id.substring(0, 1)));
    assertThat(search.complete()).isTrue();
    assertThat(store().idsBeginningWith("no such release", 100).found()).isEmpty();
    assertThat(store().idsBeginningWith(id, 0).complete()).isFalse();
  }

  @Test
  void cursorsAreFitForAUrl() {
    cutChain(3);

    assertThat(store().releases(2, Optional.empty()).cursor().orElseThrow())
        .matches("[A-Za-z0-9_-]+");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "../..", "bm90IGEgY3Vyc29y", "Cg", "%00", "☃"})
  void aCursorThatNobodyHandedOutIsRefused(String garbage) {
    assertThatThrownBy(() -> store().releases(2, Optional.of(garbage)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("cursor");
  }

  @Test
  void onlyDeployedReleasesAreSearchedMostRecentlyDeployedFirst() {
    List<Release> releases = cutChain(30);
    EnvironmentHead head = initialised();
    var deployed = new ArrayList<ReleaseId>();
    for (int i = 0; i < releases.size() - 1; i++) {
      var deployment =
          deploy(
              releases.get(i), head, NOON.plusSeconds(i), "promoted", DeploymentOrigin.AUTOMATION);
      assertThat(store().record(deployment).applied()).isTrue();
      deployed.addFirst(releases.get(i).id());
      head = deployment.to();
    }

    assertThat(store().deployedNewestFirst().map(Release::id)).containsExactlyElementsOf(deployed);
    assertThat(store().deployedNewestFirst().map(Release::id).findFirst())
        .contains(deployed.getFirst());
    assertThat(store().deployedUpTo(NOON.plusSeconds(5)).map(Release::id))
        .endsWith(deployed.subList(deployed.size() - 6, deployed.size()).toArray(ReleaseId[]::new))
        .hasSizeLessThan(9);
  }

  @Test
  void projectsDoNotSeeEachOther() {
    store().cut(cut(release("1")));
    initialised();
    ReleaseStore other = store(new ProjectId("catalogue"));

    assertThat(other.state()).isEqualTo(ProjectState.EMPTY);
    assertThat(other.release(release("1").id())).isEmpty();
    assertThat(other.releases(10, Optional.empty()).releases()).isEmpty();
    assertThat(other.head(STAGE)).isEmpty();
  }

  /** Fault 36, as far as it concerns the store. */
  @Test
  void anyTextSurvivesHoweverLong() {
    String text = "\u0000 \" \\ \n ✓ 🚀 e\u0301 \u202Eabc <script>".repeat(400);
    Release release = release(STORAGE, "1", NOON, text, 3);
    store().cut(cut(release));
    var deployment = deploy(release, initialised(), NOON, text, DeploymentOrigin.PERSON);

    assertThat(text.length()).isGreaterThan(10_000);
    assertThat(store().record(deployment).applied()).isTrue();
    Release stored = store().release(release.id()).orElseThrow();
    assertThat(stored.description()).isEqualTo(text);
    assertThat(stored.deployments()).extracting(Deployment::description).containsExactly(text);
  }

  @Test
  void aLongHistoryKeepsItsNewestEntries() {
    Release release = release("1");
    store().cut(cut(release));
    EnvironmentHead head = initialised();
    for (int i = 0; i < EnvironmentHead.HISTORY_LIMIT + 5; i++) {
      var deployment =
          deploy(release, head, NOON.plusSeconds(i), "again", DeploymentOrigin.AUTOMATION);
      assertThat(store().record(deployment)).isInstanceOf(Applied.class);
      head = deployment.to();
    }

    EnvironmentHead stored = store().head(STAGE).orElseThrow();
    assertThat(stored).isEqualTo(head);
    assertThat(stored.history()).hasSize(EnvironmentHead.HISTORY_LIMIT);
    assertThat(store().release(release.id()).orElseThrow().deployments())
        .hasSize(EnvironmentHead.HISTORY_LIMIT + 5);
  }

  @Test
  void theStateHoldsEveryLabelAndEnvironment() {
    store().cut(cut(release("1")));
    for (int i = 0; i < 12; i++) {
      store().initialise(initialise(new EnvironmentId("env-" + i)));
    }

    assertThat(store().state().environments()).hasSize(12);
    assertThat(store().state().labels()).hasSize(1);
  }

  private List<Release> cutChain(int length) {
    var releases = new ArrayList<Release>();
    for (int i = 0; i < length; i++) {
      Release release = release("chain-" + i, NOON.plusSeconds(i));
      var head = Optional.ofNullable(store().state().labels().get(LATEST));
      Action.CutRelease action =
          head.map(it -> cutAfter(it, release)).orElseGet(() -> cut(release));
      assertThat(store().cut(action)).isInstanceOf(Applied.class);
      releases.add(release);
    }
    return releases;
  }
}
