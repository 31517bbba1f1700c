package dev.onward.status.metrics;

import dev.onward.OnwardConfig;
import dev.onward.manifest.Manifests;
import dev.onward.manifest.document.ManifestProblem;
import dev.onward.manifest.document.ManifestProblem.Severity;
import dev.onward.model.release.DeployedRelease;
import dev.onward.plan.EnvironmentExplanation;
import dev.onward.plan.EnvironmentExplanation.Behind;
import dev.onward.plan.LabelExplanation;
import dev.onward.plan.Words;
import dev.onward.policy.Verdict;
import dev.onward.status.ProjectStatus;
import dev.onward.status.ProjectStatus.Seen;
import dev.onward.status.StatusSnapshot;
import io.prometheus.client.Collector;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The gauges, computed from the status snapshot at every scrape. They cost a cycle nothing, however
 * many projects there are, and gauges of a removed project disappear with it.
 */
final class StatusGauges extends Collector implements Collector.Describable {
  private final StatusSnapshot board;
  private final BooleanSupplier leads;
  private final String version;
  private final OnwardConfig.Mode mode;
  private final InstantSource clock;
  private final LongSupplier datesRefused;

  /**
   * @param leads whether this replica leads: only one of several reports the projects' state
   * @param datesRefused how many dates of the store were rejected
   */
  StatusGauges(
      StatusSnapshot board,
      BooleanSupplier leads,
      String version,
      OnwardConfig.Mode mode,
      InstantSource clock,
      LongSupplier datesRefused) {
    this.board = board;
    this.leads = leads;
    this.version = version;
    this.mode = mode;
    this.clock = clock;
    this.datesRefused = datesRefused;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    var gauges = new GaugeFamilies();
    gauges.put(OnwardMetric.BUILD_INFO, 1, version, Words.of(mode));
    addManifests(gauges, board.manifests());
    Instant now = clock.instant();
    gauges.put(OnwardMetric.GLOBAL_STOP, board.globalInterventions().stop(now).isPresent() ? 1 : 0);
    gauges.put(OnwardMetric.STORE_DATES_REJECTED, (double) datesRefused.getAsLong());
    boolean leading = leads.getAsBoolean();
    gauges.put(OnwardMetric.LEADER, leading ? 1 : 0);
    if (leading) {
      board.projects().forEach(project -> addProject(gauges, project, now));
    }
    return gauges.all();
  }

  @Override
  public List<MetricFamilySamples> describe() {
    return new GaugeFamilies().all();
  }

  private static void addManifests(GaugeFamilies gauges, Manifests manifests) {
    gauges.put(OnwardMetric.PROJECTS, manifests.projects().size());
    var files = new TreeSet<>(manifests.files().values());
    var invalid = new TreeSet<String>();
    for (ManifestProblem problem : manifests.problems()) {
      files.add(problem.file());
      if (problem.isError()) {
        invalid.add(problem.file());
      }
    }
    files.forEach(
        file -> gauges.put(OnwardMetric.MANIFEST_VALID, invalid.contains(file) ? 0 : 1, file));
    for (Severity severity : Severity.values()) {
      var count =
          manifests.problems().stream().filter(p -> p.severity() == severity).toList().size();
      gauges.put(OnwardMetric.MANIFEST_PROBLEMS, count, Words.of(severity));
    }
    manifests
        .stale()
        .forEach(project -> gauges.put(OnwardMetric.MANIFEST_STALE, 1, project.value()));
  }

  private static void addProject(GaugeFamilies gauges, ProjectStatus status, Instant now) {
    String project = status.desired().project().value();
    status
        .lastSuccess()
        .ifPresent(at -> gauges.put(OnwardMetric.LAST_SUCCESSFUL_CYCLE, unixTime(at), project));
    status
        .failing()
        .ifPresent(
            failing ->
                gauges.put(
                    OnwardMetric.PROJECT_FAILING, 1, project, failing.failure().kind().word()));
    status.seen().ifPresent(seen -> addSeen(gauges, project, seen, now));
    for (EnvironmentExplanation environment : status.explanations()) {
      addEnvironment(gauges, project, environment, now);
    }
  }

  private static void addSeen(GaugeFamilies gauges, String project, Seen seen, Instant now) {
    boolean stopped = seen.observed().interventions().stop(now).isPresent();
    gauges.put(OnwardMetric.PROJECT_STOPPED, stopped ? 1 : 0, project);
    gauges.put(
        OnwardMetric.UNRECOGNIZED_PARAMETERS, seen.observed().unrecognized().size(), project);
    for (LabelExplanation label : seen.plan().labels().values()) {
      gauges.put(
          OnwardMetric.LABEL_STATE, 1, project, label.label().value(), Words.of(label.state()));
    }
  }

  private static void addEnvironment(
      GaugeFamilies gauges, String project, EnvironmentExplanation it, Instant now) {
    String environment = it.environment().value();
    gauges.put(OnwardMetric.ENVIRONMENT_STATE, 1, project, environment, Words.of(it.state()));
    it.sync()
        .map(sync -> Words.of(sync.status()))
        .ifPresent(
            sync -> gauges.put(OnwardMetric.ENVIRONMENT_SYNC, 1, project, environment, sync));
    it.held().stream()
        .map(Verdict::gate)
        .forEach(gate -> gauges.put(OnwardMetric.ENVIRONMENT_HELD, 1, project, environment, gate));
    gauges.put(OnwardMetric.ENVIRONMENT_CONVERGED, it.converged() ? 1 : 0, project, environment);
    it.current()
        .map(DeployedRelease::deployedAt)
        .ifPresent(
            at -> gauges.put(OnwardMetric.LAST_DEPLOYMENT, unixTime(at), project, environment));
    gauges.put(OnwardMetric.RELEASE_DRIFT_RELEASES, it.behind().releases(), project, environment);
    gauges.put(
        OnwardMetric.RELEASE_DRIFT_SECONDS, secondsBehind(it.behind(), now), project, environment);
    gauges.put(OnwardMetric.PARAMETER_DRIFT_SERVICES, it.drift().size(), project, environment);
    boolean rejected = it.rejection().filter(attribution -> attribution.isInForce(now)).isPresent();
    gauges.put(OnwardMetric.ENVIRONMENT_REJECTED, rejected ? 1 : 0, project, environment);
    gauges.put(OnwardMetric.UNMANAGED_SERVICES, it.unmanaged().size(), project, environment);
  }

  private static double secondsBehind(Behind behind, Instant now) {
    return behind
        .since()
        .map(since -> Math.max(0, Duration.between(since, now).toMillis() / 1e3))
        .orElse(0.0);
  }

  private static double unixTime(Instant at) {
    return at.toEpochMilli() / 1e3;
  }
}
