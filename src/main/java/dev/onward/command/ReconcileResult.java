package dev.onward.command;

import dev.onward.reconcile.CycleReport;

/** What came of having a project looked at at once. */
public sealed interface ReconcileResult {
  /**
   * The cycle has ended.
   *
   * @param report of a preview: what would be done is the plan's actions
   */
  record Ended(CycleReport report) implements ReconcileResult {}

  /** It takes longer than anybody waits; it goes on. */
  record UnderWay() implements ReconcileResult {}
}
