package dev.onward.reconcile.observe;

import dev.onward.model.EnvironmentId;
import dev.onward.model.intervention.InterventionState;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.DesiredState;
import dev.onward.plan.ObservedEnvironment;
import dev.onward.plan.ObservedState;
import dev.onward.store.ProjectState;
import dev.onward.store.ReleaseStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Observes only what an intervention needs: the heads and the interventions in force. It reads no
 * parameters and does not disturb a cycle; its result cannot be planned with.
 */
public final class StateObserver {
  private StateObserver() {}

  public static ObservedState at(DesiredState desired, ReleaseStore store) {
    ProjectState state = store.state();
    var environments = new TreeMap<EnvironmentId, ObservedEnvironment>();
    for (DesiredEnvironment environment : desired.environments()) {
      environments.put(
          environment.id(),
          new ObservedEnvironment(
              new TreeMap<>(),
              Optional.ofNullable(state.environments().get(environment.id())),
              Optional.empty(),
              false,
              Duration.ZERO,
              Duration.ZERO));
    }
    return new ObservedState(
        new TreeMap<>(),
        environments,
        Map.of(),
        new TreeMap<>(),
        List.of(),
        InterventionState.NONE,
        state.interventions(),
        Map.of());
  }
}
