package dev.onward.plan;

import dev.onward.model.EnvironmentHead;
import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.Release;
import dev.onward.model.ReleaseId;
import dev.onward.model.ServiceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Everything one cycle knows of one project. It is complete or it does not exist: a listing that
 * failed half-way makes no observation.
 *
 * @param labels every watched label
 * @param environments every environment of the manifest
 * @param releases the releases that the heads name, and those of each label's chain that an
 *     environment may still need
 * @param strays parameters under the project's path that are no image of one service, such as names
 *     with extra segments; reported, never used
 */
public record ObservedState(
    SortedMap<Label, ObservedLabel> labels,
    SortedMap<EnvironmentId, ObservedEnvironment> environments,
    Map<ReleaseId, Release> releases,
    List<String> strays) {
  public ObservedState {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    environments = Collections.unmodifiableSortedMap(new TreeMap<>(environments));
    releases = Map.copyOf(releases);
    strays = List.copyOf(strays);
  }

  public Optional<Release> release(ReleaseId id) {
    return Optional.ofNullable(releases.get(id));
  }

  public ObservedLabel label(Label label) {
    var observed = labels.get(label);
    if (observed == null) {
      throw new IllegalStateException("label " + label + " was not observed");
    }
    return observed;
  }

  public ObservedEnvironment environment(EnvironmentId id) {
    var observed = environments.get(id);
    if (observed == null) {
      throw new IllegalStateException("environment " + id + " was not observed");
    }
    return observed;
  }

  /** With what a search of the releases table found for these environments. */
  public ObservedState searched(
      Set<EnvironmentId> searched, Map<EnvironmentId, ForeignDeployment> found) {
    var changed = new TreeMap<>(environments);
    changed.replaceAll(
        (id, environment) ->
            searched.contains(id)
                ? environment.searched(Optional.ofNullable(found.get(id)))
                : environment);
    return new ObservedState(labels, changed, releases, strays);
  }

  /** With how long each environment's present drift has been seen. */
  public ObservedState driftedFor(Function<EnvironmentId, Duration> durations) {
    var changed = new TreeMap<>(environments);
    changed.replaceAll((id, environment) -> environment.driftedFor(durations.apply(id)));
    return new ObservedState(labels, changed, releases, strays);
  }

  /**
   * What differs in an environment from the release it converged to: each service with the version
   * of what is there instead, 0 for nothing. Tells one drift from another.
   */
  public Map<ServiceId, Long> drift(EnvironmentId id) {
    ObservedEnvironment environment = environment(id);
    var versions = new HashMap<ServiceId, Long>();
    environment
        .head()
        .filter(EnvironmentHead::converged)
        .flatMap(EnvironmentHead::current)
        .flatMap(current -> release(current.release()))
        .map(release -> Convergence.differing(release, environment))
        .orElse(List.of())
        .forEach(
            drifted -> {
              var found = Optional.ofNullable(environment.parameters().get(drifted.service()));
              versions.put(drifted.service(), found.map(ObservedParameter::version).orElse(0L));
            });
    return Map.copyOf(versions);
  }

  /** What would be observed next if the action succeeded and nobody else did anything. */
  public ObservedState after(Action action, Instant now) {
    return switch (action) {
      case Action.CutRelease cut ->
          withLabel(cut.to().label(), label(cut.to().label()).withHead(cut.to()))
              .withRelease(cut.release());
      case Action.InitialiseEnvironment initialise -> {
        var next = withHead(environment(initialise.to().environment()), initialise.to());
        yield initialise.adopted().map(found -> next.withRelease(found.release())).orElse(next);
      }
      case Action.AdoptDeployment adopt ->
          withHead(environment(adopt.to().environment()), adopt.to())
              .withRelease(adopt.adopted().release());
      case Action.RecordDeployment record ->
          withHead(environment(record.to().environment()), record.to());
      case Action.ConvergeParameters converge -> converged(converge, now);
    };
  }

  private ObservedState converged(Action.ConvergeParameters converge, Instant now) {
    var observed = environment(converge.head().environment());
    var parameters = new TreeMap<ServiceId, ObservedParameter>(observed.parameters());
    converge
        .writes()
        .forEach(
            (service, image) -> {
              var before = parameters.get(service);
              long version = before == null ? 1 : before.version() + 1;
              parameters.put(
                  service,
                  new ObservedParameter(
                      service, new ObservedParameter.Value.Image(image), version, now));
            });
    return withEnvironment(
        converge.head().environment(),
        observed
            .withParameters(parameters)
            .withHead(converge.complete() ? converge.head().markConverged() : converge.head()));
  }

  private ObservedState withHead(ObservedEnvironment environment, EnvironmentHead head) {
    return withEnvironment(head.environment(), environment.withHead(head).withoutForeign());
  }

  private ObservedState withLabel(Label label, ObservedLabel observed) {
    var changed = new TreeMap<>(labels);
    changed.put(label, observed);
    return new ObservedState(changed, environments, releases, strays);
  }

  private ObservedState withEnvironment(EnvironmentId id, ObservedEnvironment observed) {
    var changed = new TreeMap<>(environments);
    changed.put(id, observed);
    return new ObservedState(labels, changed, releases, strays);
  }

  private ObservedState withRelease(Release release) {
    var changed = new HashMap<>(releases);
    changed.put(release.id(), release);
    return new ObservedState(labels, environments, changed, strays);
  }
}
