package dev.onward.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** The SDK's client, of a model at the other end of a wire. */
final class DynamoModelClient implements DynamoDbClient {
  private final DynamoModel model;
  private final Wire wire;

  DynamoModelClient(DynamoModel model, Wire wire) {
    this.model = model;
    this.wire = wire;
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    return wire.call(
        call(Wire.Operation.GET, request.key()),
        () -> {
          if (!Boolean.TRUE.equals(request.consistentRead())) {
            throw new IllegalArgumentException("the model knows no inconsistent read of an item");
          }
          var item = model.get(request.tableName(), request.key());
          return item.isEmpty()
              ? GetItemResponse.builder().build()
              : GetItemResponse.builder().item(item).build();
        });
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    var call =
        new Wire.Call(
            Wire.Operation.QUERY,
            () -> Optional.ofNullable(request.indexName()).orElse("") + values(request));
    return wire.call(call, () -> model.query(request));
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    return wire.call(
        call(Wire.Operation.WRITE, request.item()),
        () -> {
          model.put(
              request.tableName(),
              request.item(),
              Optional.ofNullable(request.conditionExpression()),
              request.expressionAttributeValues());
          return PutItemResponse.builder().build();
        });
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    return wire.call(
        call(Wire.Operation.WRITE, request.key()),
        () -> {
          model.update(
              request.tableName(),
              request.key(),
              request.updateExpression(),
              Optional.ofNullable(request.conditionExpression()),
              request.expressionAttributeValues(),
              request.expressionAttributeNames());
          return UpdateItemResponse.builder().build();
        });
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    var call =
        new Wire.Call(
            Wire.Operation.TRANSACT,
            () ->
                request.transactItems().stream()
                    .map(DynamoModelClient::describe)
                    .toList()
                    .toString());
    return wire.call(
        call,
        () -> {
          model.transact(request);
          return TransactWriteItemsResponse.builder().build();
        });
  }

  @Override
  public DescribeTableResponse describeTable(DescribeTableRequest request) {
    return wire.call(
        new Wire.Call(Wire.Operation.DESCRIBE, request::tableName),
        () -> {
          var shape = model.shape(request.tableName());
          var table =
              TableDescription.builder()
                  .tableName(request.tableName())
                  .tableStatus(TableStatus.ACTIVE)
                  .keySchema(keys(shape.hash(), shape.range()))
                  .globalSecondaryIndexes(
                      shape.indexes().entrySet().stream()
                          .map(index -> index(index.getKey(), index.getValue()))
                          .toList())
                  .build();
          return DescribeTableResponse.builder().table(table).build();
        });
  }

  private static GlobalSecondaryIndexDescription index(String name, String range) {
    return GlobalSecondaryIndexDescription.builder()
        .indexName(name)
        .indexStatus(IndexStatus.ACTIVE)
        .keySchema(keys("project_id", Optional.of(range)))
        .projection(projection -> projection.projectionType(ProjectionType.ALL))
        .build();
  }

  private static List<KeySchemaElement> keys(String hash, Optional<String> range) {
    var keys = new ArrayList<KeySchemaElement>();
    keys.add(KeySchemaElement.builder().attributeName(hash).keyType(KeyType.HASH).build());
    range.ifPresent(
        it ->
            keys.add(KeySchemaElement.builder().attributeName(it).keyType(KeyType.RANGE).build()));
    return keys;
  }

  private static Wire.Call call(Wire.Operation operation, Map<String, AttributeValue> key) {
    return new Wire.Call(operation, () -> describe(key));
  }

  private static String describe(TransactWriteItem item) {
    if (item.put() != null) {
      return "put " + describe(item.put().item());
    }
    return item.update() != null
        ? "update " + describe(item.update().key())
        : "check " + describe(item.conditionCheck().key());
  }

  private static String describe(Map<String, AttributeValue> key) {
    AttributeValue release = key.get("release_id");
    AttributeValue sort = key.get("sk");
    if (sort != null) {
      AttributeValue event = key.get("event");
      return event == null ? sort.s() : event.s();
    }
    return release == null ? key.toString() : "release " + release.s().substring(0, 8);
  }

  private static String values(QueryRequest request) {
    return request.expressionAttributeValues().values().stream()
        .map(AttributeValue::s)
        .sorted()
        .toList()
        .toString();
  }
}
