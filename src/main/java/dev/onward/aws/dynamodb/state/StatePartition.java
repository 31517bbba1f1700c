package dev.onward.aws.dynamodb.state;

import dev.onward.aws.client.AwsCallException;
import dev.onward.aws.dynamodb.Item;
import dev.onward.aws.dynamodb.TableCalls;
import dev.onward.aws.dynamodb.TableDefinition;
import dev.onward.model.InvalidValueException;
import dev.onward.store.Failure;
import dev.onward.store.StoreException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** The part of the state table that belongs to one owner. */
public final class StatePartition {
  private final StateOwner owner;
  private final TableDefinition table;
  private final List<TableDefinition> written;
  private final TableCalls calls;

  /**
   * @param written the tables that the owner's transactions write to
   */
  public StatePartition(
      StateOwner owner, TableDefinition table, List<TableDefinition> written, TableCalls calls) {
    this.owner = owner;
    this.table = table;
    this.written = List.copyOf(written);
    this.calls = calls;
  }

  StateOwner owner() {
    return owner;
  }

  public String table() {
    return table.name();
  }

  Map<String, AttributeValue> key(String sortKey) {
    return StateTable.key(owner, sortKey);
  }

  /** A consistent read of one item. */
  Optional<Item> item(String sortKey) {
    return calls.get(table, key(sortKey));
  }

  /** A consistent read of one item with a given request. */
  Optional<Item> item(GetItemRequest request) {
    return calls.get(table, request);
  }

  /** The owner's whole current state, read consistently: one request for each 1 MB. */
  public Stream<Item> items() {
    return partition(owner.partition());
  }

  /** Every item of a partition, read consistently, page by page on demand. */
  public Stream<Item> partition(String name) {
    Iterator<QueryResponse> pages =
        calls.pages(
            table,
            QueryRequest.builder()
                .tableName(table.name())
                .consistentRead(true)
                .keyConditionExpression(StateTable.OF_PARTITION)
                .expressionAttributeValues(Map.of(":partition", Item.ofText(name)))
                .build());
    Iterable<QueryResponse> all = () -> pages;
    return StreamSupport.stream(all.spliterator(), false)
        .flatMap(page -> page.items().stream())
        .map(Item::new);
  }

  /** A consistent read of one item of any partition. */
  Optional<Item> item(String partition, String sortKey) {
    return calls.get(table, StateTable.key(partition, sortKey));
  }

  /**
   * One page of a partition, read consistently, in descending order.
   *
   * @param before the last sort key of the previous page
   */
  QueryResponse newestFirst(String partition, int limit, Optional<String> before) {
    var request =
        QueryRequest.builder()
            .tableName(table.name())
            .consistentRead(true)
            .keyConditionExpression(StateTable.OF_PARTITION)
            .expressionAttributeValues(Map.of(":partition", Item.ofText(partition)))
            .scanIndexForward(false)
            .limit(limit);
    before.map(sortKey -> StateTable.key(partition, sortKey)).ifPresent(request::exclusiveStartKey);
    return calls.query(table, request.build());
  }

  /**
   * Throws {@link AwsCallException} if it failed, {@link StoreException} if it was not attempted.
   */
  void put(PutItemRequest request) {
    calls.put(table, request);
  }

  /**
   * Throws {@link AwsCallException} if it failed, {@link StoreException} if it was not attempted.
   */
  UpdateItemResponse update(UpdateItemRequest request) {
    return calls.update(table, request);
  }

  /**
   * Throws {@link AwsCallException} if it failed, {@link StoreException} if it was not attempted.
   */
  void transact(List<TransactWriteItem> writes, String token) {
    calls.transact(written, writes, token);
  }

  /** An unreadable item is a failure that names it, never an absence. */
  <T> T readable(Item item, Function<Item, T> reading) {
    try {
      return reading.apply(item);
    } catch (InvalidValueException e) {
      String key = item.text(StateTable.SK).orElse("");
      throw new StoreException(
          Failure.stalled(
              "item %s of %s in table %s cannot be read: %s; %s"
                  .formatted(key, owner.words(), table.name(), e.getMessage(), way(key))),
          e);
    }
  }

  private String way(String key) {
    String decisions =
        owner.equals(StateOwner.DAEMON) && key.equals(StateTable.INTERVENTIONS)
            ? "automation of all projects is paused until it can be, since it may contain a stop; "
            : "";
    return decisions + "correct the item manually, see 'An unreadable item' in runbooks.md";
  }
}
