package dev.onward.status;

import dev.onward.aws.AwsCallListener;
import dev.onward.model.Intervention;
import dev.onward.model.OperatorWord;
import dev.onward.model.ProjectId;
import dev.onward.plan.DesiredState;
import dev.onward.plan.Wish;
import dev.onward.reconcile.CycleListener;
import dev.onward.reconcile.CycleReport;
import dev.onward.reconcile.WishReport;
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
 * Counts what happens: cycles, what they did, what people did, and the requests to AWS. What
 * <em>is</em>, such as drift, {@link StatusGauges} reads from the status board at every scrape.
 */
@ApplicationScoped
public class OnwardMetrics implements CycleListener, AwsCallListener {
  private static final List<String> REFUSALS =
      List.of("unauthenticated", "forbidden", "wrong_content_type", "conflict");

  private final Meters meters;
  private final Counts counts;
  private final Timer cycleDuration;
  private final WordMeters ofEverything;
  private final Map<ProjectId, ProjectMeters> projects = new ConcurrentHashMap<>();

  /** To look a meter up in the registry takes longer than to record something. */
  private final Map<Call, CallMeters> calls = new ConcurrentHashMap<>();

  OnwardMetrics(MeterRegistry registry, CollectorRegistry collectors) {
    this.meters = new Meters(registry);
    this.counts = new Counts(collectors);
    this.cycleDuration = meters.histogram(OnwardMetric.CYCLE_DURATION, Meters.CYCLE_TIMES);
    this.ofEverything = new WordMeters(counts, WordMeters.EVERYTHING);
    REFUSALS.forEach(kind -> meters.counter(OnwardMetric.REFUSED_REQUESTS, kind));
  }

  @Override
  public void cycleEnded(CycleReport report) {
    cycleDuration.record(report.duration());
    fitted(report.desired()).count(report);
  }

  /** What people do through a standby is counted, from 0 on; its looks are no cycles. */
  @Override
  public void looked(CycleReport report) {
    fitted(report.desired()).standBy();
  }

  @Override
  public void wishEnded(DesiredState desired, Wish wish, Intervention said, WishReport report) {
    // No first cycle, no meters yet; and none again of a project that was just removed.
    if (projects.containsKey(desired.project())) {
      fitted(desired).count(wish, report);
    }
  }

  /**
   * Somebody was not let, or was kept from it by what stands.
   *
   * @param kind one of a few words
   */
  public void refused(String kind) {
    meters.counter(OnwardMetric.REFUSED_REQUESTS, kind).increment();
  }

  void saidOfEverything(OperatorWord word, WishReport report) {
    ofEverything.count(word, report);
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
            Meters.REQUEST_TIMES,
            call.service(),
            call.operation()));
  }

  private record Call(String service, String operation, String outcome) {}

  /** The duration's is shared by all outcomes. */
  private record CallMeters(Counter requests, Timer duration) {
    void record(Duration took) {
      requests.increment();
      duration.record(took);
    }
  }
}
