package dev.onward.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.Requester;
import dev.onward.model.ServiceId;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.Release;
import dev.onward.plan.DesiredState;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.store.Failure;
import dev.onward.store.StoreException;
import dev.onward.store.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What must hold when processes die, overtake one another, or work beside the old tool. */
class ReplicaTest {
  private static final int SERVICES = 4;

  @Test
  void aCrashBeforeOrAfterAnyCallLeavesOneReleaseAndOneDeploymentEach() {
    int calls = callsOfAFirstPromotion();
    assertThat(calls).isGreaterThan(8);
    for (int at = 0; at < calls; at++) {
      for (boolean before : List.of(true, false)) {
        var estate = published(SERVICES);
        crashing(estate, at, before);
        estate.runToQuiescence();
        assertOnePromotion(estate, "crash %s call %d".formatted(before ? "before" : "after", at));
      }
    }
  }

  @Test
  void anotherReplicaActingBetweenAnyTwoCallsChangesNothing() {
    int calls = callsOfAFirstPromotion();
    for (int at = 0; at < calls; at++) {
      var estate = published(SERVICES);
      var other = estate.replica();
      var count = new AtomicInteger(at);
      estate.hook(
          call -> {
            if (count.getAndDecrement() == 0) {
              estate.hook(CallHook.NONE);
              other.cycle();
            }
          });
      estate.replica().cycle();
      estate.hook(CallHook.NONE);
      estate.runToQuiescence();
      assertOnePromotion(estate, "other replica before call " + at);
    }
  }

  /** As if the lease were switched off, or told all of them that they lead. */
  @Test
  void replicasWithoutALeaseThatTakeTurnsAtRandomDoNothingTwice() {
    long seed = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      try {
        takeTurns(new Random(seed + i));
      } catch (AssertionError e) {
        throw new AssertionError("with seed " + (seed + i), e);
      }
    }
  }

  private static void takeTurns(Random random) {
    var estate = new TestProjects();
    var replicas = List.of(estate.replica(), estate.replica(), estate.replica());
    int published = 3;
    for (int tag = 1; tag <= published; tag++) {
      for (int i = 0; i < SERVICES; i++) {
        estate.publish("service" + i, Integer.toString(tag));
      }
      estate.clock.advance(Duration.ofMinutes(1));
      var turns = new Interleaving(random);
      estate.hook(turns);
      turns.run(
          replicas.stream()
              .limit(2 + random.nextInt(2))
              .map(replica -> (Runnable) replica::cycle)
              .toList());
      estate.hook(CallHook.NONE);
    }
    estate.runToQuiescence();

    List<Release> releases = estate.releases.all();
    assertThat(releases).extracting(Release::images).doesNotHaveDuplicates();
    assertThat(releases).hasSize(published);
    for (Release release : releases) {
      assertThat(release.deployments())
          .extracting(deployment -> deployment.environment().value())
          .doesNotHaveDuplicates();
    }
    assertThat(estate.releases.audit()).doesNotHaveDuplicates();
    for (int i = 0; i < SERVICES; i++) {
      assertThat(estate.stage("service" + i)).endsWith(":" + published);
    }
  }

  @Test
  void aReleaseThatAnotherReplicaCutBeforeHasItsDateAndStaysRolledBack() {
    var estate = published(SERVICES);
    var other = estate.replica();
    other.cycle();
    estate.publish("service0", "2");
    estate.clock.advance(Duration.ofMinutes(1));
    var slow = estate.replica();
    estate.hook(
        call -> {
          if (call.equals("list")) {
            estate.hook(CallHook.NONE);
            other.cycle();
            assertThat(estate.stage("service0")).endsWith(":2");
            estate.clock.advance(Duration.ofSeconds(10));
            other.execute(
                new OperatorCommand.RollBack(
                    new EnvironmentId("stage"), OperatorCommand.RollBackTo.OLDER, true),
                "alice",
                false);
            estate.clock.advance(Duration.ofSeconds(10));
          }
        });
    slow.cycle();
    slow.cycle();
    assertThat(estate.releases.all()).hasSize(2);
    assertThat(estate.stage("service0")).endsWith(":1");
  }

  @Test
  void aReleaseThatItsSourceWentBackFromMeanwhileIsNotPromoted() {
    var estate = published(SERVICES);
    estate.runToQuiescence();
    estate.publish("service0", "2");
    estate.clock.advance(Duration.ofMinutes(1));
    var promoting = new AtomicBoolean();
    estate.hook(
        call -> {
          if (call.equals("record")) {
            estate.hook(CallHook.NONE);
            promoting.set(true);
            assertThat(estate.stage("service0")).endsWith(":2");
            estate
                .replica()
                .execute(
                    new OperatorCommand.RollBack(
                        new EnvironmentId("stage"), OperatorCommand.RollBackTo.OLDER, true),
                    "alice",
                    false);
          }
        });
    estate.replica().cycle();
    assertThat(promoting).as("prod's was about to be recorded").isTrue();
    estate.clock.advance(Duration.ofMinutes(1));
    estate.runToQuiescence();
    assertThat(estate.stage("service0")).endsWith(":1");
    assertThat(estate.parameters.value("/storage/images/prod/service0").orElseThrow())
        .endsWith(":1");
  }

  @Test
  void aReplicaThatWakesInTheMiddleOfWritingOldParametersIsHealedWithinACycle() {
    var estate = published(SERVICES);
    estate.runToQuiescence();
    estate.publish("service0", "2").publish("service1", "2");
    estate.clock.advance(Duration.ofMinutes(1));
    var puts = new AtomicInteger();
    estate.hook(
        call -> {
          if (call.equals("put") && puts.getAndIncrement() == 1) {
            estate.hook(CallHook.NONE);
            estate.publish("service1", "3");
            estate.clock.advance(Duration.ofMinutes(1));
            estate.replica().cycle();
          }
        });
    estate.replica().cycle();
    estate.hook(CallHook.NONE);
    assertThat(estate.stage("service1")).as("the stale value, for a moment").endsWith(":2");
    estate.replica().cycle();
    assertThat(estate.stage("service1")).endsWith(":3");
  }

  /** The parameter is a String again by the time that the stale value is put. */
  @Test
  void aStalePutIsReopenedAlsoWhereAnotherParameterCouldNotBeWritten() {
    var estate = published(SERVICES);
    estate.runToQuiescence();
    String odd = "/storage/images/stage/service3";
    estate.parameters.write(odd, "SecureString", "secret", "alice");
    estate.publish("service1", "2");
    estate.clock.advance(Duration.ofMinutes(1));
    estate.hook(
        call -> {
          if (call.equals("put")) {
            estate.hook(CallHook.NONE);
            estate.parameters.write(odd, "example.com/ns/service3:1");
            estate.publish("service1", "3");
            estate.clock.advance(Duration.ofMinutes(1));
            estate.replica().cycle();
          }
        });
    CycleReport late = estate.replica().cycle();
    estate.hook(CallHook.NONE);
    assertThat(estate.stage("service1")).as("the stale value, for a moment").endsWith(":2");
    assertThat(late.results().getLast().outcome()).isInstanceOf(WriteOutcome.Conflict.class);
    estate.replica().cycle();
    assertThat(estate.stage("service1")).endsWith(":3");
  }

  @Test
  void whoeverGoesBackWhileAnotherEnvironmentIsWrittenIsNotWrittenOver() {
    var estate = published(SERVICES);
    estate.runToQuiescence();
    var fromLatest =
        new DesiredState(
            TestProjects.DESIRED.project(),
            TestProjects.DESIRED.name(),
            Optional.empty(),
            TestProjects.DESIRED.releases(),
            List.of(
                TestProjects.automatic("stage", new Label("latest")),
                TestProjects.automatic("prod", new Label("latest"))));
    estate.publish("service0", "2");
    estate.clock.advance(Duration.ofMinutes(1));
    var wentBack = new AtomicBoolean();
    estate.hook(
        call -> {
          if (call.equals("markConverged")) {
            estate.hook(CallHook.NONE);
            wentBack.set(true);
            estate.clock.advance(Duration.ofSeconds(10));
            estate
                .replica()
                .execute(
                    new OperatorCommand.RollBack(
                        new EnvironmentId("prod"), OperatorCommand.RollBackTo.OLDER, true),
                    "al",
                    false);
          }
        });
    estate.replica().cycle(fromLatest);

    assertThat(wentBack).as("while stage was written, both having moved in one write").isTrue();
    assertThat(estate.releases.all().getLast().deployments()).hasSize(2);
    assertThat(estate.stage("service0")).endsWith(":2");
    assertThat(estate.parameters.version("/storage/images/prod/service0")).isEqualTo(1);
  }

  @Test
  void aReleaseIsCutThoughItsDeploymentCannotBeWritten() {
    var estate = published(SERVICES);
    estate.runToQuiescence();
    estate.publish("service0", "2");
    estate.clock.advance(Duration.ofMinutes(1));
    estate.releases.refuseDeployments(Failure.stalled("no check of conditions is allowed"));

    CycleReport report = estate.replica().cycle();

    assertThat(report.failure()).contains(Failure.stalled("no check of conditions is allowed"));
    assertThat(estate.releases.all()).hasSize(2);
    assertThat(estate.releases.all().getLast().deployments()).isEmpty();
  }

  @Test
  void halfWrittenParametersAreFinishedWithoutTouchingTheOthers() {
    var estate = published(SERVICES);
    var puts = new AtomicInteger();
    estate.hook(
        call -> {
          if (call.equals("put") && puts.getAndIncrement() == 2) {
            throw new CallHook.Crash();
          }
        });
    assertThatThrownBy(() -> estate.replica().cycle()).isInstanceOf(CallHook.Crash.class);
    estate.hook(CallHook.NONE);
    estate.runToQuiescence();
    for (int i = 0; i < SERVICES; i++) {
      assertThat(estate.parameters.version("/storage/images/stage/service" + i)).isEqualTo(1);
    }
  }

  @Test
  void aParameterThatCannotBeWrittenDoesNotKeepTheOthersBack() {
    var estate = published(SERVICES);
    var first = new AtomicBoolean(true);
    estate.hook(
        call -> {
          if (call.equals("put") && first.getAndSet(false)) {
            throw new StoreException(Failure.stalled("100 labelled versions"));
          }
        });
    CycleReport report = estate.replica().cycle();
    assertThat(report.outcome()).isEqualTo(CycleReport.Outcome.PARTIAL);
    assertThat(report.failure()).contains(Failure.stalled("100 labelled versions"));
    assertThat(estate.parameters.value("/storage/images/stage/service0")).isEmpty();
    assertThat(estate.stage("service3")).endsWith(":1");
    estate.hook(CallHook.NONE);
    estate.runToQuiescence();
    assertThat(estate.stage("service0")).endsWith(":1");
  }

  @Test
  void anEnvironmentThatCannotBeWrittenWaitsAndTheOthersGoOn() {
    var estate = published(1);
    var replica = estate.replica();
    replica.cycle();
    estate.publish("service0", "2");
    estate.clock.advance(Duration.ofMinutes(1));
    var refusing = new AtomicBoolean();
    var puts = new AtomicInteger();
    estate.hook(
        call -> {
          if (call.equals("put") && puts.incrementAndGet() == 2) {
            refusing.set(true);
            throw new StoreException(Failure.stalled("prod is denied"));
          }
        });
    replica.cycle();
    assertThat(refusing).as("prod's put was refused").isTrue();
    estate.publish("service0", "3");
    estate.clock.advance(Duration.ofMinutes(1));
    CycleReport report = replica.cycle();
    assertThat(estate.stage("service0")).endsWith(":3");
    assertThat(puts).as("stage's put alone: prod is not hammered").hasValue(3);
    assertThat(report.failure()).contains(Failure.stalled("prod is denied"));
    estate.clock.advance(Duration.ofMinutes(10));
    estate.runToQuiescence();
    assertThat(estate.parameters.value("/storage/images/prod/service0").orElse("")).endsWith(":3");
  }

  @Test
  void aStaleValueIsHealedEvenIfTheOvertakenWriterFailedHalfWay() {
    var estate = published(SERVICES);
    estate.runToQuiescence();
    estate.publish("service0", "2").publish("service1", "2");
    estate.clock.advance(Duration.ofMinutes(1));
    var puts = new AtomicInteger();
    estate.hook(
        new CallHook() {
          @Override
          public void before(String call) {
            if (call.equals("put") && puts.getAndIncrement() == 0) {
              estate.hook(CallHook.NONE);
              estate.publish("service0", "3");
              estate.clock.advance(Duration.ofMinutes(1));
              estate.replica().cycle();
              estate.hook(this::failing);
            }
          }

          private void failing(String call) {
            if (call.equals("put")) {
              throw new StoreException(Failure.transientOne("throttled"));
            }
          }
        });
    estate.replica().cycle();
    estate.hook(CallHook.NONE);
    assertThat(estate.stage("service0")).as("the stale value, for a moment").endsWith(":2");
    estate.replica().cycle();
    assertThat(estate.stage("service0")).endsWith(":3");
  }

  @Test
  void aFailingSearchForTheOldToolsDeploymentsStopsNothingElse() {
    var estate = published(1);
    var replica = estate.replica();
    replica.cycle();
    estate.clock.advance(Duration.ofMinutes(11));
    estate.publish("service0", "2");
    estate.clock.advance(Duration.ofMinutes(1));
    var searches = new AtomicInteger();
    estate.hook(
        call -> {
          if (call.equals("deployed")) {
            searches.incrementAndGet();
            throw new StoreException(Failure.transientOne("1 RCU"));
          }
        });
    replica.cycle();
    replica.cycle();
    assertThat(searches).as("not tried again at once").hasValue(1);
    assertThat(estate.stage("service0")).endsWith(":2");
  }

  @Test
  void aFailedListingMakesNoPlan() {
    var estate = published(SERVICES);
    estate.hook(
        call -> {
          if (call.equals("list")) {
            throw new StoreException(Failure.transientOne("page 7 of 9"));
          }
        });
    CycleReport report = estate.replica().cycle();
    assertThat(report.outcome()).isEqualTo(CycleReport.Outcome.FAILED);
    assertThat(report.plan()).isEmpty();
    assertThat(estate.releases.all()).isEmpty();
  }

  @Test
  void aSteadyCycleIsOneListingAndOneQuery() {
    var estate = published(SERVICES);
    var replica = estate.replica();
    replica.cycle();
    replica.cycle();
    var calls = new ArrayList<String>();
    estate.hook(calls::add);
    CycleReport report = replica.cycle();
    assertThat(calls).containsExactly("state", "list");
    assertThat(report.plan().orElseThrow().isEmpty()).isTrue();
  }

  @Test
  void aDeploymentOfTheOldToolIsAdoptedWhenItsParametersShow() {
    var estate = published(SERVICES);
    var replica = estate.replica();
    replica.cycle();
    Release first = estate.releases.all().getFirst();
    estate.publish("service0", "2");
    estate.clock.advance(Duration.ofMinutes(1));
    replica.cycle();
    assertThat(estate.stage("service0")).endsWith(":2");
    estate.clock.advance(Duration.ofMinutes(1));

    estate.releases.deployWithOldTool(first, byHand(estate));
    estate.parameters.write("/storage/images/stage/service0", "example.com/ns/service0:1");
    replica.cycle();

    var head = estate.releases.state().environments().get(new EnvironmentId("stage"));
    assertThat(head).isNotNull();
    assertThat(head.current().orElseThrow().release()).isEqualTo(first.id());
    assertThat(head.current().orElseThrow().origin()).isEqualTo(DeploymentOrigin.ADOPTED);
    estate.clock.advance(Duration.ofDays(1));
    replica.cycle();
    assertThat(estate.stage("service0")).as("a rollback stays").endsWith(":1");
  }

  @Test
  void aRestartInTheQuietPeriodForgetsNothing() {
    var estate = new TestProjects();
    estate.publish("service0", "1");
    estate.clock.advance(Duration.ofSeconds(31));
    estate.replica().cycle();
    assertThat(estate.releases.all()).hasSize(1);
    assertThat(estate.releases.all().getFirst().images().image(new ServiceId("service0")))
        .contains(new ImageRef("example.com/ns/service0:1"));
  }

  @Test
  void aReplicaWhoseClockIsAheadWaitsForTheQuietPeriodToo() {
    var estate = new TestProjects();
    estate.publish("service0", "1");
    estate.clock.advance(Duration.ofSeconds(29));
    estate.replica(Duration.ofHours(1)).cycle();
    assertThat(estate.releases.all()).isEmpty();
    estate.clock.advance(Duration.ofSeconds(1));
    estate.replica(Duration.ofHours(1)).cycle();
    assertThat(estate.releases.all()).hasSize(1);
  }

  @Test
  void aReplicaWhoseClockIsBehindWaitsForTheQuietPeriodAndNoLonger() {
    var estate = new TestProjects();
    estate.publish("service0", "1");
    estate.clock.advance(Duration.ofSeconds(30));
    estate.replica(Duration.ofHours(-1)).cycle();
    assertThat(estate.releases.all()).hasSize(1);
  }

  @Test
  void withoutTheStoresTimeAReplicaWhoseClockIsBehindWaitsAtMostTwiceTheMaximumWait() {
    var estate = published(1);
    estate.runToQuiescence();
    estate.parameters.withoutTime();
    var replica = estate.replica(Duration.ofHours(-1));
    for (int i = 0; i < 122; i++) {
      estate.publish("service0", "busy" + i);
      estate.clock.advance(Duration.ofSeconds(10));
      replica.cycle();
    }
    assertThat(estate.releases.all()).hasSizeGreaterThan(1);
  }

  @Test
  void aLabelThatNeverRestsIsCutAfterTheMaximumWaitEvenAcrossRestarts() {
    var estate = published(1);
    estate.runToQuiescence();
    for (int i = 0; i < 62; i++) {
      estate.publish("service0", "busy" + i);
      estate.clock.advance(Duration.ofSeconds(10));
      estate.replica().cycle();
    }
    assertThat(estate.releases.all()).hasSizeGreaterThan(1);
  }

  @Test
  void theReleaseNamesWhoPublishedWhatChanged() {
    var estate = published(2);
    estate.runToQuiescence();
    estate.publish("service0", "2");
    estate.clock.advance(Duration.ofMinutes(1));
    estate.replica().cycle();
    var origin =
        estate.releases.all().getLast().manifest().services().get(new ServiceId("service0"));
    assertThat(origin).isNotNull();
    assertThat(origin.publishedBy()).contains("arn:aws:iam::123456789012:user/build");
  }

  private static TestProjects published(int services) {
    var estate = new TestProjects();
    for (int i = 0; i < services; i++) {
      estate.publish("service" + i, "1");
    }
    estate.clock.advance(Duration.ofMinutes(1));
    return estate;
  }

  private static int callsOfAFirstPromotion() {
    var estate = published(SERVICES);
    var calls = new AtomicInteger();
    estate.hook(call -> calls.incrementAndGet());
    estate.replica().cycle();
    return calls.get();
  }

  private static void crashing(TestProjects estate, int at, boolean before) {
    var calls = new AtomicInteger();
    estate.hook(
        new CallHook() {
          @Override
          public void before(String call) {
            if (before && calls.get() == at) {
              throw new Crash();
            }
          }

          @Override
          public void after(String call) {
            if (calls.getAndIncrement() == at && !before) {
              throw new Crash();
            }
          }
        });
    assertThatThrownBy(() -> estate.replica().cycle()).isInstanceOf(CallHook.Crash.class);
    estate.hook(CallHook.NONE);
  }

  private static void assertOnePromotion(TestProjects estate, String when) {
    assertThat(estate.releases.all()).as(when).hasSize(1);
    assertThat(estate.releases.all().getFirst().deployments())
        .as(when)
        .extracting(deployment -> deployment.environment().value())
        .containsExactlyInAnyOrder("stage", "prod");
    assertThat(estate.releases.audit()).as(when).doesNotHaveDuplicates();
    for (int i = 0; i < SERVICES; i++) {
      assertThat(estate.stage("service" + i))
          .as(when)
          .isEqualTo("example.com/ns/service%d:1".formatted(i));
    }
    assertThat(estate.releases.state().environments().values())
        .as(when)
        .allMatch(head -> head.converged());
  }

  private static Deployment byHand(TestProjects estate) {
    return new Deployment(
        Optional.empty(),
        estate.clock.instant(),
        "rollback",
        new EnvironmentId("stage"),
        "Staging",
        new Requester("jo", "Jo"));
  }
}
