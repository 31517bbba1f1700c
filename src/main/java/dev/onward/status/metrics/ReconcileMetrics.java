package dev.onward.status.metrics;

import dev.onward.aws.client.AwsCallListener;
import dev.onward.command.CommandListener;
import dev.onward.command.CommandResult;
import dev.onward.model.ProjectId;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.plan.DesiredState;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.reconcile.CycleReport;
import dev.onward.reconcile.ReconcileListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.prometheus.client.CollectorRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts events: cycles and their actions, commands, and requests to AWS. State, such as drift, is
 * read from the status snapshot by {@link StatusGauges} at every scrape.
 */
@ApplicationScoped
public class ReconcileMetrics implements ReconcileListener, CommandListener, AwsCallListener {
  private static final List<String> REFUSALS =
      List.of("unauthenticated", "forbidden", "wrong_content_type", "conflict");

  private final ProcessMeters meters;
  private final HighCardinalitySeries counts;
  private final Timer cycleDuration;
  private final InterventionMeters ofEverything;
  private final Map<ProjectId, ProjectMeters> projects = new ConcurrentHashMap<>();

  /** A lookup in the registry takes longer than the recording itself. */
  private final Map<Call, CallMeters> calls = new ConcurrentHashMap<>();

  ReconcileMetrics(MeterRegistry registry, CollectorRegistry collectors) {
    this.meters = new ProcessMeters(registry);
    this.counts = new HighCardinalitySeries(collectors);
    this.cycleDuration = meters.histogram(OnwardMetric.CYCLE_DURATION, ProcessMeters.CYCLE_TIMES);
    this.ofEverything = new InterventionMeters(counts, InterventionMeters.EVERYTHING);
    REFUSALS.forEach(kind -> meters.counter(OnwardMetric.DENIED_REQUESTS, kind));
  }

  @Override
  public void cycleEnded(CycleReport report) {
    cycleDuration.record(report.duration());
    fitted(report.desired()).count(report);
  }

  /**
   * Commands executed through a standby are counted, from 0 on; its observations are not cycles.
   */
  @Override
  public void looked(CycleReport report) {
    fitted(report.desired()).standBy();
  }

  @Override
  public void commandEnded(
      DesiredState desired,
      OperatorCommand command,
      Attribution attribution,
      CommandResult report) {
    // No meters before a project's first cycle, and none again after its removal.
    if (projects.containsKey(desired.project())) {
      fitted(desired).count(command, report);
    }
  }

  /**
   * A request was denied, or prevented by the current state.
   *
   * @param kind one of a small fixed set of values
   */
  public void refused(String kind) {
    meters.counter(OnwardMetric.DENIED_REQUESTS, kind).increment();
  }

  @Override
  public void globalCommandEnded(
      Intervention intervention, Attribution attribution, CommandResult report) {
    ofEverything.count(intervention, report);
  }

  private ProjectMeters fitted(DesiredState desired) {
    var project = projects.computeIfAbsent(desired.project(), id -> new ProjectMeters(counts, id));
    project.fit(desired);
    return project;
  }

  @Override
  public void projectRemoved(ProjectId project) {
    var removed = projects.remove(project);
    if (removed != null) {
      removed.remove();
    }
  }

  @Override
  public void called(String service, String operation, String outcome, Duration took) {
    calls.computeIfAbsent(new Call(service, operation, outcome), this::metersOf).record(took);
  }

  private CallMeters metersOf(Call call) {
    return new CallMeters(
        meters.counter(OnwardMetric.AWS_REQUESTS, call.service(), call.operation(), call.outcome()),
        meters.histogram(
            OnwardMetric.AWS_REQUEST_DURATION,
            ProcessMeters.REQUEST_TIMES,
            call.service(),
            call.operation()));
  }

  private record Call(String service, String operation, String outcome) {}

  /** The duration is shared by all outcomes. */
  private record CallMeters(Counter requests, Timer duration) {
    void record(Duration took) {
      requests.increment();
      duration.record(took);
    }
  }
}
