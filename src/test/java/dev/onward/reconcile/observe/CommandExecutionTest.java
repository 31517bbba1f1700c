package dev.onward.reconcile.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.command.CommandResult;
import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.Requester;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.release.ImageRef;
import dev.onward.plan.command.CommandDecision;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.reconcile.CallHook;
import dev.onward.reconcile.TestProjects;
import dev.onward.store.WriteOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What people ask for, when others act at the same moment. */
class CommandExecutionTest {
  private static final EnvironmentId STAGE = new EnvironmentId("stage");
  private static final OperatorCommand HOLD_STAGE =
      new OperatorCommand.Say(new Intervention.Hold(STAGE));
  private static final EnvironmentId PROD = new EnvironmentId("prod");
  private static final OperatorCommand RESUME_STAGE =
      new OperatorCommand.Say(new Intervention.Resume(STAGE));
  private static final OperatorCommand HOLD_PROD =
      new OperatorCommand.Say(new Intervention.Hold(PROD));
  private static final OperatorCommand RESUME_PROD =
      new OperatorCommand.Say(new Intervention.Resume(PROD));
  private static final OperatorCommand ROLL_STAGE_BACK =
      new OperatorCommand.RollBack(STAGE, OperatorCommand.RollBackTo.OLDER, false);

  private final TestProjects estate = new TestProjects().publish("bags", "1");

  @Test
  void aPreviewWritesNothing() {
    twoReleases();
    var writes = new AtomicInteger();
    estate.hook(
        call -> {
          if (!call.equals("list") && !call.equals("state") && !call.equals("interventions")) {
            writes.incrementAndGet();
          }
        });
    var replica = estate.replica();
    assertThat(replica.execute(HOLD_STAGE, "alice", true).preview()).isPresent();
    assertThat(estate.releases.state().interventions().version()).isZero();
    CommandResult report = replica.execute(ROLL_STAGE_BACK, "alice", true);
    assertThat(report.preview().orElseThrow().deployments().getFirst().to().images().images())
        .containsValue(new ImageRef("example.com/ns/bags:1"));
    estate.hook(CallHook.NONE);
    assertThat(estate.stage("bags")).endsWith(":2");
  }

  @Test
  void whatIsHeldWhileACycleIsUnderWayIsHeldAlready() {
    estate.clock.advance(Duration.ofMinutes(1));
    var other = estate.replica();
    var first = new AtomicBoolean(true);
    estate.hook(
        call -> {
          if (call.equals("record") && first.getAndSet(false)) {
            other.execute(HOLD_STAGE, "alice", false);
          }
        });
    var replica = estate.replica();
    replica.cycle();
    estate.hook(CallHook.NONE);
    estate.runToQuiescence();
    assertThat(estate.stage("bags")).as("nothing goes after the word was taken").isEmpty();
  }

  @Test
  void ofTwoPeopleWhoHoldTheSameEnvironmentTheSecondLearnsOfTheFirst() {
    var alices = estate.replica();
    var bobs = estate.replica();
    var first = new AtomicBoolean(true);
    estate.hook(
        call -> {
          if (call.equals("say") && first.getAndSet(false)) {
            bobs.execute(HOLD_STAGE, "bob", false);
          }
        });
    CommandResult report = alices.execute(HOLD_STAGE, "alice", false);
    assertThat(report.grant())
        .isInstanceOfSatisfying(
            CommandDecision.Refused.class,
            refused -> assertThat(refused.reason()).contains("by bob"));
  }

  @Test
  void whoeverHasLookedIsNotHeardOverSomebodyElseEvenOnARetry() {
    var alices = estate.replica();
    var bobs = estate.replica();
    var first = new AtomicBoolean(true);
    estate.hook(
        call -> {
          if (call.equals("say") && first.getAndSet(false)) {
            bobs.execute(new OperatorCommand.Say(new Intervention.Hold(STAGE)), "bob", false);
          }
        });
    var holdProd = new OperatorCommand.Say(new Intervention.Hold(new EnvironmentId("prod")));
    CommandResult report = alices.execute(holdProd, "alice", Optional.of(0L), false);
    assertThat(report.grant())
        .isInstanceOfSatisfying(
            CommandDecision.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .isEqualTo(
                        "the interventions are at version 1, not at version 0: read them again"));
    assertThat(estate.releases.state().interventions().holds()).containsOnlyKeys(STAGE);
  }

  @Test
  void ofEverythingTooOnlyWhatWasSeenIsSpokenOf() {
    var attribution =
        new Attribution(
            new Requester("alice", "Alice"), estate.clock.instant(), "fire", Optional.empty());
    var globalInterventions = new GlobalProcess(estate.daemon, Duration.ofSeconds(1), estate.clock);
    var stop = new Intervention.StopEverything();
    assertThat(
            globalInterventions
                .updateInterventions(stop, Optional.of(4L), attribution, false)
                .grant())
        .isInstanceOf(CommandDecision.Refused.class);
    assertThat(
            globalInterventions
                .updateInterventions(stop, Optional.of(0L), attribution, false)
                .outcome())
        .contains(new WriteOutcome.Applied());
  }

  @Test
  void twoPeopleWhoSayDifferentThingsAreBothHeard() {
    var alices = estate.replica();
    var bobs = estate.replica();
    var first = new AtomicBoolean(true);
    estate.hook(
        call -> {
          if (call.equals("say") && first.getAndSet(false)) {
            bobs.execute(HOLD_STAGE, "bob", false);
          }
        });
    alices.execute(
        new OperatorCommand.Say(new Intervention.Hold(new EnvironmentId("prod"))), "alice", false);
    assertThat(estate.releases.state().interventions().holds()).hasSize(2);
  }

  @Test
  void resumingDoesNotTakeBackAHoldThatWasSaidMeanwhile() {
    var replica = estate.replica();
    replica.execute(HOLD_STAGE, "alice", false);
    meanwhile(
        "say",
        () -> {
          estate.replica().execute(RESUME_STAGE, "bob", false);
          estate.replica().execute(HOLD_STAGE, "bob", false);
        });
    CommandResult report = replica.execute(RESUME_STAGE, "carol", false);
    assertThat(report.outcome().orElseThrow()).isInstanceOf(WriteOutcome.Conflict.class);
    assertThat(estate.releases.state().interventions().holds())
        .hasEntrySatisfying(STAGE, hold -> assertThat(hold.by().id()).isEqualTo("bob"));
  }

  @Test
  void anotherWordMeanwhileDoesNotKeepAnybodyFromResuming() {
    var replica = estate.replica();
    replica.execute(HOLD_STAGE, "alice", false);
    meanwhile("say", () -> estate.replica().execute(HOLD_PROD, "bob", false));
    CommandResult report = replica.execute(RESUME_STAGE, "carol", false);
    assertThat(report.outcome()).contains(new WriteOutcome.Applied());
    assertThat(estate.releases.state().interventions().holds()).containsOnlyKeys(PROD);
  }

  @Test
  void aDeploymentIsDecidedAgainWhenSomebodySaysSomethingMeanwhile() {
    twoReleases();
    meanwhile("record", () -> estate.replica().execute(HOLD_PROD, "bob", false));
    CommandResult report = estate.replica().execute(ROLL_STAGE_BACK, "alice", false);
    assertThat(report.outcome()).contains(new WriteOutcome.Applied());
  }

  @Test
  void aDeploymentIsNotDecidedAgainWhenSomebodyDeploysMeanwhile() {
    estate.publish("bags", "0");
    twoReleases();
    meanwhile("record", () -> estate.replica().execute(ROLL_STAGE_BACK, "bob", false));
    CommandResult report = estate.replica().execute(ROLL_STAGE_BACK, "alice", false);
    assertThat(report.outcome().orElseThrow()).isInstanceOf(WriteOutcome.Conflict.class);
  }

  @Test
  void aWordThatWaitsForNobodyKeepsTheApprovalsThatStillCount() {
    twoReleases();
    estate.publish("bags", "3");
    estate.clock.advance(Duration.ofMinutes(1));
    var replica = estate.replica();
    replica.execute(HOLD_STAGE, "alice", false);
    replica.execute(HOLD_PROD, "alice", false);
    replica.cycle();
    var newest = estate.releases.all().getLast().id();
    replica.execute(
        new OperatorCommand.Say(new Intervention.Approve(newest, STAGE)), "alice", false);
    estate.clock.advance(Duration.ofMinutes(1));
    replica.execute(
        new OperatorCommand.RollBack(STAGE, OperatorCommand.RollBackTo.OLDER, true),
        "alice",
        false);
    CommandResult report = replica.sayAside(RESUME_PROD, "bob");
    assertThat(report.outcome()).contains(new WriteOutcome.Applied());
    assertThat(estate.releases.state().interventions().approvals()).hasSize(1);
  }

  @Test
  void anApprovalOfANewerComposedReleaseOutlivesTheNextDeploymentHoweverTheNextWordIsHeard() {
    twoReleases();
    var replica = estate.replica();
    replica.execute(HOLD_STAGE, "alice", false);
    estate.publish("bags", "3");
    estate.clock.advance(Duration.ofMinutes(1));
    replica.cycle();
    var third = estate.releases.all().getLast().id();
    estate.clock.advance(Duration.ofMinutes(1));
    estate.publish("other", "1");
    CommandResult made =
        replica.execute(
            new OperatorCommand.Compose(new Label("latest"), new TreeMap<>()), "alice", false);
    var composed = ((CommandDecision.Add) made.grant()).release().id();
    replica.execute(
        new OperatorCommand.Say(new Intervention.Approve(composed, STAGE)), "alice", false);
    replica.execute(new OperatorCommand.Deploy(STAGE, third, true), "alice", false);
    replica.cycle();
    assertThat(replica.execute(HOLD_PROD, "bob", false).outcome())
        .contains(new WriteOutcome.Applied());
    assertThat(estate.releases.state().interventions().approvals()).hasSize(1);
    assertThat(replica.sayAside(RESUME_PROD, "bob").outcome()).contains(new WriteOutcome.Applied());
    assertThat(estate.releases.state().interventions().approvals()).hasSize(1);
    replica.execute(new OperatorCommand.Deploy(STAGE, composed, true), "alice", false);
    assertThat(replica.execute(HOLD_PROD, "bob", false).outcome())
        .contains(new WriteOutcome.Applied());
    assertThat(estate.releases.state().interventions().approvals())
        .as("it has done its work")
        .isEmpty();
  }

  @Test
  void anApprovalOfAReleaseThatCannotBeReadIsNotTakenForSpent() {
    twoReleases();
    var replica = estate.replica();
    replica.execute(HOLD_PROD, "alice", false);
    estate.publish("bags", "3");
    estate.clock.advance(Duration.ofMinutes(1));
    replica.cycle();
    var third = estate.releases.all().getLast().id();
    replica.execute(new OperatorCommand.Say(new Intervention.Approve(third, PROD)), "alice", false);
    replica.execute(new OperatorCommand.Deploy(PROD, third, true), "alice", false);
    estate.releases.lose(third);
    assertThat(replica.sayAside(HOLD_STAGE, "bob").outcome()).contains(new WriteOutcome.Applied());
    assertThat(estate.releases.state().interventions().approvals()).hasSize(1);
  }

  @Test
  void aRollbackStaysAndTheNextReleaseFlows() {
    twoReleases();
    var replica = estate.replica();
    CommandResult report = replica.execute(ROLL_STAGE_BACK, "alice", false);
    assertThat(report.outcome()).contains(new WriteOutcome.Applied());
    replica.cycle();
    estate.clock.advance(Duration.ofHours(1));
    estate.runToQuiescence();
    assertThat(estate.stage("bags")).endsWith(":1");
    estate.publish("bags", "3");
    estate.clock.advance(Duration.ofMinutes(1));
    estate.runToQuiescence();
    assertThat(estate.stage("bags")).endsWith(":3");
  }

  @Test
  void stoppedEverywhereNothingIsDecidedAnyMore() {
    var attribution =
        new Attribution(
            new Requester("alice", "Alice"), estate.clock.instant(), "fire", Optional.empty());
    var globalInterventions = new GlobalProcess(estate.daemon, Duration.ofSeconds(1), estate.clock);
    globalInterventions.updateInterventions(new Intervention.StopEverything(), attribution, false);
    estate.clock.advance(Duration.ofMinutes(1));
    estate.runToQuiescence();
    assertThat(estate.stage("bags")).isEmpty();
    globalInterventions.updateInterventions(
        new Intervention.ResumeEverything(), attribution, false);
    estate.runToQuiescence();
    assertThat(estate.stage("bags")).endsWith(":1");
  }

  /** Just before the next call of a kind. */
  private void meanwhile(String name, Runnable others) {
    var first = new AtomicBoolean(true);
    estate.hook(
        call -> {
          if (call.equals(name) && first.getAndSet(false)) {
            others.run();
          }
        });
  }

  private void twoReleases() {
    estate.clock.advance(Duration.ofMinutes(1));
    estate.runToQuiescence();
    estate.publish("bags", "2");
    estate.clock.advance(Duration.ofMinutes(1));
    estate.runToQuiescence();
    assertThat(estate.stage("bags")).endsWith(":2");
  }
}
