package dev.onward.aws;

import dev.onward.model.ProjectId;
import dev.onward.reconcile.MemoryReleaseStore;
import dev.onward.reconcile.ReleaseStore;

/** What other tests take for a release store keeps what operators say as the real one does. */
final class MemoryReleaseStoreTest extends OperatorsContract {
  private final MemoryReleaseStore store = new MemoryReleaseStore();

  @Override
  ReleaseStore store(ProjectId project) {
    return store;
  }
}
