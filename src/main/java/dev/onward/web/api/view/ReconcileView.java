package dev.onward.web.api.view;

import dev.onward.command.ReconcileResult;
import dev.onward.reconcile.CycleReport;
import dev.onward.status.log.ActionSummary;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What came of looking at a project at once.
 *
 * @param done whether it was looked at to act; not if this is a dry run
 * @param ended whether the cycle is over; if not, it goes on, and the project will say how it went
 * @param cycle how it went; absent while it goes on
 * @param problem what kept it from seeing or doing all, in words
 * @param actions what it did; of a dry run, what it would do
 */
@Schema(name = "Reconcile")
public record ReconcileView(
    boolean done,
    boolean dryRun,
    boolean ended,
    Optional<CycleView.Last> cycle,
    Optional<String> problem,
    List<Step> actions) {

  public static ReconcileView of(ReconcileResult glance, boolean dryRun) {
    return switch (glance) {
      case ReconcileResult.Ended(CycleReport report) ->
          new ReconcileView(
              !dryRun,
              dryRun,
              true,
              Optional.of(CycleView.Last.of(report)),
              report.failure().map(failure -> failure.message()),
              (dryRun ? ActionSummary.planned(report) : ActionSummary.done(report))
                  .stream().map(Step::of).toList());
      case ReconcileResult.UnderWay() ->
          new ReconcileView(true, dryRun, false, Optional.empty(), Optional.empty(), List.of());
    };
  }

  /** One action, in the words of the log. */
  @Schema(name = "ReconcileStep")
  record Step(Optional<String> environment, Optional<String> release, String summary) {
    private static Step of(ActionSummary deed) {
      return new Step(
          deed.environment().map(id -> id.value()),
          deed.release().map(id -> id.value()),
          deed.sentence());
    }
  }
}
