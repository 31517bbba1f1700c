package dev.onward.status.events;

import static dev.onward.status.StatusFixture.LATEST;
import static dev.onward.status.StatusFixture.PROD;
import static dev.onward.status.StatusFixture.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.manifest.ManifestChange;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.plan.command.OperatorCommand.Say;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.gate.SoakGate;
import dev.onward.status.StatusFixture;
import dev.onward.status.StatusSnapshotTest;
import dev.onward.store.Failure;
import dev.onward.store.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class EventFeedTest {
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  private static final Duration AT_ONCE = Duration.ofMillis(20);

  private final EventFeed feed = new EventFeed(InstantSource.fixed(START));
  private final StatusFixture storage = StatusFixture.storage().publish("bags", "1");
  private final Subscription watcher = watch();

  @Test
  void aFirstCycleTellsThatTheProjectWasSeenAndWhatWasDone() {
    feed.cycleEnded(storage.cycle());

    assertThat(told())
        .extracting(StatusEvent::type)
        .containsExactly(
            StatusEvent.Type.PROJECT,
            StatusEvent.Type.RELEASE,
            StatusEvent.Type.DEPLOYMENT,
            StatusEvent.Type.CONVERGED);
  }

  @Test
  void whatAnotherProcessHasDoneBeforeIsNoNewsAtFirstSight() {
    storage.cycle();
    feed.cycleEnded(storage.cycle());

    assertThat(told()).extracting(StatusEvent::type).containsExactly(StatusEvent.Type.PROJECT);
  }

  @Test
  void aQuietCycleTellsNothing() {
    feed.cycleEnded(storage.cycle());
    told();
    for (int i = 0; i < 3; i++) {
      feed.cycleEnded(storage.after(Duration.ofSeconds(90)).cycle());
    }

    assertThat(told()).isEmpty();
  }

  @Test
  void aCountdownAloneIsNoNewsButItsEndIs() {
    storage.environment(
        PROD, STAGE, PromotionMode.AUTO, DriftPolicy.REPORT, new SoakGate(Duration.ofHours(1)));
    feed.cycleEnded(storage.cycle());
    storage.publish("bags", "2").after(Duration.ofHours(2));
    feed.cycleEnded(storage.cycle());
    told();

    feed.cycleEnded(storage.after(Duration.ofMinutes(10)).cycle());
    feed.cycleEnded(storage.after(Duration.ofMinutes(10)).cycle());
    assertThat(told()).isEmpty();

    feed.cycleEnded(storage.after(Duration.ofHours(1)).cycle());
    assertThat(told()).filteredOn(it -> it.type() == StatusEvent.Type.DEPLOYMENT).hasSize(1);
  }

  @Test
  void aNewImageBecomesAReleaseADeploymentAndWhatStandsThen() {
    feed.cycleEnded(storage.cycle());
    String first = data(told(), StatusEvent.Type.DEPLOYMENT).get("to").toString();
    feed.cycleEnded(storage.publish("bags", "2").after(Duration.ofMinutes(5)).cycle());

    List<StatusEvent> told = told();
    assertThat(told)
        .extracting(StatusEvent::type)
        .containsExactly(
            StatusEvent.Type.RELEASE,
            StatusEvent.Type.DEPLOYMENT,
            StatusEvent.Type.CONVERGED,
            StatusEvent.Type.ENVIRONMENT,
            StatusEvent.Type.ENVIRONMENT);
    assertThat(data(told, StatusEvent.Type.RELEASE)).containsEntry("label", LATEST.value());
    assertThat(data(told, StatusEvent.Type.DEPLOYMENT))
        .containsEntry("from", first)
        .containsEntry("to", data(told, StatusEvent.Type.RELEASE).get("release"))
        .containsEntry("origin", "automation")
        .containsEntry("by", Map.of("id", "onward", "name", "Onward"));
    assertThat(told.get(1).environment()).contains(STAGE);
    StatusEvent prod = told.getLast();
    assertThat(prod.environment()).contains(PROD);
    assertThat(prod.data())
        .containsEntry("state", "held")
        .containsEntry("candidate", data(told, StatusEvent.Type.RELEASE).get("release"))
        .containsKey("verdicts");
  }

  @Test
  void whatAnotherReplicaDeploysIsToldTheSame() {
    feed.cycleEnded(storage.cycle());
    told();
    storage.publish("bags", "2").cycle();
    feed.cycleEnded(storage.cycle());

    assertThat(told())
        .extracting(StatusEvent::type)
        .containsSubsequence(
            StatusEvent.Type.RELEASE,
            StatusEvent.Type.DEPLOYMENT,
            StatusEvent.Type.CONVERGED,
            StatusEvent.Type.ENVIRONMENT);
  }

  @Test
  void aPersonsDeploymentNamesThePersonOnceTheCycleAfterHasSeenIt() {
    feed.cycleEnded(storage.cycle());
    var release = storage.cycle().plan().orElseThrow().labels().get(LATEST).newest().orElseThrow();
    told();

    wish(new OperatorCommand.Deploy(PROD, release.id(), true), "alice");
    assertThat(told()).isEmpty();
    feed.cycleEnded(storage.cycle());

    assertThat(data(told(), StatusEvent.Type.DEPLOYMENT))
        .containsEntry("origin", "person")
        .containsEntry("by", Map.of("id", "alice", "name", "alice"));
  }

  @Test
  void whatTheOldToolDeployedIsToldWithWhoDidIt() {
    feed.cycleEnded(storage.cycle());
    told();
    storage.oldToolDeploys(PROD, storage.oldRelease("by-hand", "bags", "0"));
    feed.cycleEnded(storage.cycle());

    assertThat(data(told(), StatusEvent.Type.DEPLOYMENT))
        .containsEntry("origin", "adopted")
        .containsEntry("to", "by-hand")
        .containsEntry("by", Map.of("id", "rk", "name", "Robert"));
  }

  @Test
  void driftIsToldWhenItAppearsAndWhenItIsGone() {
    feed.cycleEnded(storage.cycle());
    told();
    storage.delete(STAGE, "bags");
    feed.cycleEnded(storage.cycle());
    assertThat(data(told(), StatusEvent.Type.DRIFT)).containsEntry("services", List.of("bags"));

    feed.cycleEnded(storage.cycle());
    assertThat(told()).isEmpty();
  }

  @Test
  void aWordIsToldAtOnceAndNotAgainByTheCycleThatSeesIt() {
    feed.cycleEnded(storage.cycle());
    told();
    wish(new Say(new Intervention.Hold(PROD)), "alice");

    List<StatusEvent> told = told();
    assertThat(told).extracting(StatusEvent::type).containsExactly(StatusEvent.Type.INTERVENTION);
    assertThat(told.getFirst().environment()).contains(PROD);
    assertThat(told.getFirst().data())
        .containsEntry("action", "environment_held")
        .containsEntry("version", 1L)
        .containsEntry("reason", "because")
        .containsEntry("by", Map.of("id", "alice", "name", "alice"));

    feed.cycleEnded(storage.cycle());
    assertThat(told()).extracting(StatusEvent::type).doesNotContain(StatusEvent.Type.INTERVENTION);
  }

  @Test
  void aWordSaidThroughAnotherReplicaIsToldWhenACycleSeesIt() {
    feed.cycleEnded(storage.cycle());
    told();
    Attribution attribution = storage.said("bob", "because");
    storage.execute(new Say(new Intervention.Hold(PROD)), attribution, new WriteOutcome.Applied());
    feed.cycleEnded(storage.cycle());

    assertThat(data(told(), StatusEvent.Type.INTERVENTION)).containsOnlyKeys("version");
  }

  @Test
  void aWordOfEverythingThatACycleSeesIsOfNoProject() {
    feed.cycleEnded(storage.cycle());
    told();
    storage.stopEverything(storage.said("bob", "fire"));
    feed.cycleEnded(storage.cycle());

    List<StatusEvent> told = told();
    assertThat(told)
        .filteredOn(it -> it.type() == StatusEvent.Type.INTERVENTION)
        .singleElement()
        .satisfies(it -> assertThat(it.project()).isEmpty());
    feed.cycleEnded(storage.cycle());
    assertThat(told()).isEmpty();
  }

  @Test
  void whatWasRefusedOrOnlyTriedIsNoNews() {
    feed.cycleEnded(storage.cycle());
    told();
    wish(new Say(new Intervention.Resume(PROD)), "alice");
    Attribution attribution = storage.said("alice", "because");
    var wish = new Say(new Intervention.Hold(PROD));
    var failed = new WriteOutcome.Failed(Failure.transientOne("slow"));
    feed.commandEnded(
        storage.desired(), wish, attribution, storage.execute(wish, attribution, failed));

    assertThat(told()).isEmpty();
  }

  @Test
  void aProjectThatFailsIsToldOnceAndThatItWorksAgain() {
    feed.cycleEnded(storage.cycle());
    told();
    feed.cycleEnded(storage.failing(Failure.transientOne("throttled")));
    feed.cycleEnded(storage.failing(Failure.transientOne("throttled again")));
    assertThat(told())
        .singleElement()
        .satisfies(
            it ->
                assertThat(it.data())
                    .containsEntry("change", "failing")
                    .containsEntry("kind", "transient")
                    .containsEntry("detail", "throttled"));

    feed.cycleEnded(storage.cycle());
    assertThat(told())
        .singleElement()
        .satisfies(it -> assertThat(it.data()).containsEntry("change", "recovered"));
  }

  @Test
  void manifestsThatComeChangeAndGoAreTold() {
    var project = storage.desired().project();
    feed.manifestsChanged(
        StatusSnapshotTest.manifests(storage.desired()),
        List.of(
            new ManifestChange.ProjectAdded(project, "storage.yaml"),
            new ManifestChange.ProjectChanged(project, "storage.yaml")));
    feed.projectRemoved(project);

    assertThat(told())
        .extracting(it -> it.data().get("change"))
        .containsExactly("added", "changed", "removed");
  }

  @Test
  void whoeverComesBackGoesOnAfterTheLastEventTheyKnow() {
    feed.cycleEnded(storage.cycle());
    List<StatusEvent> all = told();

    Subscription back = watch(Optional.of(all.get(1).id().toString()), event -> true);
    assertThat(drain(back)).isEqualTo(all.subList(2, all.size()));
    assertThat(drain(watch(Optional.of(feed.newest().toString()), event -> true))).isEmpty();
  }

  @Test
  void whoeverKnowsNoEventOfThisProcessHasLostSome() {
    feed.cycleEnded(storage.cycle());
    long process = feed.newest().process();

    for (String id :
        List.of("", "x", "1-2-3", "-1", (process - 1) + "-1", process + "-99", process + "--1")) {
      List<StatusEvent> told = drain(watch(Optional.of(id), event -> true));
      assertThat(told).as(id).extracting(StatusEvent::type).containsExactly(StatusEvent.Type.LOST);
      assertThat(told.getFirst().id()).as(id).isEqualTo(feed.newest());
    }
  }

  @Test
  void whoeverWasAwayForTooLongHasLostSome() {
    said(1);
    String old = feed.newest().toString();
    said(EventBuffer.REMEMBERED);
    assertThat(drain(watch(Optional.of(old), event -> false))).isEmpty();
    said(1);

    assertThat(drain(watch(Optional.of(old), event -> false)))
        .extracting(StatusEvent::type)
        .containsExactly(StatusEvent.Type.LOST);
  }

  @Test
  void whoeverIsSlowLosesWhatWaitedAndGoesOn() {
    said(Subscription.WAITING);
    assertThat(told()).hasSize(Subscription.WAITING);

    said(Subscription.WAITING + 3);
    assertThat(told())
        .extracting(StatusEvent::type)
        .containsExactly(StatusEvent.Type.LOST, StatusEvent.Type.PROJECT, StatusEvent.Type.PROJECT);
  }

  @Test
  void onlyWhatIsWantedIsToldAndWaits() {
    Subscription deaf = watch(Optional.empty(), event -> event.type() == StatusEvent.Type.RELEASE);
    said(Subscription.WAITING * 2);
    feed.cycleEnded(storage.cycle());

    assertThat(drain(deaf)).extracting(StatusEvent::type).containsExactly(StatusEvent.Type.RELEASE);
  }

  @Test
  void whoeverWaitsIsAnsweredWithTheNextEvent() {
    var asked = watcher.next(Duration.ofMinutes(1)).toCompletableFuture();
    assertThat(asked).isNotDone();
    said(2);

    assertThat(asked.join()).isPresent();
    assertThat(told()).hasSize(1);
  }

  @Test
  void asManyWatchAsCanAndWhoeverLeavesMakesRoom() {
    for (int i = 1; i < EventBuffer.WATCHING; i++) {
      watch();
    }
    assertThat(feed.subscribe(Optional.empty(), event -> true)).isEmpty();

    var asked = watcher.next(Duration.ofMinutes(1)).toCompletableFuture();
    watcher.close();
    assertThat(asked.join()).isEmpty();
    watcher.close();
    assertThat(feed.subscribe(Optional.empty(), event -> true)).isPresent();
    assertThat(feed.subscribe(Optional.empty(), event -> true)).isEmpty();
  }

  private void said(int times) {
    for (int i = 0; i < times; i++) {
      feed.projectRemoved(storage.desired().project());
    }
  }

  private void wish(OperatorCommand command, String who) {
    Attribution attribution = storage.said(who, "because");
    feed.commandEnded(
        storage.desired(),
        command,
        attribution,
        storage.execute(command, attribution, new WriteOutcome.Applied()));
  }

  private Subscription watch() {
    return watch(Optional.empty(), event -> true);
  }

  private Subscription watch(Optional<String> lastKnown, Predicate<StatusEvent> wanted) {
    return feed.subscribe(lastKnown, wanted).orElseThrow();
  }

  private List<StatusEvent> told() {
    return drain(watcher);
  }

  private static List<StatusEvent> drain(Subscription subscription) {
    var all = new ArrayList<StatusEvent>();
    while (true) {
      Optional<StatusEvent> next = subscription.next(AT_ONCE).toCompletableFuture().join();
      if (next.isEmpty()) {
        return all;
      }
      all.add(next.get());
    }
  }

  private static Map<String, Object> data(List<StatusEvent> told, StatusEvent.Type type) {
    return told.stream().filter(it -> it.type() == type).findFirst().orElseThrow().data();
  }
}
