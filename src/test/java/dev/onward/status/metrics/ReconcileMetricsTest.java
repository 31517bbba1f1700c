package dev.onward.status.metrics;

import static dev.onward.status.StatusFixture.PROD;
import static dev.onward.status.StatusFixture.STAGE;
import static dev.onward.status.StatusFixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.OnwardConfig;
import dev.onward.command.CommandResult;
import dev.onward.model.Label;
import dev.onward.model.ProjectId;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.Action;
import dev.onward.plan.ObservedParameter.Value;
import dev.onward.plan.Words;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.gate.UnknownGate;
import dev.onward.reconcile.CycleReport;
import dev.onward.status.Scrape;
import dev.onward.status.StatusFixture;
import dev.onward.status.StatusSnapshot;
import dev.onward.status.StatusSnapshotTest;
import dev.onward.store.Failure;
import dev.onward.store.WriteOutcome;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconcileMetricsTest {
  private static final ProjectId STORAGE = new ProjectId("storage");

  private final CollectorRegistry collectors = new CollectorRegistry(true);

  // Quarkus is still on this one; its successor has another package.
  @SuppressWarnings("deprecation")
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, collectors, Clock.SYSTEM);

  private final ReconcileMetrics metrics = new ReconcileMetrics(registry, collectors);
  private final StatusSnapshot board = new StatusSnapshot();
  private final StatusFixture storage = StatusFixture.storage().publish("bags", "1");

  private boolean leading = true;

  @BeforeEach
  void registerGauges() {
    collectors.register(
        new StatusGauges(
            board, () -> leading, "1.2.3", OnwardConfig.Mode.ACT, () -> storage.now, () -> 0));
    inForce();
  }

  @Test
  void everyMetricIsServedUnderItsNameAndType() {
    cycle(storage.cycle());
    metrics.called("SSM", "GetParametersByPath", "success", Duration.ofMillis(20));
    assertThat(scrape().text().lines())
        .contains(
            Arrays.stream(OnwardMetric.values())
                .map(m -> "# TYPE %s %s".formatted(m.prometheusName(), Words.of(m.type())))
                .toArray(String[]::new));
  }

  @Test
  void countersAreThereAtZeroBeforeAnythingHappens() {
    cycle(storage.failing(Failure.transientOne("throttled")));
    Scrape scrape = scrape();
    assertThat(scrape.value("onward_releases_created_total", "project=storage", "label=latest"))
        .isZero();
    for (String origin : List.of("automation", "person", "adopted")) {
      assertThat(stage(scrape, "onward_deployments_recorded_total", "origin=" + origin)).isZero();
    }
    assertThat(cycles(scrape, "failed")).isEqualTo(1);
    assertThat(cycles(scrape, "succeeded")).isZero();
  }

  @Test
  void aStandbySaysNothingOfProjectsAndCountsWhatIsDoneThroughIt() {
    cycle(storage.cycle());
    leading = false;
    metrics.looked(storage.cycle());
    Scrape scrape = scrape();
    assertThat(scrape.value("onward_leader")).isZero();
    assertThat(scrape.text())
        .doesNotContain("onward_environment_state{")
        .doesNotContain("onward_last_successful_cycle_timestamp_seconds{")
        .doesNotContain("onward_cycles_total{");
    assertThat(stage(scrape, "onward_deployments_recorded_total", "origin=person")).isZero();

    leading = true;
    cycle(storage.cycle());
    assertThat(scrape().value("onward_leader")).isEqualTo(1);
    assertThat(cycles(scrape(), "succeeded")).isEqualTo(1);
    assertThat(stage(scrape(), "onward_environment_state", "state=in_sync")).isEqualTo(1);
  }

  @Test
  void aReleaseThatReachesStageIsCounted() {
    storage.after(Duration.ofSeconds(7));
    cycle(storage.cycle());
    Scrape scrape = scrape();
    assertThat(scrape.value("onward_releases_created_total", "project=storage", "label=latest"))
        .isEqualTo(1);
    assertThat(stage(scrape, "onward_deployments_recorded_total", "origin=automation"))
        .isEqualTo(1);
    assertThat(stage(scrape, "onward_parameters_written_total", "reason=deployment")).isEqualTo(1);
    assertThat(stage(scrape, "onward_publication_to_converged_seconds_sum")).isEqualTo(7);
    assertThat(stage(scrape, "onward_publication_to_converged_seconds_count")).isEqualTo(1);
    assertThat(stage(scrape, "onward_environment_state", "state=in_sync")).isEqualTo(1);
    assertThat(scrape.value("onward_cycle_duration_seconds_sum")).isEqualTo(0.25);
  }

  @Test
  void whatAnotherReplicaDidIsNotCountedAgain() {
    cycle(storage.cycle(action -> new WriteOutcome.AlreadyApplied()));
    assertThat(scrape().value("onward_releases_created_total", "project=storage", "label=latest"))
        .isZero();
  }

  @Test
  void parametersWrittenCountEvenIfTheRestFailed() {
    storage.publish("mets", "1");
    cycle(
        storage.cycle(
            action ->
                action instanceof Action.ConvergeParameters
                    ? new WriteOutcome.Failed(Failure.transientOne("throttled"))
                    : new WriteOutcome.Applied()));
    assertThat(stage(scrape(), "onward_parameters_written_total", "reason=deployment"))
        .isEqualTo(1);
    assertThat(stage(scrape(), "onward_environment_converged")).isZero();
  }

  @Test
  void secondsBehindGrowBetweenCycles() {
    cycle(storage.cycle());
    storage.after(Duration.ofMinutes(10));
    Scrape scrape = scrape();
    assertThat(prod(scrape, "onward_release_drift_releases")).isEqualTo(1);
    assertThat(prod(scrape, "onward_release_drift_seconds")).isEqualTo(600);
    assertThat(stage(scrape, "onward_release_drift_seconds")).isZero();
  }

  @Test
  void everyGateThatHoldsHasASeries() {
    storage.environment(
        PROD, STAGE, PromotionMode.MANUAL, DriftPolicy.REPORT, new UnknownGate("moon"));
    cycle(storage.cycle());
    assertThat(prod(scrape(), "onward_environment_held", "gate=mode")).isEqualTo(1);
    assertThat(prod(scrape(), "onward_environment_held", "gate=moon")).isEqualTo(1);
    assertThat(prod(scrape(), "onward_environment_state", "state=held")).isEqualTo(1);
  }

  @Test
  void whatHoldsAnEnvironmentForWhichNothingWaitsHasASeriesToo() {
    cycle(storage.cycle());
    storage.stopEverything(storage.said("alice", "fire"));
    cycle(storage.cycle());
    assertThat(stage(scrape(), "onward_environment_held", "gate=stop")).isEqualTo(1);
    assertThat(stage(scrape(), "onward_environment_state", "state=held")).isEqualTo(1);
    assertThat(stage(scrape(), "onward_environment_sync", "sync=in_sync")).isEqualTo(1);
  }

  @Test
  void howAnEnvironmentRelatesToItsSourceHasOneSeriesWhateverHoldsIt() {
    storage.environment(PROD, STAGE, PromotionMode.AUTO, DriftPolicy.REPORT);
    twoReleasesInStage();
    assertThat(prod(scrape(), "onward_environment_sync", "sync=in_sync")).isEqualTo(1);
    wish(rollBack(), new WriteOutcome.Applied());
    cycle(storage.cycle());
    Scrape scrape = scrape();
    assertThat(prod(scrape, "onward_environment_sync", "sync=ahead")).isEqualTo(1);
    assertThat(prod(scrape, "onward_release_drift_releases")).isZero();
    assertThat(stage(scrape, "onward_environment_sync", "sync=behind")).isEqualTo(1);
    assertThat(scrape.with("onward_environment_sync{")).hasSize(2);
  }

  @Test
  void driftAndWhatNoReleaseNamesIsCountedByService() {
    cycle(storage.cycle());
    storage.put(STAGE, "bags", new Value.Image(image("bags", "hand-made")));
    storage.put(STAGE, "gone", new Value.Image(image("gone", "1")));
    cycle(storage.cycle());
    assertThat(stage(scrape(), "onward_parameter_drift_services")).isEqualTo(1);
    assertThat(stage(scrape(), "onward_unmanaged_services")).isEqualTo(1);
  }

  @Test
  void aFailingProjectKeepsItsGaugesAndSaysSo() {
    cycle(storage.cycle());
    cycle(storage.failing(Failure.stalled("denied")));
    Scrape scrape = scrape();
    assertThat(scrape.value("onward_project_failing", "project=storage", "kind=stalled"))
        .isEqualTo(1);
    assertThat(stage(scrape, "onward_environment_state", "state=in_sync")).isEqualTo(1);
  }

  @Test
  void aRemovedProjectTakesEverySeriesOfItsOwnWithIt() {
    cycle(storage.cycle());
    board.manifestsChanged(StatusSnapshotTest.manifests(), List.of());
    metrics.projectRemoved(STORAGE);
    assertThat(scrape().with("project=\"storage\"")).isEmpty();
  }

  @Test
  void aRemovedEnvironmentTakesEverySeriesOfItsOwnWithIt() {
    cycle(storage.cycle());
    storage.without(PROD);
    inForce();
    cycle(storage.cycle());
    assertThat(scrape().with("environment=\"prod\"")).isEmpty();
    assertThat(scrape().with("environment=\"stage\"")).isNotEmpty();
  }

  @Test
  void anEnvironmentThatFollowsAnotherLabelCountsThatLabelsReleases() {
    cycle(storage.cycle());
    var stable = new Label("stable");
    storage.environment(STAGE, stable, PromotionMode.AUTO, DriftPolicy.REPORT);
    storage.put(stable, "bags", new Value.Image(image("bags", "1")));
    inForce();
    cycle(storage.cycle());
    assertThat(scrape().value("onward_releases_created_total", "project=storage", "label=stable"))
        .isEqualTo(1);
    assertThat(
            scrape()
                .value("onward_label_state", "project=storage", "label=latest", "state=released"))
        .isEqualTo(1);
  }

  @Test
  void requestsAreCountedByOutcomeAndTimedByOperation() {
    metrics.called("SSM", "PutParameter", "throttled", Duration.ofMillis(30));
    metrics.called("SSM", "PutParameter", "success", Duration.ofMillis(50));
    Scrape scrape = scrape();
    assertThat(
            scrape.value(
                "onward_aws_requests_total",
                "service=SSM",
                "operation=PutParameter",
                "outcome=throttled"))
        .isEqualTo(1);
    assertThat(
            scrape.value(
                "onward_aws_request_duration_seconds_count",
                "service=SSM",
                "operation=PutParameter"))
        .isEqualTo(2);
  }

  @Test
  void aPersonsDeploymentIsCountedAsOne() {
    twoReleasesInStage();
    wish(rollBack(), new WriteOutcome.Applied());
    assertThat(stage(scrape(), "onward_deployments_recorded_total", "origin=person")).isEqualTo(1);
  }

  @Test
  void howLongWhatWasRolledBackWasThereIsRecordedAndNothingElseIs() {
    twoReleasesInStage();
    assertThat(stage(scrape(), "onward_rolled_back_deployment_age_seconds_count")).isZero();
    wish(rollBack(), new WriteOutcome.Applied());
    assertThat(stage(scrape(), "onward_rolled_back_deployment_age_seconds_count")).isEqualTo(1);
    assertThat(stage(scrape(), "onward_rolled_back_deployment_age_seconds_sum")).isEqualTo(300);
  }

  @Test
  void aDeploymentThatCameToNothingIsNotCounted() {
    twoReleasesInStage();
    wish(rollBack(), new WriteOutcome.Conflict("the head moved"));
    assertThat(stage(scrape(), "onward_deployments_recorded_total", "origin=person")).isZero();
  }

  @Test
  void whatOperatorsSayIsCountedByWordAndOutcomeAndIsThereAtZero() {
    cycle(storage.cycle());
    assertThat(words("storage", "environment_held", "accepted")).isZero();
    assertThat(words("*", "everything_stopped", "accepted")).isZero();
    var hold = new OperatorCommand.Say(new Intervention.Hold(PROD));
    wish(hold, new WriteOutcome.Applied());
    wish(hold, new WriteOutcome.Applied());
    assertThat(words("storage", "environment_held", "accepted")).isEqualTo(1);
    assertThat(words("storage", "environment_held", "rejected")).isEqualTo(1);
  }

  @Test
  void aPreviewIsNotCounted() {
    cycle(storage.cycle());
    var wish = new OperatorCommand.Say(new Intervention.Hold(PROD));
    var attribution = storage.said("alice", "fire");
    var report = storage.execute(wish, attribution, new WriteOutcome.Conflict("not written"));
    var preview = new CommandResult(report.grant(), Optional.empty(), Optional.empty(), true);
    metrics.commandEnded(storage.desired(), wish, attribution, preview);
    assertThat(words("storage", "environment_held", "accepted")).isZero();
  }

  @Test
  void aRefusedPreviewIsNotCountedEither() {
    cycle(storage.cycle());
    var wish = new OperatorCommand.Say(new Intervention.Resume(PROD));
    var attribution = storage.said("alice", "fire");
    var refused = storage.execute(wish, attribution, new WriteOutcome.Applied());
    var preview = new CommandResult(refused.grant(), Optional.empty(), Optional.empty(), true);
    metrics.commandEnded(storage.desired(), wish, attribution, preview);
    metrics.commandEnded(storage.desired(), wish, attribution, refused);
    assertThat(words("storage", "environment_resumed", "rejected")).isEqualTo(1);
  }

  @Test
  void everyWordIsBornAtZero() {
    assertThat(
            List.of(
                new Intervention.Hold(PROD).event(),
                new Intervention.Resume(PROD).event(),
                new Intervention.Reject(new ReleaseId("r")).event(),
                new Intervention.Unreject(new ReleaseId("r")).event(),
                new Intervention.Approve(new ReleaseId("r"), PROD).event(),
                new Intervention.Withdraw(new ReleaseId("r"), PROD).event(),
                new Intervention.SetFreeze("f", Optional.empty(), Optional.empty()).event(),
                new Intervention.LiftFreeze("f").event(),
                new Intervention.StopEverything().event(),
                new Intervention.ResumeEverything().event()))
        .isEqualTo(InterventionMeters.ACTIONS)
        .hasSameSizeAs(Intervention.class.getPermittedSubclasses());
  }

  @Test
  void aStopShowsWhereItWasSaidAndEndsByItself() {
    cycle(storage.cycle());
    wish(
        new OperatorCommand.Say(new Intervention.StopEverything()),
        storage.said("alice", "fire", Duration.ofHours(1)),
        new WriteOutcome.Applied());
    cycle(storage.cycle());
    assertThat(scrape().value("onward_project_stopped", "project=storage")).isEqualTo(1);
    assertThat(scrape().value("onward_global_stop")).isZero();
    storage.after(Duration.ofHours(1));
    assertThat(scrape().value("onward_project_stopped", "project=storage")).isZero();
    storage.stopEverything(storage.said("bob", "flood"));
    cycle(storage.cycle());
    assertThat(scrape().value("onward_global_stop")).isEqualTo(1);
    assertThat(scrape().value("onward_project_stopped", "project=storage")).isZero();
  }

  @Test
  void anEnvironmentWhoseReleaseIsRejectedShowsIt() {
    cycle(storage.cycle());
    assertThat(stage(scrape(), "onward_environment_rejected")).isZero();
    var current = board.project(STORAGE).orElseThrow().explanation(STAGE).orElseThrow().current();
    wish(
        new OperatorCommand.Say(new Intervention.Reject(current.orElseThrow().release())),
        new WriteOutcome.Applied());
    cycle(storage.cycle());
    assertThat(stage(scrape(), "onward_environment_rejected")).isEqualTo(1);
    assertThat(prod(scrape(), "onward_environment_rejected")).isZero();
  }

  private void twoReleasesInStage() {
    cycle(storage.cycle());
    storage.after(Duration.ofMinutes(5)).publish("bags", "2");
    cycle(storage.cycle());
    storage.after(Duration.ofMinutes(5));
  }

  private static OperatorCommand rollBack() {
    return new OperatorCommand.RollBack(STAGE, OperatorCommand.RollBackTo.OLDER, true);
  }

  private void wish(OperatorCommand command, WriteOutcome outcome) {
    wish(command, storage.said("alice", "because"), outcome);
  }

  private void wish(OperatorCommand command, Attribution attribution, WriteOutcome outcome) {
    metrics.commandEnded(
        storage.desired(), command, attribution, storage.execute(command, attribution, outcome));
  }

  private double words(String project, String word, String outcome) {
    return scrape()
        .value(
            "onward_interventions_total",
            "project=" + project,
            "action=" + word,
            "outcome=" + outcome);
  }

  private void inForce() {
    board.manifestsChanged(StatusSnapshotTest.manifests(storage.desired()), List.of());
  }

  private void cycle(CycleReport report) {
    board.cycleEnded(report);
    metrics.cycleEnded(report);
  }

  private Scrape scrape() {
    return new Scrape(registry.scrape());
  }

  private static double cycles(Scrape scrape, String outcome) {
    return scrape.value("onward_cycles_total", "project=storage", "outcome=" + outcome);
  }

  private static double stage(Scrape scrape, String metric, String... labels) {
    return environment(scrape, "stage", metric, labels);
  }

  private static double prod(Scrape scrape, String metric, String... labels) {
    return environment(scrape, "prod", metric, labels);
  }

  private static double environment(
      Scrape scrape, String environment, String metric, String... labels) {
    var all = new ArrayList<>(List.of(labels));
    all.add("project=storage");
    all.add("environment=" + environment);
    return scrape.value(metric, all.toArray(String[]::new));
  }
}
