package dev.onward.plan;

import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import dev.onward.model.Label;
import dev.onward.model.ProjectId;
import dev.onward.model.RoleArn;
import dev.onward.model.Source;
import dev.onward.policy.ReleasePolicy;
import dev.onward.policy.gate.PromotionPolicy;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The desired state in a project's manifest, always consistent: environment ids are unique, no
 * label is also an environment, and promotion sources form no cycle.
 *
 * @param environments in the manifest's order
 */
public record DesiredState(
    ProjectId project,
    String name,
    Optional<RoleArn> role,
    ReleasePolicy releases,
    List<DesiredEnvironment> environments) {
  public DesiredState {
    environments = List.copyOf(environments);
    var byId = new HashMap<EnvironmentId, DesiredEnvironment>();
    for (DesiredEnvironment environment : environments) {
      if (byId.put(environment.id(), environment) != null) {
        throw new InvalidValueException(
            "environment id", environment.id().value(), "each environment once");
      }
    }
    if (byId.containsKey(new EnvironmentId(releases.fromLabel().value()))) {
      throw new InvalidValueException(
          "label", releases.fromLabel().value(), "a label that is not also an environment");
    }
    var checked = new HashSet<Source>();
    for (DesiredEnvironment environment : environments) {
      checkSource(environment, byId, checked);
    }
  }

  /**
   * The labels that releases are cut from: the project's own and every other that a policy names.
   */
  public SortedSet<Label> watchedLabels() {
    var labels = new TreeSet<Label>();
    labels.add(releases.fromLabel());
    for (DesiredEnvironment environment : environments) {
      if (environment.promotion().map(PromotionPolicy::from).orElse(null) instanceof Label label) {
        labels.add(label);
      }
    }
    return Collections.unmodifiableSortedSet(labels);
  }

  public Optional<DesiredEnvironment> environment(EnvironmentId id) {
    return environments.stream().filter(environment -> environment.id().equals(id)).findFirst();
  }

  /** The environments in topological order: each after the one it takes releases from. */
  public List<DesiredEnvironment> environmentsInOrder() {
    var byId = new HashMap<EnvironmentId, DesiredEnvironment>();
    environments.forEach(environment -> byId.put(environment.id(), environment));
    var ordered = new LinkedHashMap<EnvironmentId, DesiredEnvironment>();
    for (DesiredEnvironment environment : environments) {
      var sources = new ArrayDeque<DesiredEnvironment>();
      Optional<DesiredEnvironment> at = Optional.of(environment);
      while (at.isPresent() && !ordered.containsKey(at.get().id())) {
        sources.push(at.get());
        at = at.flatMap(DesiredState::upstream).map(byId::get);
      }
      sources.forEach(it -> ordered.put(it.id(), it));
    }
    return List.copyOf(ordered.values());
  }

  private static Optional<EnvironmentId> upstream(DesiredEnvironment environment) {
    return environment.promotion().map(PromotionPolicy::from).orElse(null)
            instanceof EnvironmentId source
        ? Optional.of(source)
        : Optional.empty();
  }

  /**
   * @param checked environments known to be free of cycles, so that none is traversed twice
   */
  private static void checkSource(
      DesiredEnvironment start, Map<EnvironmentId, DesiredEnvironment> byId, Set<Source> checked) {
    var seen = new HashSet<Source>();
    DesiredEnvironment at = start;
    while (at != null && !checked.contains(at.id())) {
      if (!seen.add(at.id())) {
        throw new InvalidValueException(
            "promotion source of " + start.id(), at.id().value(), "sources without a cycle");
      }
      Source from = at.promotion().map(PromotionPolicy::from).orElse(null);
      if (from instanceof EnvironmentId id && !byId.containsKey(id)) {
        throw new InvalidValueException(
            "promotion source of " + at.id(), id.value(), "an environment of the same project");
      }
      at = from instanceof EnvironmentId id ? byId.get(id) : null;
    }
    checked.addAll(seen);
  }
}
