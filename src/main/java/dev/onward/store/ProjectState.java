package dev.onward.store;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.LabelHead;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The current state of one project in the state table, as one consistent query returns it.
 *
 * @param interventions the interventions set on the project
 */
public record ProjectState(
    SortedMap<Label, LabelHead> labels,
    SortedMap<EnvironmentId, EnvironmentHead> environments,
    InterventionState interventions) {
  public static final ProjectState EMPTY =
      new ProjectState(new TreeMap<>(), new TreeMap<>(), InterventionState.NONE);

  public ProjectState {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    environments = Collections.unmodifiableSortedMap(new TreeMap<>(environments));
  }
}
