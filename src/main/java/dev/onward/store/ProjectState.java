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
 * All that the state table knows of one project's present: what one consistent query returns.
 *
 * @param interventions what operators have said about the project
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
