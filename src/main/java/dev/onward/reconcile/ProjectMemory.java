package dev.onward.reconcile;

import dev.onward.model.Label;
import dev.onward.model.ParameterName;
import dev.onward.model.Release;
import dev.onward.model.ReleaseId;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import dev.onward.plan.ObservedParameter;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * What one process remembers of one project from cycle to cycle. Losing it costs reads and, at
 * worst, one more wait; never correctness. Used by one cycle at a time.
 *
 * <p>Times are taken from a clock that never jumps ({@link System#nanoTime}).
 */
final class ProjectMemory {
  private final LongSupplier nanoTime;
  private final Map<Source, Still> still = new HashMap<>();
  private final Map<Label, SortedSet<ServiceId>> servicesBefore = new HashMap<>();
  private final Map<Label, Long> unreleasedSince = new HashMap<>();
  private final Map<ParameterName, KnownHistory> histories = new HashMap<>();
  private final Map<ReleaseId, Release> releases = new HashMap<>();
  private OptionalLong lookedUpAt = OptionalLong.empty();
  private Optional<Drift> drift = Optional.empty();

  ProjectMemory(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  private record Still(Map<ServiceId, Long> versions, long since) {}

  private record KnownHistory(long version, List<ParameterVersion> versions) {}

  private record Drift(Object what, long since) {}

  /** How long this process has seen exactly these parameters; remembers them from now on. */
  Duration unchangedFor(Source where, SortedMap<ServiceId, ObservedParameter> parameters) {
    var versions = new HashMap<ServiceId, Long>();
    parameters.forEach(
        (id, p) -> versions.put(id, p.version() * 31 + p.lastModified().toEpochMilli()));
    var before = still.get(where);
    if (before != null && before.versions().equals(versions)) {
      return since(before.since());
    }
    still.put(where, new Still(versions, nanoTime.getAsLong()));
    return Duration.ZERO;
  }

  /** The services of the listing before this one; remembers this one from now on. */
  Optional<SortedSet<ServiceId>> servicesBefore(Label label, Collection<ServiceId> services) {
    return Optional.ofNullable(servicesBefore.put(label, new TreeSet<>(services)));
  }

  /** How long the label has differed from its newest release, as far as this process watched. */
  Duration unreleasedFor(Label label) {
    return since(unreleasedSince.computeIfAbsent(label, l -> nanoTime.getAsLong()));
  }

  void released(Label label) {
    unreleasedSince.remove(label);
    histories.keySet().removeIf(name -> name.location().equals(label));
  }

  Optional<List<ParameterVersion>> history(ParameterName name, long version) {
    return Optional.ofNullable(histories.get(name))
        .filter(known -> known.version() == version)
        .map(KnownHistory::versions);
  }

  void rememberHistory(ParameterName name, long version, List<ParameterVersion> versions) {
    histories.put(name, new KnownHistory(version, versions));
  }

  Optional<Release> release(ReleaseId id) {
    return Optional.ofNullable(releases.get(id));
  }

  void rememberRelease(Release release) {
    releases.put(release.id(), release);
  }

  /** Forgets all but the releases that this cycle needed. */
  void keepReleases(Collection<ReleaseId> needed) {
    releases.keySet().retainAll(needed);
  }

  /** When the releases table was last searched for foreign deployments; absent after a start. */
  Optional<Duration> sinceLookup() {
    return lookedUpAt.isPresent() ? Optional.of(since(lookedUpAt.getAsLong())) : Optional.empty();
  }

  void lookedUp() {
    lookedUpAt = OptionalLong.of(nanoTime.getAsLong());
  }

  /** How long exactly this drift has been seen. */
  Duration driftFor(Object what) {
    if (drift.isEmpty() || !drift.get().what().equals(what)) {
      drift = Optional.of(new Drift(what, nanoTime.getAsLong()));
    }
    return since(drift.get().since());
  }

  void noDrift() {
    drift = Optional.empty();
  }

  private Duration since(long nanos) {
    return Duration.ofNanos(nanoTime.getAsLong() - nanos);
  }
}
