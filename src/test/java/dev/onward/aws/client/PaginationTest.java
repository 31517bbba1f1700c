package dev.onward.aws.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.aws.dynamodb.TableCalls;
import dev.onward.aws.dynamodb.TableDefinition;
import dev.onward.aws.dynamodb.TableVerifier;
import dev.onward.aws.dynamodb.state.StateOwner;
import dev.onward.aws.dynamodb.state.StatePartition;
import dev.onward.aws.dynamodb.state.StateTable;
import dev.onward.aws.dynamodb.state.TestAws;
import dev.onward.aws.ssm.SsmParameterStore;
import dev.onward.model.Label;
import dev.onward.model.ParameterName;
import dev.onward.model.ProjectId;
import dev.onward.model.ServiceId;
import dev.onward.store.Failure;
import dev.onward.store.ListedParameter;
import dev.onward.store.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;

/** Listings page by page: what moves while they are read, and pages that never end. */
class PaginationTest {
  private static final ProjectId STORAGE = new ProjectId("storage");
  private static final ParameterName NAME =
      new ParameterName(STORAGE, new Label("latest"), new ServiceId("bags"));

  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void ofANameThatIsListedTwiceTheHigherVersionCountsWhicheverComesLater() {
    assertThat(listed(page("t", parameter(5), parameter(6)), page(null, parameter(4))))
        .isEqualTo(6);
    assertThat(listed(page("t", parameter(4)), page(null, parameter(6)))).isEqualTo(6);
    assertThat(listed(page(null, parameter(6), parameter(6)))).isEqualTo(6);
  }

  @Test
  void aTokenThatWasThereBeforeMakesAFailedListing() {
    assertFails(
        () -> store(number -> page("again")).list(STORAGE),
        "SSM GetParametersByPath",
        "repeats the token of an earlier page");
    assertThat(asked).as("pages that were asked for").hasValue(2);
    asked.set(0);
    assertFails(
        () -> store(number -> page("token" + number % 5)).list(STORAGE),
        "repeats the token of an earlier page");
    assertThat(asked).as("a longer circle").hasValue(6);
  }

  @Test
  void morePagesThanThereCanBeMakeAFailedListing() {
    assertFails(
        () -> store(number -> page("token" + number)).list(STORAGE), "more than 20,000 pages");
  }

  @Test
  void aHistoryEndsTheSame() {
    assertFails(
        () -> histories(number -> "again").history(NAME),
        "SSM GetParameterHistory",
        "repeats the token of an earlier page");
    assertFails(() -> histories(number -> "token" + number).history(NAME), "more than 200 pages");
  }

  @Test
  void aQueryOfTheTablesEndsTheSame() {
    assertFails(
        () -> state(number -> "again").items().forEach(_ -> {}),
        "DynamoDB Query",
        "repeats the token of an earlier page");
    assertThat(asked).as("pages that were asked for").hasValue(2);
    assertFails(
        () -> state(number -> "key" + number).items().forEach(_ -> {}), "more than 100,000 pages");
  }

  private static void assertFails(Runnable listing, String... words) {
    assertThatThrownBy(listing::run)
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.failure().kind()).isEqualTo(Failure.Kind.TRANSIENT))
        .hasMessageContainingAll(words);
  }

  private static long listed(GetParametersByPathResponse... pages) {
    var next = new AtomicInteger();
    List<ListedParameter> all =
        new PaginationTest()
            .store(number -> pages[next.getAndIncrement()])
            .list(STORAGE)
            .parameters();
    assertThat(all).hasSize(1);
    return all.getFirst().version();
  }

  private static GetParametersByPathResponse page(@Nullable String token, Parameter... parameters) {
    return GetParametersByPathResponse.builder().parameters(parameters).nextToken(token).build();
  }

  private static Parameter parameter(long version) {
    return Parameter.builder()
        .name(NAME.path())
        .type("String")
        .value("example.com/bags:" + version)
        .version(version)
        .lastModifiedDate(Instant.EPOCH)
        .build();
  }

  private SsmParameterStore store(IntFunction<GetParametersByPathResponse> pages) {
    return store(
        request -> pages.apply(asked.incrementAndGet()),
        request -> GetParameterHistoryResponse.builder().build());
  }

  private SsmParameterStore histories(IntFunction<String> tokens) {
    var answered = new AtomicInteger();
    return store(
        request -> GetParametersByPathResponse.builder().build(),
        request ->
            GetParameterHistoryResponse.builder()
                .parameters(List.of())
                .nextToken(tokens.apply(answered.incrementAndGet()))
                .build());
  }

  private static SsmParameterStore store(
      Function<GetParametersByPathRequest, GetParametersByPathResponse> listing,
      Function<GetParameterHistoryRequest, GetParameterHistoryResponse> history) {
    return new SsmParameterStore(
        new SsmClient() {
          @Override
          public String serviceName() {
            return SERVICE_NAME;
          }

          @Override
          public void close() {}

          @Override
          public GetParametersByPathResponse getParametersByPath(
              GetParametersByPathRequest request) {
            return listing.apply(request);
          }

          @Override
          public GetParameterHistoryResponse getParameterHistory(
              GetParameterHistoryRequest request) {
            return history.apply(request);
          }
        },
        TestAws.calls(Pace.UNLIMITED));
  }

  private StatePartition state(IntFunction<String> keys) {
    var dynamo =
        new DynamoDbClient() {
          @Override
          public String serviceName() {
            return SERVICE_NAME;
          }

          @Override
          public void close() {}

          @Override
          public DescribeTableResponse describeTable(DescribeTableRequest request) {
            return DescribeTableResponse.builder()
                .table(
                    table ->
                        table
                            .tableStatus("ACTIVE")
                            .keySchema(
                                KeySchemaElement.builder()
                                    .attributeName("pk")
                                    .keyType(KeyType.HASH)
                                    .build(),
                                KeySchemaElement.builder()
                                    .attributeName("sk")
                                    .keyType(KeyType.RANGE)
                                    .build()))
                .build();
          }

          @Override
          public QueryResponse query(QueryRequest request) {
            Map<String, AttributeValue> last =
                StateTable.key("p", keys.apply(asked.incrementAndGet()));
            return QueryResponse.builder().items(List.of()).lastEvaluatedKey(last).build();
          }
        };
    AwsCalls calls = TestAws.calls(Pace.UNLIMITED);
    TableDefinition table = StateTable.definition("state");
    return new StatePartition(
        StateOwner.DAEMON,
        table,
        List.of(table),
        new TableCalls(dynamo, calls, new TableVerifier(dynamo, calls, false)));
  }
}
