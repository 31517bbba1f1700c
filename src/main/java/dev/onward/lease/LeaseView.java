package dev.onward.lease;

import dev.onward.store.LeaseRecord;
import dev.onward.store.LeaseRecord.Presence;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one replica knows of the lease, and what follows from it. Pure: times are passed in, and
 * come from the replica's own monotonic clock. Clocks are never compared: a leader is silent if the
 * record did not change for a whole term while a replica watched.
 *
 * <p>This is safe without fencing. A leader measures its term from before the write that a watcher
 * can only see afterwards, so it stops before another replica takes over; should it be suspended
 * between reading its clock and writing, every write is conditional.
 *
 * @param self the replica
 * @param beatSince since when the record is known to be at this beat
 * @param present since when each replica is known to be at its last heartbeat
 * @param leadsUntil until when this replica may assume that it leads
 */
record LeaseView(
    String self,
    LeaseRecord record,
    long beatSince,
    Map<String, Long> present,
    Optional<Long> leadsUntil) {
  /** After so many terms of silence a replica is no longer listed. */
  private static final int SILENT_TERMS = 3;

  LeaseView {
    present = Map.copyOf(present);
  }

  /** The next operation on the lease. */
  enum Next {
    /** Acquire or renew it. */
    CLAIM,
    WATCH
  }

  static LeaseView none(String self, long now) {
    return new LeaseView(self, LeaseRecord.NONE, now, Map.of(), Optional.empty());
  }

  /**
   * @param now when the read had returned: the record may have changed just before
   */
  LeaseView seeing(LeaseRecord read, long now) {
    boolean silent = read.beat() == record.beat() && read.leader().equals(record.leader());
    Map<String, Long> since =
        read.replicas().keySet().stream()
            .collect(Collectors.toMap(Function.identity(), id -> presentSince(id, read, now)));
    return new LeaseView(
        self,
        read,
        silent ? beatSince : now,
        since,
        leadsUntil.filter(until -> read.leader().filter(self::equals).isPresent()));
  }

  private long presentSince(String replica, LeaseRecord read, long now) {
    Presence before = record.replicas().get(replica);
    return before != null && before.equals(read.replicas().get(replica))
        ? present.getOrDefault(replica, now)
        : now;
  }

  /**
   * @param begun when the write began: the term is measured from then
   */
  LeaseView claimed(LeaseRecord written, Duration term, long begun, long now) {
    LeaseView seen = seeing(written, now);
    return new LeaseView(
        self, seen.record, seen.beatSince, seen.present, Optional.of(begun + term.toNanos()));
  }

  /** This view after another replica acquired the lease, or after this one released it. */
  LeaseView resigned() {
    return new LeaseView(self, record, beatSince, present, Optional.empty());
  }

  Next next(long now) {
    if (record.leader().filter(leader -> !leader.equals(self)).isEmpty()) {
      return Next.CLAIM;
    }
    return untilSilent(now).isPositive() ? Next.WATCH : Next.CLAIM;
  }

  /** How much longer the leader may be silent; zero or less once the lease is free. */
  Duration untilSilent(long now) {
    return record.term().minusNanos(now - beatSince);
  }

  boolean leads(long now) {
    return leadsUntil.filter(until -> now - until < 0).isPresent();
  }

  /** The current leader, as far as known. */
  Optional<String> leader(long now) {
    return record
        .leader()
        .filter(id -> id.equals(self) ? leads(now) : untilSilent(now).isPositive());
  }

  /** The live replicas, including this one. */
  Map<String, Presence> there(Duration term, long now) {
    var there = new TreeMap<>(record.replicas());
    there.keySet().removeAll(gone(term, now));
    return there;
  }

  /** The other replicas that have been silent too long to count as alive. */
  Set<String> gone(Duration term, long now) {
    long patience = term.multipliedBy(SILENT_TERMS).toNanos();
    var gone = new TreeSet<String>();
    present.forEach(
        (replica, since) -> {
          if (!replica.equals(self) && now - since > patience) {
            gone.add(replica);
          }
        });
    return gone;
  }
}
