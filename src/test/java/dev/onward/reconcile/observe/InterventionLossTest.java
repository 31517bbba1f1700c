package dev.onward.reconcile.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.AuditEvent;
import dev.onward.model.EnvironmentId;
import dev.onward.model.Requester;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.plan.command.CommandDecision;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.reconcile.CallHook;
import dev.onward.reconcile.CycleReport;
import dev.onward.reconcile.TestProjects;
import dev.onward.store.Failure;
import dev.onward.store.WriteOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What operators have said is lost: deleted by hand, or with its table. */
class InterventionLossTest {
  private static final Intervention STOP = new Intervention.StopEverything();
  private static final Intervention RESUME = new Intervention.ResumeEverything();
  private static final OperatorCommand HOLD_STAGE =
      new OperatorCommand.Say(new Intervention.Hold(new EnvironmentId("stage")));

  private final TestProjects estate = new TestProjects().publish("bags", "1");
  private final GlobalProcess globalInterventions =
      new GlobalProcess(estate.daemon, Duration.ZERO, estate.clock);
  private final TestProjects.Replica replica = estate.replica();

  @Test
  void aStopOfEverythingThatVanishedStopsDecisionsAndSaysSoUntilAPersonResumes() {
    globalInterventions.updateInterventions(STOP, said("alice"), false);
    later();
    assertThat(replica.cycle().outcome()).isEqualTo(CycleReport.Outcome.SUCCEEDED);

    estate.daemon.lose();
    later();
    CycleReport report = replica.cycle();
    assertThat(report.failure())
        .contains(
            Failure.stalled(
                "the stored interventions of everything were lost: they were at version 1 (stopped"
                    + " by alice), and are at version 0 without having been removed; see the audit"
                    + " trail. Automation is paused until an operator stops or resumes"
                    + " everything"));
    assertThat(estate.releases.all()).isEmpty();

    // Through another process, by which the stop was said.
    assertThat(
            globalInterventions
                .updateInterventions(RESUME, Optional.of(1L), said("bob"), false)
                .outcome())
        .contains(new WriteOutcome.Applied());
    later();
    assertThat(replica.cycle().outcome()).isEqualTo(CycleReport.Outcome.SUCCEEDED);
    assertThat(estate.releases.all()).hasSize(1);
  }

  @Test
  void whoeverStopsAgainAfterALossIsHeardAndNothingElseCanBeSaidBefore() {
    globalInterventions.updateInterventions(STOP, said("alice"), false);
    globalInterventions.now();
    estate.daemon.lose();
    var freeze = new Intervention.SetFreeze("f", Optional.empty(), Optional.empty());
    assertThat(globalInterventions.updateInterventions(freeze, said("bob"), false).grant())
        .isInstanceOfSatisfying(
            CommandDecision.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains("stop, set the required interventions again"));
    globalInterventions.updateInterventions(STOP, said("bob"), false);
    assertThat(globalInterventions.now().stop()).contains(said("bob"));
    assertThat(globalInterventions.now().version()).isEqualTo(2);
  }

  @Test
  void aProcessThatBeginsAfterTheLossFindsInTheAuditTrailThatSomethingWasSaid() {
    estate.daemon.audit().note(event("everything_stopped"));
    estate.daemon.audit().note(event("refused"));
    later();
    CycleReport report = replica.cycle();
    assertThat(report.failure().orElseThrow().message())
        .startsWith("the stored interventions of everything were lost: they were at version 1");
    assertThat(estate.releases.all()).isEmpty();
  }

  @Test
  void aWordThatIsSaidBetweenTheTwoReadingsOfAProcessThatBeginsIsNoLoss() {
    var first = new AtomicBoolean(true);
    var other = new GlobalProcess(estate.daemon, Duration.ZERO, estate.clock);
    estate.daemon.hook(
        new CallHook() {
          @Override
          public void before(String call) {}

          @Override
          public void after(String call) {
            if (first.getAndSet(false)) {
              other.updateInterventions(STOP, said("alice"), false);
              estate.daemon.audit().note(event("everything_stopped"));
            }
          }
        });
    assertThat(globalInterventions.now().stop()).contains(said("alice"));
  }

  @Test
  void aHoldThatVanishedKeepsItsProjectFromBeingDecidedUntilAPersonResumesTheProject() {
    replica.sayAside(HOLD_STAGE, "alice");
    later();
    replica.cycle();

    estate.releases.loseInterventions();
    later();
    CycleReport report = replica.cycle();
    assertThat(report.failure().orElseThrow())
        .isEqualTo(
            Failure.stalled(
                "the stored interventions of the project were lost: they were at version 1 (1 held"
                    + " environment), and are at version 0 without having been removed; see the"
                    + " audit trail. Automation is paused until an operator stops or resumes the"
                    + " project"));
    assertThat(estate.stage("bags")).isEmpty();

    OperatorCommand resume = new OperatorCommand.Say(RESUME);
    assertThat(replica.execute(resume, "bob", Optional.of(1L), true).grant())
        .isInstanceOf(CommandDecision.Say.class);
    assertThat(replica.sayAside(HOLD_STAGE, "bob").grant())
        .isInstanceOf(CommandDecision.Refused.class);
    assertThat(replica.sayAside(resume, "bob", Optional.of(1L)).outcome())
        .contains(new WriteOutcome.Applied());
    assertThat(estate.releases.state().interventions().version()).isEqualTo(2);
    later();
    replica.cycle();
    assertThat(estate.stage("bags")).isNotEmpty();
  }

  @Test
  void aWordOfAProcessThatKnewOfNoLossDoesNotLetDecisionsGoOn() {
    replica.sayAside(HOLD_STAGE, "alice");
    later();
    replica.cycle();
    estate.releases.loseInterventions();
    later();
    assertThat(replica.cycle().outcome()).isEqualTo(CycleReport.Outcome.STALLED);

    OperatorCommand holdProd =
        new OperatorCommand.Say(new Intervention.Hold(new EnvironmentId("prod")));
    estate.replica().sayAside(holdProd, "bob");
    assertThat(estate.releases.state().interventions().version()).isEqualTo(1);
    later();
    assertThat(replica.cycle().outcome()).isEqualTo(CycleReport.Outcome.STALLED);
    assertThat(estate.stage("bags")).isEmpty();

    replica.sayAside(new OperatorCommand.Say(RESUME), "carol");
    later();
    assertThat(replica.cycle().outcome()).isEqualTo(CycleReport.Outcome.SUCCEEDED);
  }

  @Test
  void aLossThatOnlyACommandFoundKeepsDecisionsWaitingToo() {
    replica.sayAside(HOLD_STAGE, "alice");
    later();
    replica.cycle();
    estate.releases.loseInterventions();
    OperatorCommand holdProd =
        new OperatorCommand.Say(new Intervention.Hold(new EnvironmentId("prod")));
    assertThat(replica.sayAside(holdProd, "bob").outcome()).isEmpty();

    estate.replica().sayAside(holdProd, "carol");
    assertThat(estate.releases.state().interventions().version()).isEqualTo(1);
    later();
    assertThat(replica.cycle().outcome()).isEqualTo(CycleReport.Outcome.STALLED);
  }

  @Test
  void whatAPersonSaidInTurnWithACycleIsMissedAtOnceWhenItVanishes() {
    assertThat(replica.execute(HOLD_STAGE, "alice", false).outcome())
        .contains(new WriteOutcome.Applied());
    estate.releases.loseInterventions();
    later();
    assertThat(replica.cycle().outcome()).isEqualTo(CycleReport.Outcome.STALLED);
  }

  private void later() {
    estate.clock.advance(Duration.ofMinutes(1));
  }

  private AuditEvent event(String name) {
    return new AuditEvent(
        estate.clock.instant(),
        name,
        said("alice").by(),
        "everything",
        Optional.empty(),
        Optional.empty(),
        "fire",
        "request");
  }

  private Attribution said(String who) {
    return new Attribution(
        new Requester(who, who), estate.clock.instant(), "fire", Optional.empty());
  }
}
