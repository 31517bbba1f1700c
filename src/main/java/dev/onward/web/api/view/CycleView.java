package dev.onward.web.api.view;

import dev.onward.plan.Words;
import dev.onward.reconcile.CycleReport;
import dev.onward.status.ProjectStatus;
import dev.onward.status.ProjectStatus.Seen;
import java.time.Instant;
import java.util.Optional;

/**
 * How a project's cycles go.
 *
 * @param last absent until a first cycle has ended
 * @param lastSuccessAt when a cycle last ended well
 * @param observedAt when a cycle last could look at the project: how old everything shown is
 * @param failing present while cycles fail
 */
public record CycleView(
    Optional<Last> last,
    Optional<Instant> lastSuccessAt,
    Optional<Instant> observedAt,
    Optional<Failing> failing) {

  public static CycleView of(ProjectStatus status) {
    return new CycleView(
        status.lastCycle().map(Last::of),
        status.lastSuccess(),
        status.seen().map(Seen::at),
        status.failing().map(Failing::of));
  }

  /**
   * The last cycle.
   *
   * @param outcome {@code succeeded}, {@code conflict}, {@code failed} or {@code stalled}
   */
  record Last(Instant startedAt, double durationSeconds, String outcome) {
    static Last of(CycleReport report) {
      return new Last(
          report.startedAt(), report.duration().toNanos() / 1e9, Words.of(report.outcome()));
    }
  }

  /**
   * A run of failing cycles.
   *
   * @param kind {@code stalled}: a person must act; {@code transient} or {@code waiting}: tried
   *     again
   * @param reason the newest failure, in words
   */
  record Failing(String kind, String reason, Instant since, int cycles) {
    static Failing of(ProjectStatus.Failing failing) {
      return new Failing(
          failing.failure().kind().word(),
          failing.failure().message(),
          failing.since(),
          failing.cycles());
    }
  }
}
