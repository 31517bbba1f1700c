package dev.onward.command;

import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.intervention.InterventionState;
import dev.onward.plan.command.CommandDecision;
import dev.onward.reconcile.ReconcileLoop;
import dev.onward.status.StatusSnapshot;
import dev.onward.status.events.EventFeed;
import dev.onward.status.log.ReconcileLog;
import dev.onward.status.metrics.ReconcileMetrics;
import dev.onward.store.WriteOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Says operators' words about everything, and has them logged, counted and shown. Of what is wished
 * of one project the loop tells its listeners; this belongs to none.
 */
@ApplicationScoped
public class SpokenWords {
  private final ReconcileLoop loop;
  private final StatusSnapshot board;
  private final ReconcileLog log;
  private final ReconcileMetrics metrics;
  private final EventFeed feed;

  SpokenWords(
      ReconcileLoop loop,
      StatusSnapshot board,
      ReconcileLog log,
      ReconcileMetrics metrics,
      EventFeed feed) {
    this.loop = loop;
    this.board = board;
    this.log = log;
    this.metrics = metrics;
    this.feed = feed;
  }

  /**
   * As {@link ReconcileLoop#updateGlobalInterventions}.
   *
   * @param expected the version at which what stands must be, if whoever asks has looked
   * @param dryRun whether only to find out what comes of it
   */
  public CommandResult updateInterventions(
      Intervention intervention, Optional<Long> expected, Attribution attribution, boolean dryRun) {
    CommandResult report =
        loop.updateGlobalInterventions(intervention, expected, attribution, dryRun);
    if (dryRun) {
      return report;
    }
    inForce(report).ifPresent(board::globalInterventionsChanged);
    log.globalInterventionsChanged(intervention, attribution, report);
    metrics.globalInterventionsChanged(intervention, report);
    feed.globalInterventionsChanged(report);
    return report;
  }

  private static Optional<InterventionState> inForce(CommandResult report) {
    return report.grant() instanceof CommandDecision.Say(var update)
            && report.outcome().filter(WriteOutcome::applied).isPresent()
        ? Optional.of(update.to())
        : Optional.empty();
  }
}
