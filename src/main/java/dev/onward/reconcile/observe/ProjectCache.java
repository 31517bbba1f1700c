package dev.onward.reconcile.observe;

import dev.onward.OnwardConfig;
import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.ParameterName;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.DesiredState;
import dev.onward.plan.ForeignDeployment;
import dev.onward.plan.ObservedState;
import dev.onward.reconcile.check.CheckCache;
import dev.onward.store.ParameterVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * What one process caches of one project between cycles. Losing it costs reads and, at worst, one
 * more wait, but never correctness. Used by one cycle at a time.
 *
 * <p>Times come from a monotonic clock ({@link System#nanoTime}).
 */
public final class ProjectCache {
  private final LongSupplier nanoTime;
  private final Map<Source, Still> still = new HashMap<>();
  private final Map<Label, SortedSet<ServiceId>> servicesBefore = new HashMap<>();
  private final Map<Label, Unreleased> unreleased = new HashMap<>();
  private final Map<ParameterName, KnownHistory> histories = new HashMap<>();
  private final Map<ReleaseId, Release> releases = new HashMap<>();
  private final Map<EnvironmentId, SeenDrift> drifts = new HashMap<>();
  private final TargetBackoff delays;
  private final CheckCache results;
  private final InterventionLossDetector words = new InterventionLossDetector("the project");
  private Optional<DesiredState> desired = Optional.empty();
  private Optional<ObservedState> lastSeen = Optional.empty();
  private Optional<Search> lastSearch = Optional.empty();
  private OptionalLong searchFailedAt = OptionalLong.empty();

  public ProjectCache(OnwardConfig config, LongSupplier nanoTime) {
    this(new Backoff(config), nanoTime);
  }

  /**
   * @param retry how long a label or environment whose action failed is not retried
   */
  ProjectCache(Backoff retry, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.delays = new TargetBackoff(retry, nanoTime);
    this.results = new CheckCache(nanoTime);
  }

  /** A search of the releases table: when, for which environments, and its result. */
  record Search(
      long nanos,
      Instant began,
      Set<EnvironmentId> environments,
      Map<EnvironmentId, ForeignDeployment> found) {}

  /** The differences from a head at a version: each service with its parameter's version. */
  record Drift(long headVersion, Map<ServiceId, Long> versions) {}

  private record SeenDrift(Drift drift, long since) {}

  private record Still(SortedMap<ServiceId, ?> seen, long since) {}

  /** Since when a label was observed to differ from its newest release at the time. */
  private record Unreleased(Optional<ReleaseId> newest, long since) {}

  private record KnownHistory(long version, List<ParameterVersion> versions) {}

  /**
   * Drops all observations, since they may have caused a failure. Failed targets with their retry
   * times, and the known interventions, are kept.
   */
  public void forget() {
    still.clear();
    servicesBefore.clear();
    unreleased.clear();
    histories.clear();
    releases.clear();
    drifts.clear();
    lastSeen = Optional.empty();
    lastSearch = Optional.empty();
    searchFailedAt = OptionalLong.empty();
  }

  /** A changed manifest may fix a label or environment: each is retried at once. */
  public void ruledBy(DesiredState newDesired) {
    if (desired.filter(newDesired::equals).isEmpty()) {
      desired = Optional.of(newDesired);
      delays.clear();
    }
  }

  /** The previous observation, to reuse unchanged values. */
  Optional<ObservedState> lastSeen() {
    return lastSeen;
  }

  void saw(ObservedState observed) {
    lastSeen = Optional.of(observed);
  }

  /**
   * How long this process has observed exactly this.
   *
   * @param seen what matters of each service's parameter; stored for the next call
   */
  Duration unchangedFor(Source where, SortedMap<ServiceId, ?> seen) {
    var before = still.get(where);
    if (before != null && before.seen().equals(seen)) {
      return since(before.since());
    }
    still.put(where, new Still(seen, nanoTime.getAsLong()));
    return Duration.ZERO;
  }

  /** The services of the previous listing; stores this one's for the next call. */
  Optional<SortedSet<ServiceId>> servicesBefore(Label label, Collection<ServiceId> services) {
    return Optional.ofNullable(servicesBefore.put(label, new TreeSet<>(services)));
  }

  /**
   * How long the label has differed from its newest release, as far as this process watched.
   * Observations from before the newest release do not count, even if they saw changes only.
   */
  Duration unreleasedFor(Label label, Optional<ReleaseId> newest) {
    Unreleased known = unreleased.get(label);
    if (known == null || !known.newest().equals(newest)) {
      known = new Unreleased(newest, nanoTime.getAsLong());
      unreleased.put(label, known);
    }
    return since(known.since());
  }

  /** A pause ends a run of changes: later changes start a new one. */
  void paused(Label label, Optional<ReleaseId> newest) {
    unreleased.put(label, new Unreleased(newest, nanoTime.getAsLong()));
  }

  void released(Label label) {
    unreleased.remove(label);
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

  public void rememberRelease(Release release) {
    releases.put(release.id(), release);
  }

  /** Drops all releases except those that this cycle needed. */
  void keepReleases(Collection<ReleaseId> needed) {
    releases.keySet().retainAll(needed);
  }

  /** The last completed search of the releases table; absent after a start. */
  Optional<Search> lastSearch() {
    return lastSearch;
  }

  Optional<Duration> sinceSearch() {
    return lastSearch.map(search -> since(search.nanos()));
  }

  Optional<Duration> sinceFailedSearch() {
    return searchFailedAt.isPresent()
        ? Optional.of(since(searchFailedAt.getAsLong()))
        : Optional.empty();
  }

  void searched(
      Instant began,
      Collection<EnvironmentId> environments,
      Map<EnvironmentId, ForeignDeployment> found) {
    searchFailedAt = OptionalLong.empty();
    lastSearch =
        Optional.of(
            new Search(nanoTime.getAsLong(), began, Set.copyOf(environments), Map.copyOf(found)));
  }

  void searchFailed() {
    searchFailedAt = OptionalLong.of(nanoTime.getAsLong());
  }

  /** How long exactly this drift has been observed; zero without drift. */
  Duration driftedFor(EnvironmentId environment, Drift drift) {
    if (drift.versions().isEmpty()) {
      drifts.remove(environment);
      return Duration.ZERO;
    }
    var before = drifts.get(environment);
    if (before == null || !before.drift().equals(drift)) {
      before = new SeenDrift(drift, nanoTime.getAsLong());
      drifts.put(environment, before);
    }
    return since(before.since());
  }

  public CheckCache results() {
    return results;
  }

  /** Also used by commands that run concurrently with a cycle. */
  public InterventionLossDetector words() {
    return words;
  }

  public TargetBackoff delays() {
    return delays;
  }

  private Duration since(long nanos) {
    return Duration.ofNanos(nanoTime.getAsLong() - nanos);
  }
}
