package dev.onward.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * DynamoDB, as far as it can surprise: conditional transactions with tokens that are remembered for
 * ten minutes, consistent reads, pages that are shorter than asked for, and indexes that lag.
 */
final class DynamoModel {
  private static final long TOKENS_KEPT = Duration.ofMinutes(10).toNanos();

  private final Map<String, Table> tables = new TreeMap<>();
  private final Map<String, Sent> tokens = new HashMap<>();
  private final LongSupplier time;
  private final NetworkConditions weather;
  private Witness witness = changes -> {};

  DynamoModel(LongSupplier time, NetworkConditions weather) {
    this.time = time;
    this.weather = weather;
  }

  /** Is told of every write that changes something, all of its items at once. */
  interface Witness {
    void committed(List<Changed> changes);
  }

  /** An item before and after a write. */
  record Changed(
      String table,
      String hash,
      String range,
      Map<String, AttributeValue> before,
      Map<String, AttributeValue> after) {}

  private record Sent(List<TransactWriteItem> writes, long at) {}

  /** One write of one item: its key, its condition and what becomes of it. */
  private record Write(
      Table table,
      Map<String, AttributeValue> key,
      Optional<String> condition,
      Optional<String> update,
      Optional<Map<String, AttributeValue>> put,
      Map<String, AttributeValue> values,
      Map<String, String> names) {
    boolean isPermitted() {
      var scope = new Expression.Scope(table.item(key), values, names);
      return condition.map(Expression::condition).map(it -> it.holds(scope)).orElse(true);
    }

    Map<String, AttributeValue> result() {
      if (put.isPresent()) {
        return put.get();
      }
      var item = new HashMap<>(table.item(key));
      item.putAll(key);
      return update
          .map(text -> Expression.updated(text, new Expression.Scope(item, values, names)))
          .orElse(item);
    }
  }

  /** An item as it was from some moment on, in an index. */
  private record Indexed(long from, Map<String, AttributeValue> item) {}

  /** A table, with one index for each range key by which releases are sorted. */
  private static final class Table {
    private final String name;
    private final String hash;
    private final Optional<String> range;
    private final Map<String, String> indexes;
    private final TreeMap<String, TreeMap<String, Map<String, AttributeValue>>> items =
        new TreeMap<>();
    private final Map<String, List<Indexed>> indexed = new TreeMap<>();

    Table(String name, String hash, Optional<String> range, Map<String, String> indexes) {
      this.name = name;
      this.hash = hash;
      this.range = range;
      this.indexes = indexes;
    }

    Map<String, AttributeValue> keyOf(Map<String, AttributeValue> item) {
      var key = new TreeMap<String, AttributeValue>();
      key.put(hash, Objects.requireNonNull(item.get(hash), hash));
      range.ifPresent(it -> key.put(it, Objects.requireNonNull(item.get(it), it)));
      return key;
    }

    String hash(Map<String, AttributeValue> item) {
      return text(item, hash);
    }

    String range(Map<String, AttributeValue> item) {
      return range.map(it -> text(item, it)).orElse("");
    }

    Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
      return items.getOrDefault(hash(key), new TreeMap<>()).getOrDefault(range(key), Map.of());
    }
  }

  /** Creates a table as Onward needs it. */
  void create(String name, String hash, Optional<String> range, Map<String, String> indexes) {
    tables.put(name, new Table(name, hash, range, indexes));
  }

  void witness(Witness newWitness) {
    witness = newWitness;
  }

  Map<String, AttributeValue> get(String table, Map<String, AttributeValue> key) {
    return table(table).item(key);
  }

  /** Somebody deletes an item by hand. */
  void delete(String table, Map<String, AttributeValue> key) {
    Table from = table(table);
    from.items.getOrDefault(from.hash(key), new TreeMap<>()).remove(from.range(key));
  }

  /** Every item of a table, as it is now. */
  List<Map<String, AttributeValue>> all(String table) {
    return table(table).items.values().stream().flatMap(it -> it.values().stream()).toList();
  }

  void put(
      String table,
      Map<String, AttributeValue> item,
      Optional<String> condition,
      Map<String, AttributeValue> values) {
    Table to = table(table);
    var write =
        new Write(
            to, to.keyOf(item), condition, Optional.empty(), Optional.of(item), values, Map.of());
    single(write);
  }

  void update(
      String table,
      Map<String, AttributeValue> key,
      String update,
      Optional<String> condition,
      Map<String, AttributeValue> values,
      Map<String, String> names) {
    single(
        new Write(
            table(table), key, condition, Optional.of(update), Optional.empty(), values, names));
  }

  private void single(Write write) {
    if (!write.isPermitted()) {
      throw AwsAnswers.conditionFailed();
    }
    commit(List.of(write));
  }

  void transact(TransactWriteItemsRequest request) {
    String token = request.clientRequestToken();
    Sent before = token == null ? null : tokens.get(token);
    if (before != null && time.getAsLong() - before.at() <= TOKENS_KEPT) {
      if (!before.writes().equals(request.transactItems())) {
        throw AwsAnswers.otherTransaction();
      }
      return;
    }
    List<Write> writes = request.transactItems().stream().map(this::write).toList();
    var touched = new HashSet<String>();
    for (Write write : writes) {
      if (!touched.add(write.table().name + write.table().keyOf(write.key()))) {
        throw AwsAnswers.invalid(
            "Transaction request cannot include multiple operations on one item");
      }
    }
    List<CancellationReason> reasons = writes.stream().map(DynamoModel::reason).toList();
    if (writes.stream().anyMatch(write -> !write.isPermitted())) {
      throw AwsAnswers.cancelled(reasons);
    }
    if (token != null) {
      tokens.put(token, new Sent(request.transactItems(), time.getAsLong()));
    }
    commit(
        writes.stream()
            .filter(write -> write.update().isPresent() || write.put().isPresent())
            .toList());
  }

  private static CancellationReason reason(Write write) {
    return CancellationReason.builder()
        .code(write.isPermitted() ? "None" : "ConditionalCheckFailed")
        .build();
  }

  private Write write(TransactWriteItem item) {
    if (item.put() != null) {
      Table table = table(item.put().tableName());
      return new Write(
          table,
          table.keyOf(item.put().item()),
          Optional.ofNullable(item.put().conditionExpression()),
          Optional.empty(),
          Optional.of(item.put().item()),
          item.put().expressionAttributeValues(),
          Map.of());
    }
    if (item.update() != null) {
      return new Write(
          table(item.update().tableName()),
          item.update().key(),
          Optional.ofNullable(item.update().conditionExpression()),
          Optional.of(item.update().updateExpression()),
          Optional.empty(),
          item.update().expressionAttributeValues(),
          Map.of());
    }
    return new Write(
        table(item.conditionCheck().tableName()),
        item.conditionCheck().key(),
        Optional.of(item.conditionCheck().conditionExpression()),
        Optional.empty(),
        Optional.empty(),
        item.conditionCheck().expressionAttributeValues(),
        Map.of());
  }

  private void commit(List<Write> writes) {
    var changes = new ArrayList<Changed>();
    for (Write write : writes) {
      Table table = write.table();
      Map<String, AttributeValue> before = table.item(write.key());
      Map<String, AttributeValue> after = Map.copyOf(write.result());
      String hash = table.hash(write.key());
      String range = table.range(write.key());
      table.items.computeIfAbsent(hash, it -> new TreeMap<>()).put(range, after);
      if (!table.indexes.isEmpty()) {
        var versions = table.indexed.computeIfAbsent(hash, it -> new ArrayList<>());
        long from = time.getAsLong() + weather.indexLag();
        long last = versions.isEmpty() ? from : versions.getLast().from();
        versions.add(new Indexed(Math.max(from, last), after));
      }
      changes.add(new Changed(table.name, hash, range, before, after));
    }
    witness.committed(changes);
  }

  QueryResponse query(QueryRequest request) {
    Table table = table(request.tableName());
    List<Map<String, AttributeValue>> found;
    List<String> order;
    if (request.indexName() == null) {
      found = partition(table, request);
      order = List.of(table.range.orElseThrow());
    } else {
      String range = Objects.requireNonNull(table.indexes.get(request.indexName()));
      found = indexed(table, range, request);
      order = List.of(range, table.hash);
    }
    Comparator<Map<String, AttributeValue>> comparator =
        Comparator.comparing((Map<String, AttributeValue> item) -> joined(item, order));
    boolean backwards = Boolean.FALSE.equals(request.scanIndexForward());
    if (backwards) {
      comparator = comparator.reversed();
    }
    var rest = new ArrayList<>(found);
    rest.sort(comparator);
    if (!request.exclusiveStartKey().isEmpty()) {
      Comparator<Map<String, AttributeValue>> by = comparator;
      rest.removeIf(item -> by.compare(item, request.exclusiveStartKey()) <= 0);
    }
    return page(table, request, rest);
  }

  /** A page that is full has a next one, even if that is empty. */
  private QueryResponse page(
      Table table, QueryRequest request, List<Map<String, AttributeValue>> rest) {
    int most = request.limit() == null ? Integer.MAX_VALUE : request.limit();
    int size = Math.min(rest.size(), Math.max(weather.page(most), request.limit() == null ? 1 : 0));
    var response = QueryResponse.builder().items(rest.subList(0, size)).count(size);
    boolean more = size < rest.size() || size == most;
    if (!more) {
      return response.build();
    }
    Map<String, AttributeValue> last = size == 0 ? request.exclusiveStartKey() : rest.get(size - 1);
    if (size == 0 && last.isEmpty()) {
      return response
          .items(rest.subList(0, 1))
          .lastEvaluatedKey(key(table, request, rest.getFirst()))
          .build();
    }
    return response.lastEvaluatedKey(size == 0 ? last : key(table, request, last)).build();
  }

  private static Map<String, AttributeValue> key(
      Table table, QueryRequest request, Map<String, AttributeValue> item) {
    var key = new HashMap<>(table.keyOf(item));
    if (request.indexName() != null) {
      String range = Objects.requireNonNull(table.indexes.get(request.indexName()));
      key.put(range, Objects.requireNonNull(item.get(range)));
      key.put("project_id", Objects.requireNonNull(item.get("project_id")));
    }
    return key;
  }

  private static List<Map<String, AttributeValue>> partition(Table table, QueryRequest request) {
    var condition = Expression.condition(request.keyConditionExpression());
    String hash = Objects.requireNonNull(request.expressionAttributeValues().get(":partition")).s();
    return table.items.getOrDefault(hash, new TreeMap<>()).values().stream()
        .filter(item -> condition.holds(scope(item, request)))
        .toList();
  }

  private List<Map<String, AttributeValue>> indexed(
      Table table, String range, QueryRequest request) {
    var condition = Expression.condition(request.keyConditionExpression());
    long now = time.getAsLong();
    var found = new ArrayList<Map<String, AttributeValue>>();
    for (List<Indexed> versions : table.indexed.values()) {
      versions.reversed().stream()
          .filter(version -> version.from() <= now)
          .findFirst()
          .map(Indexed::item)
          .filter(item -> item.containsKey(range) && condition.holds(scope(item, request)))
          .ifPresent(found::add);
    }
    return found;
  }

  private static Expression.Scope scope(Map<String, AttributeValue> item, QueryRequest request) {
    return new Expression.Scope(
        item, request.expressionAttributeValues(), request.expressionAttributeNames());
  }

  private static String joined(Map<String, AttributeValue> item, List<String> names) {
    return names.size() == 1
        ? text(item, names.getFirst())
        : text(item, names.getFirst()) + '\n' + text(item, names.getLast());
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? "" : value.s();
  }

  private Table table(String name) {
    Table table = tables.get(name);
    if (table == null) {
      throw AwsAnswers.noSuchTable(name);
    }
    return table;
  }

  /** A table's keys, range key and indexes, for {@code DescribeTable}. */
  record Shape(String hash, Optional<String> range, Map<String, String> indexes) {}

  Shape shape(String name) {
    Table table = table(name);
    return new Shape(table.hash, table.range, table.indexes);
  }
}
