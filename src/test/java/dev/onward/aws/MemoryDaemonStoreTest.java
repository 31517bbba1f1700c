package dev.onward.aws;

import dev.onward.reconcile.DaemonStore;
import dev.onward.reconcile.MemoryDaemonStore;

/** What other tests take for the daemon's store does as the real one does. */
final class MemoryDaemonStoreTest extends DaemonStoreContract {
  private final MemoryDaemonStore store = new MemoryDaemonStore();

  @Override
  DaemonStore store() {
    return store;
  }
}
