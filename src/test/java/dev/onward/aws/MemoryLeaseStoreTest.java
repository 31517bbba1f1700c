package dev.onward.aws;

import dev.onward.lease.MemoryLeaseStore;
import dev.onward.store.LeaseStore;

/** The contract, kept by the memory that the tests of the lease use. */
final class MemoryLeaseStoreTest extends LeaseStoreContract {
  private final LeaseStore lease = new MemoryLeaseStore();

  @Override
  public LeaseStore lease() {
    return lease;
  }
}
