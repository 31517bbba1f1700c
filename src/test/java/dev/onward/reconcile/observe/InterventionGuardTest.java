package dev.onward.reconcile.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.Requester;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.plan.Action;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.DesiredState;
import dev.onward.plan.command.CommandDecision;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.gate.PromotionPolicy;
import dev.onward.reconcile.CallHook;
import dev.onward.reconcile.CycleReport;
import dev.onward.reconcile.TestProjects;
import dev.onward.reconcile.execute.ActionResult;
import dev.onward.store.WriteOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What operators say while a cycle is carrying out its plan. */
class InterventionGuardTest {
  private static final EnvironmentId STAGE = new EnvironmentId("stage");

  /** Stage's drift is repaired. */
  private static final DesiredState REPAIRING =
      new DesiredState(
          TestProjects.DESIRED.project(),
          TestProjects.DESIRED.name(),
          Optional.empty(),
          TestProjects.DESIRED.releases(),
          List.of(
              new DesiredEnvironment(
                  STAGE,
                  "stage",
                  Optional.of(
                      new PromotionPolicy(new Label("latest"), PromotionMode.AUTO, List.of())),
                  DriftPolicy.REPAIR)));

  private final TestProjects estate = new TestProjects().publish("bags", "1");
  private final TestProjects.Replica replica = estate.replica();

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
    var stop = new OperatorCommand.Say(new Intervention.StopEverything());
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
    var deploy = new OperatorCommand.Deploy(new EnvironmentId("prod"), release.id(), false);
    assertThat(replica.execute(deploy, "bob", false).grant())
        .isInstanceOf(CommandDecision.Refused.class);
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
    var hold = new OperatorCommand.Say(new Intervention.Hold(STAGE));
    at("state", 2, () -> estate.replica().execute(hold, "alice", false));
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
    var attribution =
        new Attribution(
            new Requester("alice", "Alice"), estate.clock.instant(), "fire", Optional.empty());
    // Said through another process, in the very second in which this one has read what stands.
    new GlobalProcess(estate.daemon, Duration.ZERO, estate.clock)
        .updateInterventions(new Intervention.StopEverything(), attribution, false);
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
