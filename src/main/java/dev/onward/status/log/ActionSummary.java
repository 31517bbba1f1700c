package dev.onward.status.log;

import dev.onward.model.EnvironmentId;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.Plan;
import dev.onward.reconcile.CycleReport;
import java.util.List;
import java.util.Optional;

/**
 * Something that a cycle did, or would do, in the words of the log.
 *
 * @param environment where, if it was in one
 * @param release which it is about, if it is about one
 */
public record ActionSummary(
    Optional<EnvironmentId> environment, Optional<ReleaseId> release, String sentence) {
  public static List<ActionSummary> done(CycleReport report) {
    return lines(report)
        .map(lines -> lines.done(report.results()))
        .map(ActionSummary::of)
        .orElse(List.of());
  }

  /** What a cycle that did nothing would have done. */
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
