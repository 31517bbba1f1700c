package dev.onward.plan;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.policy.ExternalQuery;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What to do, in order, and why: API, board, metrics and logs show the explanations.
 *
 * @param labels why a release is or is not cut, for every watched label
 * @param environments what is deployed and why nothing newer is, for every environment
 * @param queries external queries whose results the gates need to evaluate the candidates
 */
public record Plan(
    List<Action> actions,
    SortedMap<Label, LabelExplanation> labels,
    SortedMap<EnvironmentId, EnvironmentExplanation> environments,
    Set<ExternalQuery> queries) {
  public Plan {
    actions = List.copyOf(actions);
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    environments = Collections.unmodifiableSortedMap(new TreeMap<>(environments));
    queries = Set.copyOf(queries);
  }

  public boolean isEmpty() {
    return actions.isEmpty();
  }
}
