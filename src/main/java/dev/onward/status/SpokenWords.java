package dev.onward.status;

import dev.onward.model.Intervention;
import dev.onward.model.Interventions;
import dev.onward.model.OperatorWord;
import dev.onward.plan.Grant;
import dev.onward.reconcile.ReconcileLoop;
import dev.onward.reconcile.WishReport;
import dev.onward.reconcile.WriteOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Says operators' words about everything, and has them logged, counted and shown. Of what is wished
 * of one project the loop tells its listeners; this belongs to none.
 */
@ApplicationScoped
public class SpokenWords {
  private final ReconcileLoop loop;
  private final StatusBoard board;
  private final CycleLog log;
  private final OnwardMetrics metrics;
  private final EventFeed feed;

  SpokenWords(
      ReconcileLoop loop, StatusBoard board, CycleLog log, OnwardMetrics metrics, EventFeed feed) {
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
  public WishReport say(
      OperatorWord word, Optional<Long> expected, Intervention said, boolean dryRun) {
    WishReport report = loop.sayToEverything(word, expected, said, dryRun);
    if (dryRun) {
      return report;
    }
    standing(report).ifPresent(board::saidOfEverything);
    log.saidOfEverything(word, said, report);
    metrics.saidOfEverything(word, report);
    feed.saidOfEverything(report);
    return report;
  }

  private static Optional<Interventions> standing(WishReport report) {
    return report.grant() instanceof Grant.Say(var saying)
            && report.outcome().filter(WriteOutcome::applied).isPresent()
        ? Optional.of(saying.to())
        : Optional.empty();
  }
}
