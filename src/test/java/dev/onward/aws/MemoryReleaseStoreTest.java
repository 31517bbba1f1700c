package dev.onward.aws;

import dev.onward.model.ProjectId;
import dev.onward.reconcile.MemoryReleaseStore;
import dev.onward.store.ReleaseStore;

/** What other tests take for a release store keeps what operators say as the real one does. */
final class MemoryReleaseStoreTest extends InterventionsContract {
  private final MemoryReleaseStore store = new MemoryReleaseStore();

  @Override
  public ReleaseStore store(ProjectId project) {
    return store;
  }
}
