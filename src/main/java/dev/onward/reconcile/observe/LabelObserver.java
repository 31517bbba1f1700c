package dev.onward.reconcile.observe;

import dev.onward.model.Label;
import dev.onward.model.ParameterName;
import dev.onward.model.ServiceId;
import dev.onward.model.release.ImageSet;
import dev.onward.model.release.LabelHead;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.model.release.ReleaseManifest.ImageOrigin;
import dev.onward.plan.DesiredState;
import dev.onward.plan.ObservedLabel;
import dev.onward.plan.ObservedParameter;
import dev.onward.store.CycleDeadline;
import dev.onward.store.Failure;
import dev.onward.store.ParameterStore;
import dev.onward.store.ParameterVersion;
import dev.onward.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Observes a label; for services that changed since its newest release also who published them, and
 * since when changes have been continuing without a pause. Both come from the parameters' own
 * history, so that a restart loses nothing; an unchanged label costs no call.
 */
final class LabelObserver {
  /** With more changed services than this, the publishers are not read. */
  static final int HISTORIES_LIMIT = 50;

  private final DesiredState desired;
  private final ParameterStore store;
  private final ProjectCache memory;
  private final Instant asOf;
  private final Instant latest;

  /**
   * @param asOf when reading the parameters began, by the clock that dated them where known
   * @param took how long reading them took, over all pages
   */
  LabelObserver(
      DesiredState desired,
      ParameterStore store,
      ProjectCache memory,
      Instant asOf,
      Duration took) {
    this.desired = desired;
    this.store = store;
    this.memory = memory;
    this.asOf = asOf;
    // A later date, beyond the second by which asOf may be early, comes from a clock that is ahead
    // of the one behind asOf, and cannot be compared with it.
    this.latest = asOf.plus(took).plusSeconds(1);
  }

  ObservedLabel observe(
      Label label,
      SortedMap<ServiceId, ObservedParameter> parameters,
      Optional<LabelHead> head,
      Map<ReleaseId, Release> releases) {
    var servicesBefore = memory.servicesBefore(label, parameters.keySet());
    var plain =
        new ObservedLabel(
            parameters, asOf, head, servicesBefore, Duration.ZERO, Optional.empty(), Map.of());
    Optional<Release> newest = head.flatMap(h -> Optional.ofNullable(releases.get(h.release())));
    SortedSet<ServiceId> changed =
        plain.images().changedFrom(newest.map(Release::images).orElse(ImageSet.EMPTY));
    var found = new Found();
    if (newest.isPresent() && changed.size() <= HISTORIES_LIMIT) {
      for (ServiceId service : changed) {
        ObservedParameter parameter = parameters.get(service);
        if (parameter != null) {
          found.read(parameter, history(label, parameter), releasedVersion(newest.get(), service));
        }
      }
      if (!changed.isEmpty()) {
        readPutAgain(label, newest.get(), parameters, changed, found);
      }
    }
    Duration unchangedFor = memory.unchangedFor(label, found.standing(parameters));
    if (changed.isEmpty()) {
      memory.released(label);
      return with(plain, unchangedFor, Optional.empty(), found);
    }
    if (unchangedFor.compareTo(desired.releases().quietPeriod()) >= 0) {
      memory.paused(label, newest.map(Release::id));
    }
    Instant watched = asOf.minus(memory.unreleasedFor(label, newest.map(Release::id)));
    Optional<Instant> start = runStart(found.changes).filter(since -> !since.isAfter(latest));
    return with(plain, unchangedFor, Optional.of(start.orElse(watched)), found);
  }

  /**
   * A parameter that has the released image may have had another one meanwhile: the set then
   * changed when the released image was restored.
   */
  private void readPutAgain(
      Label label,
      Release newest,
      SortedMap<ServiceId, ObservedParameter> parameters,
      SortedSet<ServiceId> changed,
      Found found) {
    List<ObservedParameter> putAgain =
        parameters.values().stream()
            .filter(parameter -> !changed.contains(parameter.service()))
            .filter(parameter -> parameter.version() > releasedVersion(newest, parameter.service()))
            .toList();
    if (changed.size() + putAgain.size() > HISTORIES_LIMIT) {
      found.complete = false;
      return;
    }
    for (ObservedParameter parameter : putAgain) {
      found.readUnchanged(
          parameter, history(label, parameter), releasedVersion(newest, parameter.service()));
    }
  }

  /** What matters of a parameter for the set: a put of the same value changes nothing. */
  private record Standing(ObservedParameter.Value value, long sinceVersion) {}

  /** The information in the histories of changed parameters. */
  private static final class Found {
    private final Map<ServiceId, String> publishers = new HashMap<>();

    /** When a different value was put, since the newest release. */
    private final NavigableSet<Instant> changes = new TreeSet<>();

    /** The version and the time at which each parameter's current value was first put. */
    private final Map<ServiceId, ParameterVersion> first = new HashMap<>();

    /** The current versions of parameters whose histories lag behind. */
    private final Map<ServiceId, Long> lagging = new HashMap<>();

    private boolean complete = true;

    void read(ObservedParameter parameter, List<ParameterVersion> history, long releasedVersion) {
      readUnchanged(parameter, history, releasedVersion)
          .flatMap(ParameterVersion::lastModifiedBy)
          .ifPresent(user -> publishers.put(parameter.service(), user));
    }

    /** The current version, unless the history lags behind the listing. */
    Optional<ParameterVersion> readUnchanged(
        ObservedParameter parameter, List<ParameterVersion> history, long releasedVersion) {
      Optional<ParameterVersion> since = Optional.empty();
      Optional<ParameterVersion> before = Optional.empty();
      for (ParameterVersion known : history) {
        if (known.version() > parameter.version()) {
          break;
        }
        if (before.map(ParameterVersion::value).filter(known.value()::equals).isEmpty()) {
          since = Optional.of(known);
          if (known.version() > releasedVersion) {
            changes.add(known.lastModified());
          }
        }
        before = Optional.of(known);
      }
      Optional<ParameterVersion> present =
          before.filter(known -> known.version() == parameter.version());
      if (present.isEmpty()) {
        complete = false;
        if (before.isPresent()) {
          lagging.put(parameter.service(), parameter.version());
        }
        return present;
      }
      first.put(parameter.service(), since.orElseThrow());
      return present;
    }

    /**
     * If a history lags behind the listing, the latest put may have changed the value. If none
     * could be read, a temporary change of the value goes unnoticed.
     */
    SortedMap<ServiceId, Standing> standing(SortedMap<ServiceId, ObservedParameter> parameters) {
      var standing = new TreeMap<ServiceId, Standing>();
      parameters.forEach(
          (service, parameter) ->
              standing.put(
                  service,
                  new Standing(
                      parameter.value(),
                      Optional.ofNullable(first.get(service))
                          .map(ParameterVersion::version)
                          .orElseGet(() -> lagging.getOrDefault(service, 0L)))));
      return standing;
    }

    /** Absent unless known for every changed parameter. */
    Optional<Instant> changedAt() {
      return !complete
          ? Optional.empty()
          : first.values().stream().map(ParameterVersion::lastModified).max(Instant::compareTo);
    }
  }

  /** The publisher is useful but not worth delaying a release: without permission, continue. */
  private List<ParameterVersion> history(Label label, ObservedParameter parameter) {
    var name = new ParameterName(desired.project(), label, parameter.service());
    long version = parameter.version();
    return memory
        .history(name, version)
        .orElseGet(
            () -> {
              CycleDeadline.check();
              List<ParameterVersion> read;
              try {
                read = store.history(name);
              } catch (StoreException e) {
                if (e.failure().kind() != Failure.Kind.STALLED) {
                  throw e;
                }
                read = List.of();
              }
              memory.rememberHistory(name, version, read);
              return read;
            });
  }

  private static long releasedVersion(Release newest, ServiceId service) {
    ImageOrigin origin = newest.manifest().services().get(service);
    return origin == null ? 0 : origin.version();
  }

  /** Searches backwards from the last change for the first pause as long as the quiet period. */
  private Optional<Instant> runStart(NavigableSet<Instant> modifications) {
    @Nullable Instant start = null;
    for (Instant modified : modifications.descendingSet()) {
      if (start != null
          && Duration.between(modified, start).compareTo(desired.releases().quietPeriod()) >= 0) {
        break;
      }
      start = modified;
    }
    return Optional.ofNullable(start);
  }

  private static ObservedLabel with(
      ObservedLabel plain, Duration unchangedFor, Optional<Instant> changingSince, Found found) {
    return new ObservedLabel(
        plain.parameters(),
        plain.asOf(),
        plain.head(),
        plain.servicesBefore(),
        unchangedFor,
        found.changedAt(),
        changingSince,
        found.publishers);
  }
}
