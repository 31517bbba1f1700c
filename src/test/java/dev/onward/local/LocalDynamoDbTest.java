package dev.onward.local;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

class LocalDynamoDbTest {

  private static final String TABLE = "releases";
  private static final LocalAwsOptions OPTIONS = LocalAwsOptions.defaults().onAnyPort();

  private static LocalAws aws;
  private static DynamoDbClient dynamoDb;

  @BeforeAll
  static void start() {
    aws = LocalAws.start(OPTIONS);
    dynamoDb = Clients.dynamoDb(aws);
    createTable(dynamoDb);
  }

  @AfterAll
  static void stop() {
    dynamoDb.close();
    aws.close();
  }

  @Test
  void itemsGoThroughTheOnePortAndAreCounted() {
    aws.resetCalls();
    Map<String, AttributeValue> item = item("round-trip", "é ☃ 😀");
    dynamoDb.putItem(p -> p.tableName(TABLE).item(item));

    assertThat(dynamoDb.getItem(g -> g.tableName(TABLE).key(key("round-trip"))).item())
        .isEqualTo(item);
    assertThat(aws.calls()).isEqualTo(Map.of("dynamodb.PutItem", 1L, "dynamodb.GetItem", 1L));
  }

  @Test
  void allCredentialsAndRegionsSeeOneSetOfTables() {
    dynamoDb.putItem(p -> p.tableName(TABLE).item(item("shared", "x")));

    try (DynamoDbClient other =
        Clients.dynamoDb(aws, AwsBasicCredentials.create("Other_Key-1", "any"), Region.US_WEST_2)) {
      assertThat(other.getItem(g -> g.tableName(TABLE).key(key("shared"))).hasItem()).isTrue();
    }
  }

  @Test
  void aCancelledTransactionSaysWhyAndShowsTheItem() {
    dynamoDb.putItem(p -> p.tableName(TABLE).item(item("taken", "first")));
    Put second =
        Put.builder()
            .tableName(TABLE)
            .item(item("taken", "second"))
            .conditionExpression("attribute_not_exists(release_id)")
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();

    TransactionCanceledException cancelled =
        catchThrowableOfType(
            TransactionCanceledException.class,
            () ->
                dynamoDb.transactWriteItems(
                    t -> t.transactItems(TransactWriteItem.builder().put(second).build())));
    assertThat(cancelled.cancellationReasons().getFirst().code())
        .isEqualTo("ConditionalCheckFailed");
    assertThat(cancelled.cancellationReasons().getFirst().item()).isEqualTo(item("taken", "first"));
  }

  @Test
  void tablesSurviveARestartInADataDirectory(@TempDir Path directory) {
    try (LocalAws first = LocalAws.start(OPTIONS.keptIn(directory));
        DynamoDbClient client = Clients.dynamoDb(first)) {
      createTable(client);
      client.putItem(p -> p.tableName(TABLE).item(item("kept", "x")));
    }
    try (LocalAws second = LocalAws.start(OPTIONS.keptIn(directory));
        DynamoDbClient client = Clients.dynamoDb(second)) {
      assertThat(client.getItem(g -> g.tableName(TABLE).key(key("kept"))).item())
          .isEqualTo(item("kept", "x"));
    }
  }

  @Test
  void closingLeavesNoThreadBehind() {
    Set<Thread> before = threads();
    try (LocalAws other = LocalAws.start(OPTIONS);
        DynamoDbClient client = Clients.dynamoDb(other)) {
      createTable(client);
    }

    await().atMost(10, SECONDS).untilAsserted(() -> assertThat(before).containsAll(threads()));
  }

  /** Without those that the JDK and the test itself start and stop as they like. */
  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.getName().startsWith("awaitility"))
        .filter(
            thread -> {
              ThreadGroup group = thread.getThreadGroup();
              return group != null
                  && !Set.of("InnocuousThreadGroup", "CarrierThreads").contains(group.getName());
            })
        .collect(Collectors.toSet());
  }

  private static void createTable(DynamoDbClient client) {
    client.createTable(
        t ->
            t.tableName(TABLE)
                .keySchema(
                    KeySchemaElement.builder()
                        .attributeName("release_id")
                        .keyType(KeyType.HASH)
                        .build())
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("release_id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .billingMode(BillingMode.PAY_PER_REQUEST));
  }

  private static Map<String, AttributeValue> key(String id) {
    return Map.of("release_id", AttributeValue.fromS(id));
  }

  private static Map<String, AttributeValue> item(String id, String description) {
    return Map.of(
        "release_id", AttributeValue.fromS(id), "description", AttributeValue.fromS(description));
  }
}
