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
   * As {@link ReconcileLoop#sayToEverything}.
   *
   * @param expected the version at which what stands must be, if whoever asks has looked
   * @param dryRun whether only to find out what comes of it
   */
  public CommandResult say(
      Intervention word, Optional<Long> expected, Attribution said, boolean dryRun) {
    CommandResult report = loop.sayToEverything(word, expected, said, dryRun);
    if (dryRun) {
      return report;
    }
    standing(report).ifPresent(board::saidOfEverything);
    log.saidOfEverything(word, said, report);
    metrics.saidOfEverything(word, report);
    feed.saidOfEverything(report);
    return report;
  }

  private static Optional<InterventionState> standing(CommandResult report) {
    return report.grant() instanceof CommandDecision.Say(var saying)
            && report.outcome().filter(WriteOutcome::applied).isPresent()
        ? Optional.of(saying.to())
        : Optional.empty();
  }
}
