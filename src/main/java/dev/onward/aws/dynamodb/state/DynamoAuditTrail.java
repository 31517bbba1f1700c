package dev.onward.aws.dynamodb.state;

import dev.onward.aws.client.AwsCallException;
import dev.onward.aws.dynamodb.Item;
import dev.onward.model.AuditEvent;
import dev.onward.model.InvalidValueException;
import dev.onward.store.AuditTrail;
import dev.onward.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** The audit trail of one owner: an append-only partition of the state table. */
public final class DynamoAuditTrail implements AuditTrail {
  private static final Logger LOG = Logger.getLogger(DynamoAuditTrail.class);

  private final StatePartition state;
  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  public DynamoAuditTrail(StatePartition state) {
    this.state = state;
  }

  /** Reads one more event than requested, which shows whether there is another page. */
  @Override
  public Page page(int limit, Optional<String> cursor) {
    if (limit < 1 || limit > LARGEST_PAGE) {
      throw new InvalidValueException(
          "limit", Integer.toString(limit), "1 to %s".formatted(LARGEST_PAGE));
    }
    Optional<String> before = cursor.map(AuditCursor::parse).map(AuditCursor::sortKey);
    QueryResponse read = state.newestFirst(state.owner().auditPartition(), limit + 1, before);
    List<Item> items = read.items().stream().limit(limit).map(Item::new).toList();
    boolean more = read.items().size() > limit || !read.lastEvaluatedKey().isEmpty();
    var events = new ArrayList<AuditEvent>();
    items.forEach(item -> readable(item).ifPresent(events::add));
    return new Page(
        events,
        more
            ? last(items, read).text(StateTable.SK).map(key -> new AuditCursor(key).text())
            : Optional.empty());
  }

  /**
   * A plain put costs half of a transaction, and nothing else depends on it. Its key is unique, so
   * that a repeated put writes one event and overwrites no other.
   */
  @Override
  public void note(AuditEvent event) {
    Item item = AuditItem.of(state.owner(), event, UUID.randomUUID().toString());
    var put = PutItemRequest.builder().tableName(state.table()).item(item.attributes()).build();
    try {
      state.put(put);
    } catch (AwsCallException e) {
      throw new StoreException(e.failure(), e);
    }
  }

  /**
   * A page may be empty without being the last: the next one then starts at its last evaluated key.
   */
  private static Item last(List<Item> items, QueryResponse read) {
    return items.isEmpty() ? new Item(read.lastEvaluatedKey()) : items.getLast();
  }

  /** One event from a later version or another writer must not hide all others. */
  private Optional<AuditEvent> readable(Item item) {
    try {
      return Optional.of(AuditItem.read(item));
    } catch (InvalidValueException e) {
      String key = item.text(StateTable.SK).orElse("");
      if (warned.add(key)) {
        LOG.warnf(
            "Skipped event %s of %s in table %s: %s",
            key, state.owner().words(), state.table(), e.getMessage());
      }
      return Optional.empty();
    }
  }
}
