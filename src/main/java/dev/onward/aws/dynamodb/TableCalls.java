package dev.onward.aws.dynamodb;

import dev.onward.aws.client.AwsCallException;
import dev.onward.aws.client.AwsCalls;
import dev.onward.aws.client.AwsError;
import dev.onward.aws.client.Pagination;
import dev.onward.store.StoreException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** Calls to tables with one set of credentials, each table being verified before its first use. */
public final class TableCalls {
  /** Several times a million releases at 25 a page. */
  private static final int MOST_PAGES = 100_000;

  private final DynamoDbClient dynamo;
  private final AwsCalls calls;
  private final TableVerifier tables;

  public TableCalls(DynamoDbClient dynamo, AwsCalls calls, TableVerifier tables) {
    this.dynamo = dynamo;
    this.calls = calls;
    this.tables = tables;
  }

  /** A consistent read of one item. */
  public Optional<Item> get(TableDefinition table, Map<String, AttributeValue> key) {
    return get(
        table,
        GetItemRequest.builder().tableName(table.name()).key(key).consistentRead(true).build());
  }

  public Optional<Item> get(TableDefinition table, GetItemRequest request) {
    var response = read(table, () -> calls.call(request, dynamo::getItem));
    return response.hasItem() ? Optional.of(new Item(response.item())) : Optional.empty();
  }

  /** One page. */
  public QueryResponse query(TableDefinition table, QueryRequest request) {
    return read(table, () -> calls.call(request, dynamo::query));
  }

  /** Every page, each read on demand. */
  public Iterator<QueryResponse> pages(TableDefinition table, QueryRequest first) {
    return new Pages(table, first);
  }

  /**
   * Throws {@link AwsCallException} if it failed, {@link StoreException} if it was not attempted.
   *
   * @param written the tables that the transaction may write to
   */
  public void transact(
      List<TableDefinition> written, List<TransactWriteItem> writes, String token) {
    var request =
        TransactWriteItemsRequest.builder().transactItems(writes).clientRequestToken(token).build();
    write(written, () -> calls.call(request, dynamo::transactWriteItems));
  }

  /**
   * Puts one item, with retries: a caller with a condition must recognise its own effect. Throws
   * {@link AwsCallException} if it failed, {@link StoreException} if it was not attempted.
   */
  public void put(TableDefinition table, PutItemRequest request) {
    write(List.of(table), () -> calls.call(request, dynamo::putItem));
  }

  /** Changes one item, with the same semantics as {@link #put}. */
  public UpdateItemResponse update(TableDefinition table, UpdateItemRequest request) {
    return write(List.of(table), () -> calls.call(request, dynamo::updateItem));
  }

  private <T> T write(List<TableDefinition> written, Supplier<T> writing) {
    written.forEach(tables::require);
    try {
      return writing.get();
    } catch (AwsCallException e) {
      if (e.error() == AwsError.NOT_FOUND) {
        written.forEach(tables::forget);
      }
      throw e;
    }
  }

  private <T> T read(TableDefinition table, Supplier<T> reading) {
    tables.require(table);
    try {
      return reading.get();
    } catch (AwsCallException e) {
      if (e.error() == AwsError.NOT_FOUND) {
        tables.forget(table);
      }
      throw new StoreException(e.failure(), e);
    }
  }

  private final class Pages implements Iterator<QueryResponse> {
    private final TableDefinition table;
    private final Pagination paging;
    private Optional<QueryRequest> next;

    Pages(TableDefinition table, QueryRequest first) {
      this.table = table;
      paging = new Pagination(first, MOST_PAGES);
      next = Optional.of(first);
    }

    @Override
    public boolean hasNext() {
      return next.isPresent();
    }

    @Override
    public QueryResponse next() {
      QueryRequest request = next.orElseThrow(NoSuchElementException::new);
      if (request.hasExclusiveStartKey()) {
        follow(request.exclusiveStartKey());
      }
      QueryResponse page = query(table, request);
      next =
          Optional.of(page.lastEvaluatedKey())
              .filter(key -> !key.isEmpty())
              .map(key -> request.toBuilder().exclusiveStartKey(key).build());
      return page;
    }

    private void follow(Map<String, AttributeValue> key) {
      try {
        paging.follow(key);
      } catch (AwsCallException e) {
        throw new StoreException(e.failure(), e);
      }
    }
  }
}
