package dev.onward.aws.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.aws.dynamodb.Item;
import dev.onward.aws.dynamodb.state.TestAws;
import dev.onward.aws.ssm.SsmParameterStore;
import dev.onward.model.Label;
import dev.onward.model.ParameterName;
import dev.onward.model.ProjectId;
import dev.onward.model.ServiceId;
import dev.onward.model.release.ImageRef;
import dev.onward.store.Failure;
import dev.onward.store.ParameterStore;
import dev.onward.store.StoreException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetCalendarStateRequest;
import software.amazon.awssdk.services.ssm.model.GetCalendarStateResponse;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Every answer that Onward reads, with something missing that AWS never leaves out. */
class ResponseValidatorTest {
  private static final ProjectId STORAGE = new ProjectId("storage");
  private static final String BAGS = "/storage/images/latest/bags";
  private static final ParameterName NAME =
      new ParameterName(STORAGE, new Label("latest"), new ServiceId("bags"));
  private static final Map<String, AttributeValue> KEY = Map.of("pk", Item.ofText("a"));

  /** What is odd, and what is said of it. */
  record Odd(SdkRequest request, Object answer, String said) {}

  static List<Odd> oddEntries() {
    return List.of(
        listing(it -> it.name(null), "entry 2 of the page has no Name"),
        listing(it -> it.name(" "), "entry 2 of the page has no Name"),
        listing(it -> it.type((String) null), BAGS + " has no Type"),
        listing(it -> it.value(null), BAGS + " has no Value"),
        listing(it -> it.version(null), BAGS + " has no Version"),
        listing(it -> it.version(0L), BAGS + " has Version 0; allowed: 1 or more"),
        listing(it -> it.lastModifiedDate(null), BAGS + " has no LastModifiedDate"),
        listing(
            it -> it.lastModifiedDate(Instant.parse("+10000000-01-01T00:00:00Z")),
            BAGS
                + " has the LastModifiedDate +10000000-01-01T00:00:00Z; allowed: the years 1 to"
                + " 9999"),
        new Odd(
            GetParametersByPathRequest.builder().build(),
            GetParametersByPathResponse.builder().build(),
            "the response has no Parameters"),
        new Odd(
            GetParametersByPathRequest.builder().build(),
            GetParametersByPathResponse.builder()
                .parameters(Collections.<Parameter>singletonList(null))
                .build(),
            "entry 1 of the page has no content"));
  }

  static List<Odd> otherOddAnswers() {
    var table =
        TableDescription.builder()
            .tableName("t")
            .tableStatus("ACTIVE")
            .keySchema(KeySchemaElement.builder().attributeName("pk").keyType("HASH").build());
    return List.of(
        history(it -> it.version(null), BAGS + " has no Version"),
        history(it -> it.value(null), BAGS + ", version 7, has no Value"),
        history(it -> it.lastModifiedDate(null), BAGS + ", version 7, has no LastModifiedDate"),
        new Odd(
            PutParameterRequest.builder().build(),
            PutParameterResponse.builder().build(),
            "the response has no Version"),
        new Odd(
            GetCalendarStateRequest.builder().build(),
            GetCalendarStateResponse.builder().build(),
            "the response has no State"),
        new Odd(
            GetCalendarStateRequest.builder().build(),
            GetCalendarStateResponse.builder().state("AJAR").build(),
            "the calendar is 'AJAR'; allowed: OPEN or CLOSED"),
        new Odd(
            GetItemRequest.builder().key(KEY).build(),
            GetItemResponse.builder().item(withNull("pk", "version")).build(),
            "attribute version of the item has no value of a known type"),
        new Odd(
            GetItemRequest.builder().key(KEY).build(),
            GetItemResponse.builder()
                .item(
                    Map.of(
                        "pk",
                        Item.ofText("a"),
                        "history",
                        AttributeValue.fromL(List.of(AttributeValue.fromM(withNull("r", "c"))))))
                .build(),
            "attribute c of the item has no value of a known type"),
        new Odd(
            GetItemRequest.builder().key(KEY).build(),
            GetItemResponse.builder().item(Map.of("pk", Item.ofText("b"))).build(),
            "the item is not the requested one"),
        new Odd(
            GetItemRequest.builder().key(KEY).build(),
            GetItemResponse.builder().item(Map.of("pk", Item.ofNumber(7))).build(),
            "the item is not the requested one"),
        new Odd(
            QueryRequest.builder().build(),
            QueryResponse.builder().build(),
            "the response has no Items"),
        new Odd(
            QueryRequest.builder().build(),
            QueryResponse.builder().items(List.of(KEY, withNull("pk", "sk"))).build(),
            "attribute sk of item 2 of the page has no value of a known type"),
        new Odd(
            QueryRequest.builder().build(),
            QueryResponse.builder()
                .items(List.of())
                .lastEvaluatedKey(Map.of("release_id", Item.ofNumber(7)))
                .build(),
            "LastEvaluatedKey has no string for release_id"),
        new Odd(
            UpdateItemRequest.builder().returnValues(ReturnValue.ALL_NEW).build(),
            UpdateItemResponse.builder().build(),
            "the response has no Attributes"),
        new Odd(
            DescribeTableRequest.builder().build(),
            DescribeTableResponse.builder().build(),
            "the response has no Table"),
        table(table.build().toBuilder().tableStatus((String) null), "the table has no TableStatus"),
        table(table.build().toBuilder().keySchema(List.of()), "the table has no KeySchema"),
        table(
            table.build().toBuilder()
                .globalSecondaryIndexes(
                    GlobalSecondaryIndexDescription.builder().indexName("i").build()),
            "i has no IndexStatus"),
        new Odd(
            AssumeRoleRequest.builder().build(),
            AssumeRoleResponse.builder().build(),
            "the response has no Credentials"),
        new Odd(
            AssumeRoleRequest.builder().build(),
            AssumeRoleResponse.builder()
                .credentials(
                    Credentials.builder()
                        .accessKeyId("a")
                        .secretAccessKey("b")
                        .sessionToken("c")
                        .build())
                .build(),
            "the response has no Expiration"));
  }

  @ParameterizedTest
  @MethodSource({"oddEntries", "otherOddAnswers"})
  void anOddAnswerIsRefusedAndSaidToBe(Odd odd) {
    assertThatThrownBy(() -> ResponseValidator.AWS_MODEL.check(odd.request(), odd.answer()))
        .isInstanceOf(InvalidResponseException.class)
        .hasMessage(odd.said());
    assertThat(ResponseValidator.problem(odd.request(), odd.answer()))
        .contains(AwsError.INVALID_ANSWER);
  }

  @ParameterizedTest
  @MethodSource("oddEntries")
  void aListingWithAnOddEntryIsAListingThatFailed(Odd odd) {
    assertThatThrownBy(() -> answering(odd.answer()).list(STORAGE))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.failure().kind()).isEqualTo(Failure.Kind.TRANSIENT))
        .hasMessage(
            "SSM GetParametersByPath returned an invalid response, which is discarded: "
                + odd.said());
  }

  @Test
  void anOddHistoryFailsAndAPutWithoutAVersionMayHaveBeenCarriedOut() {
    var noVersion =
        GetParameterHistoryResponse.builder().parameters(version().version(null).build()).build();
    assertThatThrownBy(() -> answering(noVersion).history(NAME))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(BAGS + " has no Version");
    assertThatThrownBy(
            () ->
                answering(PutParameterResponse.builder().build())
                    .put(NAME, new ImageRef("example.com/bags:1"), ""))
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isPerhapsDone()).isTrue())
        .hasMessageContaining("the response has no Version");
  }

  @Test
  void whatAwsMayLeaveOutIsNotAskedFor() {
    assertThatCode(
            () -> {
              ResponseValidator.AWS_MODEL.check(
                  GetItemRequest.builder().key(KEY).build(), GetItemResponse.builder().build());
              ResponseValidator.AWS_MODEL.check(
                  UpdateItemRequest.builder().build(), UpdateItemResponse.builder().build());
              ResponseValidator.AWS_MODEL.check(
                  GetCalendarStateRequest.builder().build(),
                  GetCalendarStateResponse.builder().state("OPEN").build());
              ResponseValidator.AWS_MODEL.check(
                  GetParametersByPathRequest.builder().build(),
                  GetParametersByPathResponse.builder().parameters(List.of()).build());
            })
        .doesNotThrowAnyException();
  }

  private static ParameterStore answering(Object answer) {
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
            return (GetParametersByPathResponse) answer;
          }

          @Override
          public GetParameterHistoryResponse getParameterHistory(
              GetParameterHistoryRequest request) {
            return (GetParameterHistoryResponse) answer;
          }

          @Override
          public PutParameterResponse putParameter(PutParameterRequest request) {
            return (PutParameterResponse) answer;
          }
        },
        TestAws.calls(Pace.UNLIMITED));
  }

  private static Odd listing(Consumer<Parameter.Builder> change, String said) {
    var good =
        Parameter.builder()
            .name(BAGS)
            .type("String")
            .value("example.com/bags:1")
            .version(7L)
            .lastModifiedDate(Instant.EPOCH);
    var odd = good.build().toBuilder();
    change.accept(odd);
    return new Odd(
        GetParametersByPathRequest.builder().build(),
        GetParametersByPathResponse.builder().parameters(good.build(), odd.build()).build(),
        said);
  }

  private static Odd history(Consumer<ParameterHistory.Builder> change, String said) {
    var odd = version();
    change.accept(odd);
    return new Odd(
        GetParameterHistoryRequest.builder().name(BAGS).build(),
        GetParameterHistoryResponse.builder().parameters(odd.build()).build(),
        said);
  }

  private static ParameterHistory.Builder version() {
    return ParameterHistory.builder().version(7L).value("v").lastModifiedDate(Instant.EPOCH);
  }

  private static Odd table(TableDescription.Builder table, String said) {
    return new Odd(
        DescribeTableRequest.builder().build(),
        DescribeTableResponse.builder().table(table.build()).build(),
        said);
  }

  private static Map<String, AttributeValue> withNull(String name, String without) {
    var item = new HashMap<String, AttributeValue>();
    item.put(name, Item.ofText("a"));
    item.put(without, AttributeValue.builder().build());
    return item;
  }
}
