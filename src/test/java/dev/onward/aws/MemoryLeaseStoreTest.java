package dev.onward.aws;

import dev.onward.reconcile.LeaseStore;
import dev.onward.reconcile.MemoryLeaseStore;

/** The contract, kept by the memory that the tests of the lease use. */
final class MemoryLeaseStoreTest extends LeaseStoreContract {
  private final LeaseStore lease = new MemoryLeaseStore();

  @Override
  LeaseStore lease() {
    return lease;
  }
}
