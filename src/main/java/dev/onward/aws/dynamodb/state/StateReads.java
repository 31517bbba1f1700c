package dev.onward.aws.dynamodb.state;

import dev.onward.aws.dynamodb.Item;
import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.LabelHead;
import dev.onward.store.ProjectState;
import java.util.Optional;
import java.util.TreeMap;

/** Consistent reads of the current state of a project, or of the daemon. */
public final class StateReads {
  private final StatePartition state;

  public StateReads(StatePartition state) {
    this.state = state;
  }

  /** A single query as long as the state is below DynamoDB's 1 MB a page. */
  public ProjectState all() {
    var labels = new TreeMap<Label, LabelHead>();
    var environments = new TreeMap<EnvironmentId, EnvironmentHead>();
    InterventionState interventions = InterventionState.NONE;
    for (Item item : state.items().toList()) {
      if (HeadItem.isLabel(item)) {
        LabelHead head = state.readable(item, HeadItem::readLabel);
        labels.put(head.label(), head);
      } else if (HeadItem.isEnvironment(item)) {
        EnvironmentHead head = state.readable(item, HeadItem::readEnvironment);
        environments.put(head.environment(), head);
      } else if (InterventionsItem.isOne(item)) {
        interventions = state.readable(item, InterventionsItem::read);
      }
    }
    return new ProjectState(labels, environments, interventions);
  }

  public Optional<EnvironmentHead> head(EnvironmentId environment) {
    return state
        .item(StateTable.sortKey(environment))
        .filter(HeadItem::isEnvironment)
        .map(item -> state.readable(item, HeadItem::readEnvironment));
  }

  public Optional<LabelHead> head(Label label) {
    return state
        .item(StateTable.sortKey(label))
        .filter(HeadItem::isLabel)
        .map(item -> state.readable(item, HeadItem::readLabel));
  }

  public InterventionState interventions() {
    return state
        .item(StateTable.INTERVENTIONS)
        .filter(InterventionsItem::isOne)
        .map(item -> state.readable(item, InterventionsItem::read))
        .orElse(InterventionState.NONE);
  }
}
