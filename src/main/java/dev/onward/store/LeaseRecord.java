package dev.onward.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A lease as it is recorded.
 *
 * @param leader the replica that has it; empty if it was given back, or never taken
 * @param beat counts every time that it was taken, kept or given back
 * @param term for how long a leader that is silent keeps it
 * @param replicas all that said that they are there, by their ids
 */
public record LeaseRecord(
    Optional<String> leader, long beat, Duration term, SortedMap<String, Presence> replicas) {
  /** Of a lease that nobody ever took. */
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
   * What a replica says of itself.
   *
   * @param startedAt for people: nothing is reckoned from it
   * @param beat counts how often it said so
   */
  public record Presence(Instant startedAt, long beat) {}
}
