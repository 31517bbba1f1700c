package dev.onward.plan;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.policy.ExternalQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.TreeMap;

/**
 * The complete decision on one project, on plain data, including the time. Pure and stateless: the
 * same input yields the same plan, whatever the iteration order of its maps and lists.
 *
 * <p>Watched labels come first, since a release cut there can be promoted in the same plan; then
 * every environment, each after the one it takes releases from. Each decision sees the state that
 * the previous ones lead to, so that one plan carries a change as far as the policies allow, and a
 * plan made after an applied plan is empty.
 */
public final class Planner {
  private final Duration repairGrace;

  /**
   * @param repairGrace how long parameters must have been unchanged before a possible write in
   *     progress of the older tool, or a manual edit, is overwritten
   */
  public Planner(Duration repairGrace) {
    this.repairGrace = repairGrace;
  }

  public Plan plan(DesiredState desired, ObservedState observed, Instant now) {
    var actions = new ArrayList<Action>();
    var labels = new TreeMap<Label, LabelExplanation>();
    var environments = new TreeMap<EnvironmentId, EnvironmentExplanation>();
    var queries = new HashSet<ExternalQuery>();
    ObservedState state = observed;
    var labelPlanner = new LabelPlanner(desired, now);
    for (Label label : desired.watchedLabels()) {
      var decision = labelPlanner.decide(label, state);
      labels.put(label, decision.explanation());
      if (decision.cut().isPresent()) {
        actions.add(decision.cut().get());
        state = state.after(decision.cut().get(), now);
      }
    }
    for (DesiredEnvironment environment : desired.environmentsInOrder()) {
      var decision = new EnvironmentPlanner(desired, environment, state, repairGrace, now).decide();
      actions.addAll(decision.actions());
      environments.put(environment.id(), decision.explanation());
      queries.addAll(decision.queries());
      state = decision.after();
    }
    return new Plan(actions, labels, environments, queries);
  }
}
