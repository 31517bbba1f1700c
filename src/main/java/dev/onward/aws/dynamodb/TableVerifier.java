package dev.onward.aws.dynamodb;

import dev.onward.aws.client.AwsCallException;
import dev.onward.aws.client.AwsCalls;
import dev.onward.aws.client.AwsError;
import dev.onward.aws.dynamodb.TableDefinition.KeySchema;
import dev.onward.aws.dynamodb.TableDefinition.SecondaryIndex;
import dev.onward.store.Failure;
import dev.onward.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * Verifies once, before the first use with some credentials, that a table exists and has the
 * expected structure: writing to a table with other keys or indexes could do unnoticed harm.
 */
public final class TableVerifier {
  private static final Set<TableStatus> USABLE = Set.of(TableStatus.ACTIVE, TableStatus.UPDATING);
  private static final Set<IndexStatus> INDEX_USABLE =
      Set.of(IndexStatus.ACTIVE, IndexStatus.UPDATING);

  private final DynamoDbClient dynamo;
  private final AwsCalls calls;
  private final boolean create;
  private final Set<String> checked = ConcurrentHashMap.newKeySet();

  /**
   * @param create whether a missing table is created
   */
  public TableVerifier(DynamoDbClient dynamo, AwsCalls calls, boolean create) {
    this.dynamo = dynamo;
    this.calls = calls;
    this.create = create;
  }

  /** Throws {@link StoreException} unless the table can be used as it is. */
  void require(TableDefinition table) {
    if (checked.contains(table.name())) {
      return;
    }
    try {
      check(table, describe(table).or(() -> created(table)).orElseThrow(() -> missing(table)));
    } catch (AwsCallException e) {
      throw new StoreException(e.failure(), e);
    }
    checked.add(table.name());
  }

  /** Called when a table was found missing after all: it is verified again before its next use. */
  void forget(TableDefinition table) {
    checked.remove(table.name());
  }

  private Optional<TableDescription> describe(TableDefinition table) {
    var request = DescribeTableRequest.builder().tableName(table.name()).build();
    try {
      return Optional.of(calls.call(request, dynamo::describeTable).table());
    } catch (AwsCallException e) {
      if (e.error() == AwsError.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Optional<TableDescription> created(TableDefinition table) {
    if (!create) {
      return Optional.empty();
    }
    try {
      calls.call(TableCreation.of(table), dynamo::createTable);
    } catch (AwsCallException e) {
      if (e.error() != AwsError.BUSY) {
        throw e;
      }
      // Another replica is creating it concurrently.
    }
    return describe(table);
  }

  private static StoreException missing(TableDefinition table) {
    return new StoreException(
        Failure.stalled(
            ("table %s does not exist (or not in this account and Region); name another with %s,"
                    + " or let Onward create it with onward.create-tables=true")
                .formatted(table.name(), table.setting())));
  }

  private static void check(TableDefinition table, TableDescription found) {
    List<String> problems = problems(table, found);
    if (!problems.isEmpty()) {
      throw new StoreException(
          Failure.stalled(
              "table %s (%s) does not have the required structure: %s"
                  .formatted(table.name(), table.setting(), String.join("; ", problems))));
    }
    List<String> pending = pending(table, found);
    if (!pending.isEmpty()) {
      throw new StoreException(
          new Failure(
              Failure.Kind.WAITING,
              "table %s is not ready: %s".formatted(table.name(), String.join("; ", pending))));
    }
  }

  private static List<String> problems(TableDefinition table, TableDescription found) {
    var problems = new ArrayList<String>();
    KeySchema key = key(found.keySchema());
    if (!key.equals(table.key())) {
      problems.add("its key is %s, expected %s".formatted(key, table.key()));
    }
    for (SecondaryIndex expected : table.indexes()) {
      index(expected, found)
          .ifPresentOrElse(
              index -> problems.addAll(problems(expected, index)),
              () ->
                  problems.add(
                      "it has no index %s; expected one on %s that projects ALL"
                          .formatted(expected.name(), expected.key())));
    }
    return problems;
  }

  private static List<String> problems(
      SecondaryIndex expected, GlobalSecondaryIndexDescription found) {
    var problems = new ArrayList<String>();
    KeySchema key = key(found.keySchema());
    if (!key.equals(expected.key())) {
      problems.add(
          "its index %s is on %s, expected %s".formatted(expected.name(), key, expected.key()));
    }
    if (found.projection().projectionType() != ProjectionType.ALL) {
      problems.add(
          "its index %s projects %s, expected ALL"
              .formatted(expected.name(), found.projection().projectionTypeAsString()));
    }
    return problems;
  }

  private static List<String> pending(TableDefinition table, TableDescription found) {
    var pending = new ArrayList<String>();
    if (!USABLE.contains(found.tableStatus())) {
      pending.add("it is " + found.tableStatusAsString());
    }
    for (SecondaryIndex expected : table.indexes()) {
      index(expected, found)
          .filter(index -> !INDEX_USABLE.contains(index.indexStatus()))
          .ifPresent(
              index ->
                  pending.add(
                      "its index %s is %s"
                          .formatted(expected.name(), index.indexStatusAsString())));
    }
    return pending;
  }

  private static Optional<GlobalSecondaryIndexDescription> index(
      SecondaryIndex expected, TableDescription found) {
    return found.globalSecondaryIndexes().stream()
        .filter(index -> index.indexName().equals(expected.name()))
        .findFirst();
  }

  private static KeySchema key(List<KeySchemaElement> schema) {
    return new KeySchema(
        keyPart(schema, KeyType.HASH).orElse("nothing"), keyPart(schema, KeyType.RANGE));
  }

  private static Optional<String> keyPart(List<KeySchemaElement> schema, KeyType type) {
    return schema.stream()
        .filter(element -> element.keyType() == type)
        .map(KeySchemaElement::attributeName)
        .findFirst();
  }
}
