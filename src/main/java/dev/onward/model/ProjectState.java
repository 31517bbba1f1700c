package dev.onward.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** All that the state table knows of one project's present: what one consistent query returns. */
public record ProjectState(
    SortedMap<Label, LabelHead> labels, SortedMap<EnvironmentId, EnvironmentHead> environments) {
  public static final ProjectState EMPTY = new ProjectState(new TreeMap<>(), new TreeMap<>());

  public ProjectState {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    environments = Collections.unmodifiableSortedMap(new TreeMap<>(environments));
  }
}
