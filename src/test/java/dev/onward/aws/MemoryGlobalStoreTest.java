package dev.onward.aws;

import dev.onward.reconcile.MemoryGlobalStore;
import dev.onward.store.GlobalStore;

/** What other tests take for the daemon's store does as the real one does. */
final class MemoryGlobalStoreTest extends GlobalStoreContract {
  private final MemoryGlobalStore store = new MemoryGlobalStore();

  @Override
  public GlobalStore store() {
    return store;
  }
}
