package dev.onward.aws;

import dev.onward.model.ProjectId;
import dev.onward.reconcile.MemoryRequestLedger;
import dev.onward.reconcile.RequestLedger;
import java.util.HashMap;
import java.util.Map;

/** What other tests take for the ledger does as the real one does. */
final class MemoryRequestLedgerTest extends RequestLedgerContract {
  private final Map<ProjectId, RequestLedger> ledgers = new HashMap<>();

  @Override
  synchronized RequestLedger ledger(ProjectId project) {
    return ledgers.computeIfAbsent(project, id -> new MemoryRequestLedger(clock));
  }
}
