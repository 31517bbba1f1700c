package dev.onward.status.log;

import dev.onward.model.EnvironmentId;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.Plan;
import dev.onward.reconcile.CycleReport;
import java.util.List;
import java.util.Optional;

/**
 * A past or planned action of a cycle, as the log describes it.
 *
 * @param environment where, if it concerns one
 * @param release the release it concerns, if any
 */
public record ActionSummary(
    Optional<EnvironmentId> environment, Optional<ReleaseId> release, String sentence) {
  public static List<ActionSummary> done(CycleReport report) {
    return lines(report)
        .map(lines -> lines.done(report.results()))
        .map(ActionSummary::of)
        .orElse(List.of());
  }

  /** What a cycle without writes would have done. */
  public static List<ActionSummary> planned(CycleReport report) {
    return lines(report)
        .map(lines -> lines.planned(report.plan().map(Plan::actions).orElse(List.of())))
        .map(ActionSummary::of)
        .orElse(List.of());
  }

  private static Optional<ActionLines> lines(CycleReport report) {
    return report.observed().map(observed -> new ActionLines(report.desired().project(), observed));
  }

  private static List<ActionSummary> of(List<LogLine> lines) {
    return lines.stream()
        .map(line -> new ActionSummary(line.environment(), line.release(), line.sentence()))
        .toList();
  }
}
