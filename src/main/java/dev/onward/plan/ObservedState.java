package dev.onward.plan;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.policy.ExternalQuery;
import dev.onward.policy.ExternalResult;
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
 * Everything one cycle knows of one project. It is complete or does not exist: a listing that
 * failed half-way yields no observation.
 *
 * @param labels every watched label
 * @param environments every environment of the manifest
 * @param releases the releases that the heads name, and those of each label's chain that an
 *     environment may still need
 * @param otherLabels images published under labels that no policy watches
 * @param unrecognized parameters under the project's path that do not hold one service's image,
 *     such as names with extra segments; reported, never used
 * @param globalInterventions the interventions in force for all projects
 * @param interventions the interventions in force for this project
 * @param results results of external queries for this cycle's gates
 */
public record ObservedState(
    SortedMap<Label, ObservedLabel> labels,
    SortedMap<EnvironmentId, ObservedEnvironment> environments,
    Map<ReleaseId, Release> releases,
    SortedMap<Label, SortedMap<ServiceId, ObservedParameter>> otherLabels,
    List<String> unrecognized,
    InterventionState globalInterventions,
    InterventionState interventions,
    Map<ExternalQuery, ExternalResult> results) {
  public ObservedState {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    environments = Collections.unmodifiableSortedMap(new TreeMap<>(environments));
    releases = Map.copyOf(releases);
    otherLabels = Collections.unmodifiableSortedMap(new TreeMap<>(otherLabels));
    unrecognized = List.copyOf(unrecognized);
    results = Map.copyOf(results);
  }

  /** The stop in force, global or of this project. */
  public Optional<Attribution> stop(Instant now) {
    return globalInterventions.stop(now).or(() -> interventions.stop(now));
  }

  /** This state with interventions that were just set, or would be. */
  public ObservedState withInterventions(InterventionState said) {
    return new ObservedState(
        labels,
        environments,
        releases,
        otherLabels,
        unrecognized,
        globalInterventions,
        said,
        results);
  }

  /** This state with global interventions that were just set, or would be. */
  public ObservedState withGlobalInterventions(InterventionState said) {
    return new ObservedState(
        labels, environments, releases, otherLabels, unrecognized, said, interventions, results);
  }

  public ObservedState answering(Map<ExternalQuery, ExternalResult> known) {
    return new ObservedState(
        labels,
        environments,
        releases,
        otherLabels,
        unrecognized,
        globalInterventions,
        interventions,
        known);
  }

  public Optional<Release> release(ReleaseId id) {
    return Optional.ofNullable(releases.get(id));
  }

  /** This state as it will be observed once everything planned has been applied. */
  public ObservedState asSeen() {
    var seen = new TreeMap<>(environments);
    seen.replaceAll((id, environment) -> environment.asSeen());
    return with(labels, seen, releases);
  }

  /** The parameters of a label or an environment; empty if there are none. */
  public SortedMap<ServiceId, ObservedParameter> parameters(Source where) {
    return switch (where) {
      case EnvironmentId id ->
          Optional.ofNullable(environments.get(id))
              .map(ObservedEnvironment::parameters)
              .orElseGet(TreeMap::new);
      case Label label ->
          Optional.ofNullable(labels.get(label))
              .map(ObservedLabel::parameters)
              .or(() -> Optional.ofNullable(otherLabels.get(label)))
              .orElseGet(TreeMap::new);
    };
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

  /** This state with what a search of the releases table found for these environments. */
  public ObservedState searched(
      Set<EnvironmentId> searched, Map<EnvironmentId, ForeignDeployment> found) {
    var changed = new TreeMap<>(environments);
    changed.replaceAll(
        (id, environment) ->
            searched.contains(id)
                ? environment.searched(Optional.ofNullable(found.get(id)))
                : environment);
    return with(labels, changed, releases);
  }

  /** This state with how long each environment's current drift has been observed. */
  public ObservedState driftedFor(Function<EnvironmentId, Duration> durations) {
    var changed = new TreeMap<>(environments);
    changed.replaceAll((id, environment) -> environment.driftedFor(durations.apply(id)));
    return with(labels, changed, releases);
  }

  /**
   * The differences between an environment and the release it converged to: each service with the
   * version of its parameter, 0 if missing. Distinguishes one drift from another.
   */
  public Map<ServiceId, Long> drift(EnvironmentId id) {
    ObservedEnvironment environment = environment(id);
    var versions = new HashMap<ServiceId, Long>();
    environment
        .head()
        .filter(EnvironmentHead::converged)
        .flatMap(EnvironmentHead::current)
        .flatMap(current -> release(current.release()))
        .map(release -> ParameterDiff.differing(release, environment))
        .orElse(List.of())
        .forEach(
            drifted -> {
              var found = Optional.ofNullable(environment.parameters().get(drifted.service()));
              versions.put(drifted.service(), found.map(ObservedParameter::version).orElse(0L));
            });
    return Map.copyOf(versions);
  }

  /** The expected next observation if the action succeeds and nothing else changes. */
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

  /** The expected next observation after a requested repair was recorded. */
  public ObservedState after(RepairRequest repair) {
    EnvironmentId id = repair.to().environment();
    return withEnvironment(id, environment(id).withHead(repair.to()));
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

  public ObservedState withLabel(Label label, ObservedLabel observed) {
    var changed = new TreeMap<>(labels);
    changed.put(label, observed);
    return with(changed, environments, releases);
  }

  private ObservedState withEnvironment(EnvironmentId id, ObservedEnvironment observed) {
    var changed = new TreeMap<>(environments);
    changed.put(id, observed);
    return with(labels, changed, releases);
  }

  /** This state with a release that a person named. */
  public ObservedState withRelease(Release release) {
    var changed = new HashMap<>(releases);
    changed.put(release.id(), release);
    return with(labels, environments, changed);
  }

  private ObservedState with(
      SortedMap<Label, ObservedLabel> newLabels,
      SortedMap<EnvironmentId, ObservedEnvironment> newEnvironments,
      Map<ReleaseId, Release> newReleases) {
    return new ObservedState(
        newLabels,
        newEnvironments,
        newReleases,
        otherLabels,
        unrecognized,
        globalInterventions,
        interventions,
        results);
  }
}
