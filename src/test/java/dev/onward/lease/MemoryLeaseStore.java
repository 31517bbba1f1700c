package dev.onward.lease;

import dev.onward.store.Failure;
import dev.onward.store.LeaseRecord;
import dev.onward.store.LeaseRecord.Presence;
import dev.onward.store.LeaseStore;
import dev.onward.store.StoreException;
import dev.onward.testing.Settings;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** A lease in memory, which can be put out of reach. */
public final class MemoryLeaseStore implements LeaseStore {
  private LeaseRecord record = LeaseRecord.NONE;
  private Optional<Failure> outage = Optional.empty();
  private boolean losesAnswers;
  private volatile boolean hangs;
  private volatile boolean hanging;

  /** Of a process that is alone. */
  public static LeaderElector unneeded() {
    return new LeaderElector(
        Settings.of("onward.lease.enabled", "false"),
        new MemoryLeaseStore(),
        "alone",
        Instant.EPOCH,
        System::nanoTime);
  }

  synchronized void fail(Failure failure) {
    outage = Optional.of(failure);
  }

  /** Claims are carried out, and whoever claims does not get to know. */
  synchronized void loseAnswers() {
    losesAnswers = true;
  }

  /** The next claim never ends by itself. */
  void hang() {
    hangs = true;
  }

  boolean isHanging() {
    return hanging;
  }

  synchronized void mend() {
    outage = Optional.empty();
    losesAnswers = false;
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
  public Optional<LeaseRecord> claim(Claim claim) {
    if (hangs) {
      hanging = true;
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw new StoreException(Failure.transientOne("broken off"), true, e);
      }
    }
    return claimed(claim);
  }

  private synchronized Optional<LeaseRecord> claimed(Claim claim) {
    if (read().beat() != claim.expected()) {
      return isWritten(claim) ? Optional.of(record) : Optional.empty();
    }
    var replicas = new TreeMap<>(record.replicas());
    replicas.keySet().removeAll(claim.gone());
    replicas.put(claim.replica(), claim.presence());
    record =
        new LeaseRecord(Optional.of(claim.replica()), record.beat() + 1, claim.term(), replicas);
    if (losesAnswers) {
      throw new StoreException(Failure.transientOne("no answer"), true, new IOException("cut"));
    }
    return Optional.of(record);
  }

  private boolean isWritten(Claim claim) {
    return record.beat() == claim.expected() + 1
        && record.leader().filter(claim.replica()::equals).isPresent();
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
