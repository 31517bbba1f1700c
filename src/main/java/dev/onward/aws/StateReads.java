package dev.onward.aws;

import dev.onward.model.EnvironmentHead;
import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import dev.onward.model.Label;
import dev.onward.model.LabelHead;
import dev.onward.model.ProjectState;
import dev.onward.reconcile.Failure;
import dev.onward.reconcile.StoreException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Consistent reads of a project's heads. */
final class StateReads {
  private final ProjectTables tables;

  StateReads(ProjectTables tables) {
    this.tables = tables;
  }

  /** One query, as long as all of it is below DynamoDB's 1 MB a page. */
  ProjectState all() {
    var labels = new TreeMap<Label, LabelHead>();
    var environments = new TreeMap<EnvironmentId, EnvironmentHead>();
    var pages =
        tables.pagesOfState(
            QueryRequest.builder()
                .tableName(tables.state())
                .consistentRead(true)
                .keyConditionExpression(StateTable.OF_PARTITION)
                .expressionAttributeValues(
                    Map.of(":partition", StateTable.partition(tables.project())))
                .build());
    while (pages.hasNext()) {
      for (Map<String, AttributeValue> attributes : pages.next().items()) {
        var item = new Item(attributes);
        if (HeadItem.isLabel(item)) {
          LabelHead head = readable(item, HeadItem::readLabel);
          labels.put(head.label(), head);
        } else if (HeadItem.isEnvironment(item)) {
          EnvironmentHead head = readable(item, HeadItem::readEnvironment);
          environments.put(head.environment(), head);
        }
      }
    }
    return new ProjectState(labels, environments);
  }

  Optional<EnvironmentHead> head(EnvironmentId environment) {
    return tables
        .state(StateTable.key(tables.project(), environment))
        .filter(HeadItem::isEnvironment)
        .map(item -> readable(item, HeadItem::readEnvironment));
  }

  Optional<LabelHead> head(Label label) {
    return tables
        .state(StateTable.key(tables.project(), label))
        .filter(HeadItem::isLabel)
        .map(item -> readable(item, HeadItem::readLabel));
  }

  private <T> T readable(Item item, Function<Item, T> reading) {
    try {
      return reading.apply(item);
    } catch (InvalidValueException e) {
      String key = item.text(StateTable.SK).orElse("");
      throw new StoreException(
          Failure.stalled(
              "item %s of project %s in table %s cannot be read: %s"
                  .formatted(key, tables.project(), tables.state(), e.getMessage())),
          e);
    }
  }
}
