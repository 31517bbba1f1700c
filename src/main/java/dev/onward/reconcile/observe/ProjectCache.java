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
 * What one process remembers of one project from cycle to cycle. Losing it costs reads and, at
 * worst, one more wait; never correctness. Used by one cycle at a time.
 *
 * <p>Times are taken from a clock that never jumps ({@link System#nanoTime}).
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
   * @param retry how long a label or environment whose action failed is left alone
   */
  ProjectCache(Backoff retry, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.delays = new TargetBackoff(retry, nanoTime);
    this.results = new CheckCache(nanoTime);
  }

  /** A search of the releases table: when, for which environments, and what it found. */
  record Search(
      long nanos,
      Instant began,
      Set<EnvironmentId> environments,
      Map<EnvironmentId, ForeignDeployment> found) {}

  /** What differs from a head of a version: each service with the version of what is there. */
  record Drift(long headVersion, Map<ServiceId, Long> versions) {}

  private record SeenDrift(Drift drift, long since) {}

  private record Still(SortedMap<ServiceId, ?> seen, long since) {}

  /** Since when a label was seen to differ from what was its newest release then. */
  private record Unreleased(Optional<ReleaseId> newest, long since) {}

  private record KnownHistory(long version, List<ParameterVersion> versions) {}

  /**
   * Forgets everything that was seen, for something in it cannot be worked with. What failed, and
   * when it is tried again, is still known, and so is what operators have said.
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

  /** A changed manifest may be what mends a label or environment: each is tried again at once. */
  public void ruledBy(DesiredState newDesired) {
    if (desired.filter(newDesired::equals).isEmpty()) {
      desired = Optional.of(newDesired);
      delays.clear();
    }
  }

  /** The observation before this one, to recognise what is as it was. */
  Optional<ObservedState> lastSeen() {
    return lastSeen;
  }

  void saw(ObservedState observed) {
    lastSeen = Optional.of(observed);
  }

  /**
   * How long this process has seen exactly this.
   *
   * @param seen what counts of each service's parameter; remembered from now on
   */
  Duration unchangedFor(Source where, SortedMap<ServiceId, ?> seen) {
    var before = still.get(where);
    if (before != null && before.seen().equals(seen)) {
      return since(before.since());
    }
    still.put(where, new Still(seen, nanoTime.getAsLong()));
    return Duration.ZERO;
  }

  /** The services of the listing before this one; remembers this one from now on. */
  Optional<SortedSet<ServiceId>> servicesBefore(Label label, Collection<ServiceId> services) {
    return Optional.ofNullable(servicesBefore.put(label, new TreeSet<>(services)));
  }

  /**
   * How long the label has differed from its newest release, as far as this process watched. What
   * it watched of an earlier release's time is over, even if it saw nothing but changes since.
   */
  Duration unreleasedFor(Label label, Optional<ReleaseId> newest) {
    Unreleased known = unreleased.get(label);
    if (known == null || !known.newest().equals(newest)) {
      known = new Unreleased(newest, nanoTime.getAsLong());
      unreleased.put(label, known);
    }
    return since(known.since());
  }

  /** A pause ends a run of changes: what comes after is a new one. */
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

  /** Forgets all but the releases that this cycle needed. */
  void keepReleases(Collection<ReleaseId> needed) {
    releases.keySet().retainAll(needed);
  }

  /** The last search of the releases table that was completed; absent after a start. */
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

  /** How long exactly this drift has been seen; none is never old. */
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

  /** Also for whoever says a word beside a cycle. */
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
