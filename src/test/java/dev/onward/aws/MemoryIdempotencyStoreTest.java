package dev.onward.aws;

import dev.onward.model.ProjectId;
import dev.onward.reconcile.MemoryIdempotencyStore;
import dev.onward.store.IdempotencyStore;
import java.util.HashMap;
import java.util.Map;

/** What other tests take for the ledger does as the real one does. */
final class MemoryIdempotencyStoreTest extends IdempotencyStoreContract {
  private final Map<ProjectId, IdempotencyStore> ledgers = new HashMap<>();

  @Override
  public synchronized IdempotencyStore ledger(ProjectId project) {
    return ledgers.computeIfAbsent(project, id -> new MemoryIdempotencyStore(clock));
  }
}
