package dev.onward.simulation;

import dev.onward.aws.dynamodb.state.ModelStores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** A client that leaves something out of transactions. */
final class BuggyDynamo implements DynamoDbClient {
  private final DynamoDbClient real;
  private final List<Function<TransactWriteItem, Stream<TransactWriteItem>>> omissions =
      new ArrayList<>();

  BuggyDynamo(DynamoDbClient real) {
    this.real = real;
  }

  /** Updates of items of the state table whose sort key begins like this. */
  BuggyDynamo withoutConditionOn(String prefix) {
    omissions.add(
        item ->
            item.update() != null && sortKey(item.update().key()).startsWith(prefix)
                ? Stream.of(withoutCondition(item))
                : Stream.of(item));
    return this;
  }

  BuggyDynamo withoutConditionOnReleases() {
    omissions.add(
        item ->
            item.put() != null && item.put().tableName().equals(ModelStores.RELEASES)
                ? Stream.of(
                    item.toBuilder()
                        .put(item.put().toBuilder().conditionExpression(null).build())
                        .build())
                : Stream.of(item));
    return this;
  }

  /** Items of the state table that must only be so, and are not changed. */
  BuggyDynamo withoutCheckOf(String prefix) {
    omissions.add(
        item ->
            item.conditionCheck() != null && sortKey(item.conditionCheck().key()).startsWith(prefix)
                ? Stream.empty()
                : Stream.of(item));
    return this;
  }

  BuggyDynamo withoutAudit() {
    omissions.add(
        item ->
            item.put() != null && item.put().item().containsKey("event")
                ? Stream.empty()
                : Stream.of(item));
    return this;
  }

  /** A list is read, and written back with what is appended, under no condition. */
  BuggyDynamo writingListsBack() {
    omissions.add(
        item ->
            item.update() != null && item.update().updateExpression().contains("list_append")
                ? Stream.of(writtenBack(item))
                : Stream.of(item));
    return this;
  }

  private static TransactWriteItem withoutCondition(TransactWriteItem item) {
    return item.toBuilder()
        .update(item.update().toBuilder().conditionExpression(null).build())
        .build();
  }

  private TransactWriteItem writtenBack(TransactWriteItem item) {
    var values = new HashMap<>(item.update().expressionAttributeValues());
    var read =
        real.getItem(
            GetItemRequest.builder()
                .tableName(item.update().tableName())
                .key(item.update().key())
                .consistentRead(true)
                .build());
    var all = new ArrayList<>(Judge.deployments(read.item()));
    all.addAll(values.getOrDefault(":deployment", AttributeValue.fromL(List.of())).l());
    values.put(":all", AttributeValue.fromL(all));
    return item.toBuilder()
        .update(
            item.update().toBuilder()
                .updateExpression("SET deployments = :all, last_date_deployed = :deployed")
                .conditionExpression(null)
                .expressionAttributeValues(values)
                .build())
        .build();
  }

  private static String sortKey(Map<String, AttributeValue> key) {
    AttributeValue sort = key.get("sk");
    return sort == null ? "" : sort.s();
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    List<TransactWriteItem> items = request.transactItems();
    for (var omission : omissions) {
      items = items.stream().flatMap(omission).toList();
    }
    return real.transactWriteItems(request.toBuilder().transactItems(items).build());
  }

  @Override
  public String serviceName() {
    return real.serviceName();
  }

  @Override
  public void close() {}

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    return real.getItem(request);
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    return real.query(request);
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    return real.putItem(request);
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    return real.updateItem(request);
  }

  @Override
  public DescribeTableResponse describeTable(DescribeTableRequest request) {
    return real.describeTable(request);
  }
}
