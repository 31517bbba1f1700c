package dev.onward.aws;

import dev.onward.model.ProjectId;
import dev.onward.reconcile.StoreException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** The two tables of one project, each checked before its first use. */
final class ProjectTables {
  private final ProjectId project;
  private final TableDefinition releases;
  private final TableDefinition state;
  private final DynamoDbClient dynamo;
  private final AwsCalls calls;
  private final Tables tables;

  ProjectTables(
      ProjectId project,
      TableDefinition releases,
      TableDefinition state,
      DynamoDbClient dynamo,
      AwsCalls calls,
      Tables tables) {
    this.project = project;
    this.releases = releases;
    this.state = state;
    this.dynamo = dynamo;
    this.calls = calls;
    this.tables = tables;
  }

  ProjectId project() {
    return project;
  }

  String releases() {
    return releases.name();
  }

  String state() {
    return state.name();
  }

  /** A consistent read of a release. */
  Optional<Item> release(Map<String, AttributeValue> key) {
    return read(releases, () -> get(releases, key));
  }

  /** A consistent read from the state table. */
  Optional<Item> state(Map<String, AttributeValue> key) {
    return read(state, () -> get(state, key));
  }

  /** One page of releases. */
  QueryResponse queryReleases(QueryRequest request) {
    return read(releases, () -> calls.call(request, dynamo::query));
  }

  /** Every page of a query of the releases, each read when it is asked for. */
  Iterator<QueryResponse> pagesOfReleases(QueryRequest first) {
    return new Pages(releases, first);
  }

  /** Every page of a query of the state, each read when it is asked for. */
  Iterator<QueryResponse> pagesOfState(QueryRequest first) {
    return new Pages(state, first);
  }

  /** Throws {@link AwsCallException} if it failed, {@link StoreException} if it was not tried. */
  void transact(List<TransactWriteItem> actions, String token) {
    tables.require(state);
    tables.require(releases);
    var request =
        TransactWriteItemsRequest.builder()
            .transactItems(actions)
            .clientRequestToken(token)
            .build();
    try {
      calls.call(request, dynamo::transactWriteItems);
    } catch (AwsCallException e) {
      if (e.error() == AwsError.NOT_FOUND) {
        tables.forget(state);
        tables.forget(releases);
      }
      throw e;
    }
  }

  private Optional<Item> get(TableDefinition table, Map<String, AttributeValue> key) {
    var request =
        GetItemRequest.builder().tableName(table.name()).key(key).consistentRead(true).build();
    var response = calls.call(request, dynamo::getItem);
    return response.hasItem() ? Optional.of(new Item(response.item())) : Optional.empty();
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
    private Optional<QueryRequest> next;

    Pages(TableDefinition table, QueryRequest first) {
      this.table = table;
      next = Optional.of(first);
    }

    @Override
    public boolean hasNext() {
      return next.isPresent();
    }

    @Override
    public QueryResponse next() {
      QueryRequest request = next.orElseThrow(NoSuchElementException::new);
      QueryResponse page = read(table, () -> calls.call(request, dynamo::query));
      next =
          Optional.of(page.lastEvaluatedKey())
              .filter(key -> !key.isEmpty())
              .map(key -> request.toBuilder().exclusiveStartKey(key).build());
      return page;
    }
  }
}
