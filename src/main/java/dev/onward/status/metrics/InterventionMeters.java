package dev.onward.status.metrics;

import dev.onward.command.CommandResult;
import dev.onward.model.intervention.Intervention;
import dev.onward.plan.command.CommandDecision;
import dev.onward.store.WriteOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts interventions of one project, or global ones. Accepted interventions are present at 0 from
 * the start; rejections and failures from their first occurrence.
 */
final class InterventionMeters {
  /** The project label of global interventions: not a valid project id. */
  static final String EVERYTHING = "*";

  /** The actions that are counted, by their events. */
  static final List<String> ACTIONS =
      List.of(
          "environment_held",
          "environment_resumed",
          "release_rejected",
          "release_unrejected",
          "release_approved",
          "approval_withdrawn",
          "freeze_set",
          "freeze_lifted",
          "everything_stopped",
          "everything_resumed");

  private static final String ACCEPTED = "accepted";

  private final HighCardinalitySeries counts;
  private final String project;
  private final Map<Counted, Tally> counters = new HashMap<>();

  InterventionMeters(HighCardinalitySeries counts, String project) {
    this.counts = counts;
    this.project = project;
    ACTIONS.forEach(action -> counter(new Counted(action, ACCEPTED)));
  }

  synchronized void count(Intervention intervention, CommandResult report) {
    outcome(report)
        .ifPresent(outcome -> counter(new Counted(intervention.event(), outcome)).increment());
  }

  void remove() {
    counters.values().forEach(counts::remove);
  }

  private Tally counter(Counted counted) {
    return counters.computeIfAbsent(
        counted, c -> counts.tally(OnwardMetric.INTERVENTIONS, project, c.action(), c.outcome()));
  }

  /** Absent for a preview. */
  private static Optional<String> outcome(CommandResult report) {
    if (report.dryRun()) {
      return Optional.empty();
    }
    return report.grant() instanceof CommandDecision.Refused
        ? Optional.of("rejected")
        : report.outcome().map(InterventionMeters::outcome);
  }

  private static String outcome(WriteOutcome outcome) {
    return switch (outcome) {
      case WriteOutcome.Applied _, WriteOutcome.AlreadyApplied _ -> ACCEPTED;
      case WriteOutcome.Conflict _ -> "conflict";
      case WriteOutcome.Unknown _ -> "unknown";
      case WriteOutcome.Failed _ -> "failed";
    };
  }

  private record Counted(String action, String outcome) {}
}
