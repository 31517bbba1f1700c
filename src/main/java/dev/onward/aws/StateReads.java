package dev.onward.aws;

import dev.onward.model.EnvironmentHead;
import dev.onward.model.EnvironmentId;
import dev.onward.model.Interventions;
import dev.onward.model.Label;
import dev.onward.model.LabelHead;
import dev.onward.model.ProjectState;
import java.util.Optional;
import java.util.TreeMap;

/** Consistent reads of what is true now of a project, or of the daemon. */
final class StateReads {
  private final OwnState state;

  StateReads(OwnState state) {
    this.state = state;
  }

  /** One query, as long as all of it is below DynamoDB's 1 MB a page. */
  ProjectState all() {
    var labels = new TreeMap<Label, LabelHead>();
    var environments = new TreeMap<EnvironmentId, EnvironmentHead>();
    Interventions interventions = Interventions.NONE;
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

  Optional<EnvironmentHead> head(EnvironmentId environment) {
    return state
        .item(StateTable.sortKey(environment))
        .filter(HeadItem::isEnvironment)
        .map(item -> state.readable(item, HeadItem::readEnvironment));
  }

  Optional<LabelHead> head(Label label) {
    return state
        .item(StateTable.sortKey(label))
        .filter(HeadItem::isLabel)
        .map(item -> state.readable(item, HeadItem::readLabel));
  }

  Interventions interventions() {
    return state
        .item(StateTable.INTERVENTIONS)
        .filter(InterventionsItem::isOne)
        .map(item -> state.readable(item, InterventionsItem::read))
        .orElse(Interventions.NONE);
  }
}
