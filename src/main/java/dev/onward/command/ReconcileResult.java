package dev.onward.command;

import dev.onward.reconcile.CycleReport;

/** The result of a reconcile request. */
public sealed interface ReconcileResult {
  /**
   * The cycle has ended.
   *
   * @param report for a preview, the plan's actions are what would be done
   */
  record Ended(CycleReport report) implements ReconcileResult {}

  /** The cycle takes longer than the request waits; it continues. */
  record UnderWay() implements ReconcileResult {}
}
