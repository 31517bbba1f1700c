package dev.onward.store;

import dev.onward.store.LeaseRecord.Presence;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The port to one lease. Every method throws {@link StoreException} if the lease is out of reach;
 * nobody knows then whether a write came about, and whoever looks next finds out.
 */
public interface LeaseStore {
  /** As it is recorded now. */
  LeaseRecord read();

  /**
   * Takes the lease, or keeps it, if nobody has taken, kept or given it back since.
   *
   * @return what is recorded then; empty if somebody was faster
   */
  Optional<LeaseRecord> claim(Claim claim);

  /** Says that a replica is there. */
  void attend(String replica, Presence presence);

  /** Gives the lease back if it is the replica's at that beat, and says that the replica goes. */
  void leave(String replica, Optional<Long> leadingAt);

  /**
   * What is to be written.
   *
   * @param expected the beat that was last seen
   * @param gone replicas that have been silent for so long that they are no longer listed
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
     * @param patience how long one attempt at a call may take: a late answer is of no use
     */
    LeaseStore lease(String name, Duration patience);
  }
}
