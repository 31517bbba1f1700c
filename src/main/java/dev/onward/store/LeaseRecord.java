package dev.onward.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A lease as stored.
 *
 * @param leader the replica that holds it; empty if it was released or never acquired
 * @param beat counts every acquisition, renewal and release
 * @param term how long a silent leader keeps the lease
 * @param replicas all replicas that reported a heartbeat, by id
 */
public record LeaseRecord(
    Optional<String> leader, long beat, Duration term, SortedMap<String, Presence> replicas) {
  /** A lease that was never acquired. */
  public static final LeaseRecord NONE =
      new LeaseRecord(Optional.empty(), 0, Duration.ZERO, Map.of());

  public LeaseRecord {
    replicas = Collections.unmodifiableSortedMap(new TreeMap<>(replicas));
  }

  public LeaseRecord(
      Optional<String> leader, long beat, Duration term, Map<String, Presence> replicas) {
    this(leader, beat, term, new TreeMap<>(replicas));
  }

  /**
   * A replica's heartbeat.
   *
   * @param startedAt for display only
   * @param beat counts the replica's heartbeats
   */
  public record Presence(Instant startedAt, long beat) {}
}
