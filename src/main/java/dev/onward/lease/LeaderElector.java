package dev.onward.lease;

import dev.onward.OnwardConfig;
import dev.onward.store.Failure;
import dev.onward.store.LeaseRecord;
import dev.onward.store.LeaseRecord.Presence;
import dev.onward.store.LeaseStore;
import dev.onward.store.StoreException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Maintains this replica's part in the lease: acquires it when it is free, renews it three times a
 * term while holding it, and checks every second whether another replica's lease has become free.
 *
 * <p>Whether this replica leads follows from its own clock at the time of asking, not from the last
 * write: a leader that cannot write stops when its term ends, even while the write is in flight.
 */
@ApplicationScoped
public class LeaderElector {
  private static final Logger LOG = Logger.getLogger(LeaderElector.class);

  /** A released lease is found within this time, whatever its term. */
  private static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);

  private static final int CLAIMS_A_TERM = 3;

  /** After so many terms of unreachability no replica is assumed to lead. */
  private static final int TERMS_OUT_OF_REACH = 2;

  private final String lease;
  private final Duration term;
  private final boolean alone;
  private final LeaseStore store;
  private final String self;
  private final Instant startedAt;
  private final LongSupplier nanoTime;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("lease").factory());

  private volatile LeaseView view;
  private volatile Optional<Outage> outage = Optional.empty();
  private volatile long lastStep;
  private volatile boolean ended;

  /** The current step, or the next one; null before the first. */
  private final AtomicReference<@Nullable Future<?>> current = new AtomicReference<>();

  private volatile Runnable onLeading = () -> {};

  /** Accessed only by the lease thread. */
  private Optional<LeadershipState> told = Optional.empty();

  private long presenceBeat;
  private Optional<Long> attendedAt = Optional.empty();
  private Optional<Try> unanswered = Optional.empty();

  /**
   * An attempt whose response was lost: it may have been applied at any time since, and other
   * replicas measure the term from then.
   *
   * @param beat the beat it was conditional on
   */
  private record Try(long beat, long begun) {}

  /** The lease is unreachable. */
  private record Outage(Failure failure, long since) {}

  @Inject
  LeaderElector(OnwardConfig config, LeaseStore.Provider leases, ReplicaIdentity replica) {
    this(
        config,
        leases.lease(config.lease().name(), claimInterval(config.lease().term())),
        replica.id(),
        replica.startedAt(),
        System::nanoTime);
  }

  public LeaderElector(
      OnwardConfig config,
      LeaseStore store,
      String self,
      Instant startedAt,
      LongSupplier nanoTime) {
    this.lease = config.lease().name();
    this.term = config.lease().term();
    this.alone = !config.lease().enabled() || config.mode() == OnwardConfig.Mode.OBSERVE;
    this.store = store;
    this.self = self;
    this.startedAt = startedAt;
    this.nanoTime = nanoTime;
    this.lastStep = nanoTime.getAsLong();
    this.view = LeaseView.none(self, lastStep);
  }

  private static Duration claimInterval(Duration term) {
    return term.dividedBy(CLAIMS_A_TERM);
  }

  private Duration watchInterval() {
    return shorter(WATCH_INTERVAL, claimInterval(term));
  }

  /**
   * Starts taking part in the election.
   *
   * @param patience how long to wait until it is known whether this replica leads
   * @param leading runs whenever this replica becomes the leader
   */
  public void begin(Duration patience, Runnable leading) {
    if (alone) {
      return;
    }
    onLeading = leading;
    Future<?> first = executor.submit(this::stepAndGoOn);
    // Unless that step has already run and scheduled the next.
    current.compareAndSet(null, first);
    if (!await(first, patience)) {
      LOG.debugf("No response from the lease within %s", patience);
    }
  }

  /**
   * Releases the lease, if this replica holds it, and stops taking part. A hanging step is
   * interrupted.
   */
  public void end(Duration patience) {
    if (!alone) {
      Future<?> leaving = executor.submit(this::leave);
      if (!await(leaving, patience.dividedBy(2))) {
        Optional.ofNullable(current.get()).ifPresent(step -> step.cancel(true));
        if (!await(leaving, patience.dividedBy(2))) {
          LOG.warnf("Failed to release lease %s within %s: it will expire", lease, patience);
        }
      }
    }
    executor.shutdownNow();
  }

  /** This replica's current leadership state. */
  public LeadershipState state() {
    long now = nanoTime.getAsLong();
    if (alone || view.leads(now)) {
      return LeadershipState.LEADER;
    }
    Duration patience = term.multipliedBy(TERMS_OUT_OF_REACH);
    return outage.filter(it -> now - it.since() > patience.toNanos()).isPresent()
        ? LeadershipState.NO_LEADER
        : LeadershipState.STANDBY;
  }

  /** Whether no lease is used, because none is needed or because Onward runs in observe mode. */
  public boolean isAlone() {
    return alone;
  }

  /** The current leader as far as known; empty also if no lease is used. */
  public Optional<String> leader() {
    return alone ? Optional.empty() : view.leader(nanoTime.getAsLong());
  }

  /** All replicas known to be alive, including this one. */
  public SortedMap<String, Presence> replicas() {
    var there = new TreeMap<>(view.there(term, nanoTime.getAsLong()));
    there.computeIfAbsent(self, id -> new Presence(startedAt, 0));
    return there;
  }

  /** Why this replica cannot reach the lease. */
  public Optional<Failure> problem() {
    return outage.map(Outage::failure);
  }

  /** The time since the last completed step: grows only while the lease thread is stuck. */
  public Duration sinceLastStep() {
    return alone ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - lastStep);
  }

  private void stepAndGoOn() {
    Duration pause = step();
    try {
      current.set(executor.schedule(this::stepAndGoOn, pause.toNanos(), TimeUnit.NANOSECONDS));
    } catch (RejectedExecutionException e) {
      LOG.debug("Lease thread stopped: Onward is shutting down", e);
    }
  }

  /**
   * Runs one step.
   *
   * @return how long to wait before the next step
   */
  public Duration step() {
    lastStep = nanoTime.getAsLong();
    if (ended) {
      return term;
    }
    try {
      if (!view.leads(nanoTime.getAsLong())) {
        look();
      }
      switch (view.next(nanoTime.getAsLong())) {
        case CLAIM -> claim();
        case WATCH -> attend();
      }
      reached();
    } catch (StoreException e) {
      missed(e.failure());
    } catch (RuntimeException e) {
      LOG.errorf(e, "Unhandled exception maintaining lease %s: this is a bug in Onward", lease);
      missed(Failure.transientOne("internal error: " + e));
    }
    publish(state());
    return pause(nanoTime.getAsLong());
  }

  private void look() {
    LeaseRecord read = store.read();
    view = view.seeing(read, nanoTime.getAsLong());
  }

  private void claim() {
    long now = nanoTime.getAsLong();
    long beat = view.record().beat();
    long begun = unanswered.filter(it -> it.beat() == beat).map(Try::begun).orElse(now);
    unanswered = Optional.of(new Try(beat, begun));
    var claim = new LeaseStore.Claim(self, beat, term, presence(), view.gone(term, now));
    Optional<LeaseRecord> written = store.claim(claim);
    unanswered = Optional.empty();
    if (written.isPresent()) {
      if (!view.leads(nanoTime.getAsLong())) {
        // This process was suspended for longer than the term: meanwhile it counted as a standby.
        told = Optional.empty();
      }
      view = view.claimed(written.get(), term, begun, nanoTime.getAsLong());
    } else {
      view = view.resigned();
      look();
    }
  }

  private void attend() {
    long now = nanoTime.getAsLong();
    if (attendedAt.filter(at -> now - at < term.toNanos()).isEmpty()) {
      store.attend(self, presence());
      attendedAt = Optional.of(now);
    }
  }

  private Presence presence() {
    return new Presence(startedAt, ++presenceBeat);
  }

  private void leave() {
    ended = true;
    Optional<Long> beat =
        Optional.of(view.record())
            .filter(record -> record.leader().filter(self::equals).isPresent())
            .map(LeaseRecord::beat);
    view = view.resigned();
    try {
      store.leave(self, beat);
    } catch (StoreException e) {
      LOG.warnf("Failed to release lease %s, it will expire: %s", lease, e.getMessage());
    }
  }

  private Duration pause(long now) {
    if (outage.isPresent()) {
      return watchInterval();
    }
    Duration pause =
        view.leadsUntil()
            .map(until -> Duration.ofNanos(until - now).minus(term).plus(claimInterval(term)))
            .orElseGet(() -> shorter(watchInterval(), view.untilSilent(now)));
    return pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause;
  }

  private void reached() {
    outage.ifPresent(it -> LOG.infof("Lease %s is reachable again", lease));
    outage = Optional.empty();
  }

  private void missed(Failure failure) {
    if (outage.isEmpty()) {
      LOG.warnf("Lease %s is unreachable: %s", lease, failure.message());
    }
    long since = outage.map(Outage::since).orElseGet(nanoTime::getAsLong);
    outage = Optional.of(new Outage(failure, since));
  }

  /** Logs one line whenever this replica's leadership state changes. */
  private void publish(LeadershipState leadership) {
    if (told.filter(leadership::equals).isPresent()) {
      return;
    }
    told = Optional.of(leadership);
    switch (leadership) {
      case LEADER -> {
        LOG.infof("Acquired lease %s as %s: this replica is the leader", lease, self);
        onLeading.run();
      }
      case STANDBY ->
          LOG.infof("Standby: %s holds lease %s", leader().orElse("an unknown replica"), lease);
      case NO_LEADER ->
          LOG.errorf(
              "No leader: lease %s has been unreachable for %s; all replicas reconcile at standby"
                  + " pace until it is reachable again",
              lease, term.multipliedBy(TERMS_OUT_OF_REACH));
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Whether the step completed in time. */
  private static boolean await(Future<?> step, Duration patience) {
    try {
      step.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
