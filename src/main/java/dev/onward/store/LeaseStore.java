package dev.onward.store;

import dev.onward.store.LeaseRecord.Presence;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The port to one lease. Every method throws {@link StoreException} if the lease is unreachable;
 * whether a write succeeded is then unknown until the next read.
 */
public interface LeaseStore {
  /** The lease as currently stored. */
  LeaseRecord read();

  /**
   * Acquires or renews the lease, on condition that it was not acquired, renewed or released since.
   *
   * @return the record as written; empty if the condition failed
   */
  Optional<LeaseRecord> claim(Claim claim);

  /** Records a replica's heartbeat. */
  void attend(String replica, Presence presence);

  /**
   * Releases the lease if the replica holds it at that beat, and removes the replica's heartbeat.
   */
  void leave(String replica, Optional<Long> leadingAt);

  /**
   * What to write.
   *
   * @param expected the beat as last read
   * @param gone replicas that have been silent too long to be listed
   */
  record Claim(String replica, long expected, Duration term, Presence presence, Set<String> gone) {
    public Claim {
      gone = Set.copyOf(gone);
    }
  }

  /** Opens leases with the process's own credentials. */
  interface Provider {
    /**
     * The lease of that name.
     *
     * @param patience time-out of one attempt at a call: a late answer is of no use
     */
    LeaseStore lease(String name, Duration patience);
  }
}
