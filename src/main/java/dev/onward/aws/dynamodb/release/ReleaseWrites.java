package dev.onward.aws.dynamodb.release;

import dev.onward.aws.dynamodb.DynamoDates;
import dev.onward.aws.dynamodb.Item;
import dev.onward.aws.dynamodb.ItemSize;
import dev.onward.aws.dynamodb.state.StateTable;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.store.Failure;
import dev.onward.store.StoreException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** The conditional writes that create a release and add to its deployments. */
final class ReleaseWrites {
  private final ProjectTables tables;

  ReleaseWrites(ProjectTables tables) {
    this.tables = tables;
  }

  /** Whether the release fits into one item. */
  boolean fits(Release release) {
    return ItemSize.of(ReleaseItem.of(release)) <= ItemSize.LIMIT;
  }

  /** Throws {@link StoreException} if the release does not fit into an item. */
  TransactWriteItem create(Release release) {
    var put =
        Put.builder()
            .tableName(tables.releases())
            .item(fitting(release).attributes())
            .conditionExpression(ReleaseTable.ABSENT)
            .build();
    return TransactWriteItem.builder().put(put).build();
  }

  TransactWriteItem requirePresent(ReleaseId release) {
    var check =
        ConditionCheck.builder()
            .tableName(tables.releases())
            .key(ReleaseTable.key(release))
            .conditionExpression(ReleaseTable.PRESENT)
            .build();
    return TransactWriteItem.builder().conditionCheck(check).build();
  }

  /** On condition that the list's length has not changed since it was read. */
  TransactWriteItem append(ReleaseId release, int length, Deployment deployment) {
    return update(
        release,
        deployment,
        ReleaseTable.APPEND,
        length == 0 ? ReleaseTable.NO_DEPLOYMENTS : ReleaseTable.AS_MANY_DEPLOYMENTS,
        Map.of(
            ":empty", Item.ofList(List.of()),
            ":deployment", Item.ofList(List.of(DeploymentItem.of(deployment))),
            ":length", Item.ofNumber(length)));
  }

  /** Marks the item as having deployments that did not fit. */
  TransactWriteItem markOverflow(ReleaseId release, Deployment deployment) {
    return update(
        release,
        deployment,
        ReleaseTable.MARK_OVERFLOW,
        ReleaseTable.PRESENT,
        Map.of(":true", AttributeValue.fromBool(true)));
  }

  /** Stores such a deployment, under a key that the head's version makes unique. */
  TransactWriteItem keepOverflow(ReleaseId release, Deployment deployment, long headVersion) {
    String key =
        "%s#%s#%s"
            .formatted(
                DynamoDates.format(deployment.createdAt()), deployment.environment(), headVersion);
    var put =
        Put.builder()
            .tableName(tables.state().table())
            .item(
                Map.of(
                    StateTable.PK, Item.ofText(StateTable.overflowPartition(release)),
                    StateTable.SK, Item.ofText(key),
                    StateTable.DEPLOYMENT, DeploymentItem.of(deployment).asValue()))
            .build();
    return TransactWriteItem.builder().put(put).build();
  }

  private static Item fitting(Release release) {
    Item whole = ReleaseItem.of(release);
    Item item = ItemSize.of(whole) <= ItemSize.LIMIT ? whole : ReleaseItem.withoutOrigins(release);
    int size = ItemSize.of(item);
    if (size > ItemSize.LIMIT) {
      throw new StoreException(tooLarge(release, size));
    }
    return item;
  }

  private static Failure tooLarge(Release release, int size) {
    return Failure.stalled(
        String.format(
            Locale.ROOT,
            "a release of %s services takes about %,d bytes; DynamoDB allows %,d for an item, and Onward"
                + " fills it up to %,d",
            release.images().images().size(),
            size,
            ItemSize.MAXIMUM,
            ItemSize.LIMIT));
  }

  private TransactWriteItem update(
      ReleaseId release,
      Deployment deployment,
      String expression,
      String condition,
      Map<String, AttributeValue> values) {
    var all = new HashMap<>(values);
    all.put(":deployed", Item.ofText(DynamoDates.format(deployment.createdAt())));
    var update =
        Update.builder()
            .tableName(tables.releases())
            .key(ReleaseTable.key(release))
            .updateExpression(expression)
            .conditionExpression(condition)
            .expressionAttributeValues(all)
            .build();
    return TransactWriteItem.builder().update(update).build();
  }
}
