package dev.onward.plan;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ServiceId;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happened in a history, written down by the test as it happens: who said what, what was
 * deployed when, and since when which environment was wholly its release's. It knows nothing of
 * heads and gates, so that it can tell whether these are right.
 */
final class Ledger {
  /** Something that holds from one moment to another. */
  record Span(Instant from, Instant to) {
    boolean covers(Instant time) {
      return !from.isAfter(time) && to.isAfter(time);
    }
  }

  record Approved(ReleaseId release, EnvironmentId environment, String person, Span span) {}

  record Frozen(Optional<EnvironmentId> environment, Span span) {}

  record Deployed(Release release, Instant byClock, boolean byPerson) {}

  final Map<EnvironmentId, Span> holds = new HashMap<>();
  final Map<ReleaseId, Span> rejections = new HashMap<>();
  final List<Approved> approvals = new ArrayList<>();
  final Map<String, Frozen> freezes = new HashMap<>();
  Optional<Span> projectStop = Optional.empty();
  boolean everythingStopped;
  private final Map<EnvironmentId, List<Deployed>> deployments = new HashMap<>();
  private final Map<EnvironmentId, Map<ServiceId, ImageRef>> parameters = new HashMap<>();
  private final Map<EnvironmentId, Instant> wholeSince = new HashMap<>();
  private final Map<EnvironmentId, Map<ReleaseId, Duration>> longestStays = new HashMap<>();

  void deployed(EnvironmentId id, Release release, Instant now, Instant byClock, boolean byPerson) {
    endStay(id, now);
    longestStays(id).keySet().removeIf(stayed -> wentBack(id, stayed, release));
    deployments(id).add(new Deployed(release, byClock, byPerson));
    wholeFrom(id, now);
  }

  void written(EnvironmentId id, ServiceId service, ImageRef image, Instant now) {
    parameters(id).put(service, image);
    current(id)
        .filter(current -> current.release().images().images().containsKey(service))
        .ifPresent(
            current -> {
              endStay(id, now);
              wholeFrom(id, now);
            });
  }

  List<Deployed> deployments(EnvironmentId id) {
    return deployments.computeIfAbsent(id, other -> new ArrayList<>());
  }

  Optional<Deployed> current(EnvironmentId id) {
    return deployments(id).isEmpty() ? Optional.empty() : Optional.of(deployments(id).getLast());
  }

  boolean isWhole(EnvironmentId id) {
    return wholeSince.containsKey(id);
  }

  /** Absent if the release never was wholly there, or if the environment went back from it. */
  Optional<Duration> longestStay(EnvironmentId id, ReleaseId release, Instant now) {
    Optional<Duration> before = Optional.ofNullable(longestStays(id).get(release));
    if (isWhole(id) && current(id).orElseThrow().release().id().equals(release)) {
      Duration until = Duration.between(wholeSince.get(id), now);
      return Optional.of(before.filter(stay -> stay.compareTo(until) > 0).orElse(until));
    }
    return before;
  }

  private void wholeFrom(EnvironmentId id, Instant now) {
    var images = current(id).orElseThrow().release().images().images();
    if (parameters(id).entrySet().containsAll(images.entrySet())) {
      wholeSince.put(id, now);
    }
  }

  private void endStay(EnvironmentId id, Instant now) {
    current(id)
        .map(current -> current.release().id())
        .ifPresent(
            release ->
                longestStay(id, release, now)
                    .ifPresent(stay -> longestStays(id).put(release, stay)));
    wholeSince.remove(id);
  }

  private boolean wentBack(EnvironmentId id, ReleaseId stayed, Release to) {
    return deployments(id).stream()
        .map(Deployed::release)
        .anyMatch(release -> release.id().equals(stayed) && release.newerThan(to));
  }

  private Map<ServiceId, ImageRef> parameters(EnvironmentId id) {
    return parameters.computeIfAbsent(id, other -> new HashMap<>());
  }

  private Map<ReleaseId, Duration> longestStays(EnvironmentId id) {
    return longestStays.computeIfAbsent(id, other -> new HashMap<>());
  }
}
