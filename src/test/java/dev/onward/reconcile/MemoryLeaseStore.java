package dev.onward.reconcile;

import dev.onward.reconcile.LeaseRecord.Presence;
import dev.onward.testing.Settings;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A lease in memory, which can be put out of reach. */
public final class MemoryLeaseStore implements LeaseStore {
  private LeaseRecord record = LeaseRecord.NONE;
  private Optional<Failure> outage = Optional.empty();

  /** Of a process that is alone. */
  static Leadership unneeded() {
    return new Leadership(
        Settings.of("onward.lease.enabled", "false"),
        new MemoryLeaseStore(),
        "alone",
        Instant.EPOCH,
        System::nanoTime);
  }

  synchronized void fail(Failure failure) {
    outage = Optional.of(failure);
  }

  synchronized void mend() {
    outage = Optional.empty();
  }

  @Override
  public synchronized LeaseRecord read() {
    outage.ifPresent(
        failure -> {
          throw new StoreException(failure);
        });
    return record;
  }

  @Override
  public synchronized Optional<LeaseRecord> claim(Claim claim) {
    if (read().beat() != claim.expected()) {
      return Optional.empty();
    }
    var replicas = new TreeMap<>(record.replicas());
    replicas.keySet().removeAll(claim.gone());
    replicas.put(claim.replica(), claim.presence());
    record =
        new LeaseRecord(Optional.of(claim.replica()), record.beat() + 1, claim.term(), replicas);
    return Optional.of(record);
  }

  @Override
  public synchronized void attend(String replica, Presence presence) {
    var replicas = new TreeMap<>(read().replicas());
    replicas.put(replica, presence);
    record = new LeaseRecord(record.leader(), record.beat(), record.term(), replicas);
  }

  @Override
  public synchronized void leave(String replica, Optional<Long> leadingAt) {
    Map<String, Presence> replicas = new TreeMap<>(read().replicas());
    replicas.remove(replica);
    boolean own =
        leadingAt.filter(beat -> beat == record.beat()).isPresent()
            && record.leader().filter(replica::equals).isPresent();
    record =
        new LeaseRecord(
            own ? Optional.empty() : record.leader(),
            own ? record.beat() + 1 : record.beat(),
            record.term(),
            replicas);
  }
}
