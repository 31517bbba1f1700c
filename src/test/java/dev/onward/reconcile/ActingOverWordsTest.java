package dev.onward.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Intervention;
import dev.onward.model.Label;
import dev.onward.model.OperatorWord;
import dev.onward.model.Requester;
import dev.onward.plan.Action;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.DesiredState;
import dev.onward.plan.Grant;
import dev.onward.plan.Wish;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.Mode;
import dev.onward.policy.PromotionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What operators say while a cycle is carrying out its plan. */
class ActingOverWordsTest {
  private static final EnvironmentId STAGE = new EnvironmentId("stage");

  /** Stage's drift is repaired. */
  private static final DesiredState REPAIRING =
      new DesiredState(
          Estate.DESIRED.project(),
          Estate.DESIRED.name(),
          Optional.empty(),
          Estate.DESIRED.releases(),
          List.of(
              new DesiredEnvironment(
                  STAGE,
                  "stage",
                  Optional.of(new PromotionPolicy(new Label("latest"), Mode.AUTO, List.of())),
                  DriftPolicy.REPAIR)));

  private final Estate estate = new Estate().publish("bags", "1");
  private final Estate.Replica replica = estate.replica();

  @Test
  void aStopOfEverythingReachesACycleBeforeItCuts() {
    estate.clock.advance(Duration.ofMinutes(1));
    at("list", 1, this::stopEverything);
    CycleReport report = replica.cycle();
    assertThat(conflicts(report)).hasAtLeastOneElementOfType(Action.CutRelease.class);
    assertThat(estate.releases.all()).isEmpty();
    assertThat(estate.stage("bags")).isEmpty();
  }

  @Test
  void aStopOfTheProjectReachesACycleBeforeItCuts() {
    estate.clock.advance(Duration.ofMinutes(1));
    var stop = new Wish.Say(new OperatorWord.StopEverything());
    at("list", 1, () -> estate.replica().sayAside(stop, "alice"));
    CycleReport report = replica.cycle();
    assertThat(conflicts(report)).hasAtLeastOneElementOfType(Action.CutRelease.class);
    assertThat(estate.releases.all()).isEmpty();
  }

  @Test
  void aPersonWhoDeploysMeetsAStopOfEverythingThatWasSaidASecondAgoElsewhere() {
    estate.clock.advance(Duration.ofMinutes(1));
    replica.cycle();
    var release = estate.releases.all().iterator().next();
    stopEverything();
    var deploy = new Wish.Deploy(new EnvironmentId("prod"), release.id(), false);
    assertThat(replica.wish(deploy, "bob", false).grant()).isInstanceOf(Grant.Refused.class);
  }

  @Test
  void aCycleThatDecidesNothingReadsWhatIsSaidOfEverythingAtMostOnceARound() {
    estate.clock.advance(Duration.ofMinutes(1));
    estate.runToQuiescence();
    replica.cycle();
    var reads = new AtomicInteger();
    estate.daemon.hook(call -> reads.incrementAndGet());
    replica.cycle();
    replica.cycle();
    assertThat(reads).hasValue(0);
  }

  @Test
  void aStopOfEverythingReachesACycleBeforeItDeploys() {
    estate.clock.advance(Duration.ofMinutes(1));
    at("cut", 1, this::stopEverything);
    CycleReport report = replica.cycle();
    assertThat(conflicts(report)).hasSize(1).hasOnlyElementsOfType(Action.RecordDeployment.class);
    assertThat(report.outcome()).isEqualTo(CycleReport.Outcome.CONFLICT);
    estate.hook(CallHook.NONE);
    estate.clock.advance(Duration.ofMinutes(1));
    estate.runToQuiescence();
    assertThat(estate.stage("bags")).as("nothing goes until somebody resumes").isEmpty();
  }

  @Test
  void whatIsDecidedAlreadyIsFinishedAfterAStopOfEverything() {
    estate.clock.advance(Duration.ofMinutes(1));
    at("record", 1, this::stopEverything);
    replica.cycle();
    assertThat(estate.stage("bags")).endsWith(":1");
  }

  @Test
  void aStopOfEverythingReachesACycleBeforeItRepairs() {
    editByHand();
    at("list", 1, this::stopEverything);
    assertThat(conflicts(replica.cycle(REPAIRING))).hasSize(1);
    assertThat(estate.stage("bags")).endsWith(":by-hand");
  }

  @Test
  void aHoldThatIsSaidAfterTheObservationKeepsAHandEditFromBeingRepaired() {
    editByHand();
    var hold = new Wish.Say(new OperatorWord.Hold(STAGE));
    at("state", 2, () -> estate.replica().wish(hold, "alice", false));
    assertThat(conflicts(replica.cycle(REPAIRING)))
        .hasSize(1)
        .hasOnlyElementsOfType(Action.ConvergeParameters.class);
    assertThat(estate.stage("bags")).endsWith(":by-hand");
  }

  @Test
  void aHandEditOfWhichNobodySaysAnythingIsRepaired() {
    editByHand();
    replica.cycle(REPAIRING);
    assertThat(estate.stage("bags")).endsWith(":1");
  }

  /** So long ago that the next cycle would repair it. */
  private void editByHand() {
    estate.clock.advance(Duration.ofMinutes(1));
    for (int i = 0; i < 3; i++) {
      replica.cycle(REPAIRING);
      estate.clock.advance(Duration.ofMinutes(2));
    }
    assertThat(estate.stage("bags")).endsWith(":1");
    estate.parameters.write("/storage/images/stage/bags", "example.com/ns/bags:by-hand");
    replica.cycle(REPAIRING);
    estate.clock.advance(Duration.ofMinutes(2));
  }

  private void stopEverything() {
    var said =
        new Intervention(
            new Requester("alice", "Alice"), estate.clock.instant(), "fire", Optional.empty());
    // Said through another process, in the very second in which this one has read what stands.
    new Everywhere(estate.daemon, Duration.ZERO, estate.clock::nanoTime)
        .say(new OperatorWord.StopEverything(), said, false);
  }

  /** Just before a call of a kind, the first of which from now on is 1. */
  private void at(String name, int which, Runnable others) {
    var calls = new AtomicInteger();
    estate.hook(
        call -> {
          if (call.equals(name) && calls.incrementAndGet() == which) {
            others.run();
          }
        });
  }

  private static List<Action> conflicts(CycleReport report) {
    return report.results().stream()
        .filter(result -> result.outcome() instanceof WriteOutcome.Conflict)
        .map(ActionResult::action)
        .toList();
  }
}
