package dev.onward.aws.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.ssm.model.CalendarState;
import software.amazon.awssdk.services.ssm.model.GetCalendarStateResponse;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * Validates every response that Onward reads against AWS's own model. The SDK accepts any JSON as a
 * response and turns missing values into null: without this check a parameter without a date would
 * reach the planner.
 */
@FunctionalInterface
public interface ResponseValidator {
  /** Throws {@link InvalidResponseException} if the response does not match AWS's model. */
  void check(SdkRequest request, Object answer);

  /** AWS's own model, as far as Onward reads it. */
  ResponseValidator AWS_MODEL =
      (request, answer) -> {
        switch (answer) {
          case GetParametersByPathResponse page -> listing(page);
          case GetParameterHistoryResponse page -> history(request, page);
          case PutParameterResponse put -> version(put.version(), "the response");
          case GetCalendarStateResponse calendar -> calendar(calendar);
          case GetItemResponse item -> item(request, item);
          case QueryResponse page -> query(page);
          case UpdateItemResponse updated -> updated(request, updated);
          case DescribeTableResponse described -> table(described);
          case AssumeRoleResponse assumed -> credentials(assumed.credentials());
          default -> {}
        }
      };

  /** For the one client whose calls are made by the SDK itself, to obtain credentials. */
  ExecutionInterceptor INTERCEPTOR =
      new ExecutionInterceptor() {
        @Override
        public void afterUnmarshalling(
            Context.AfterUnmarshalling context, ExecutionAttributes attributes) {
          AWS_MODEL.check(context.request(), context.response());
        }
      };

  /** The error of a response, if there is one. */
  static Optional<AwsError> problem(SdkRequest request, Object answer) {
    try {
      AWS_MODEL.check(request, answer);
      return Optional.empty();
    } catch (InvalidResponseException e) {
      return Optional.of(AwsError.INVALID_ANSWER);
    }
  }

  private static void listing(GetParametersByPathResponse page) {
    require(page.hasParameters(), "the response has no Parameters");
    int position = 0;
    for (Parameter parameter : page.parameters()) {
      position++;
      present(parameter, "entry %s of the page".formatted(position), "content");
      String name = parameter.name();
      require(
          name != null && !name.isBlank(), "entry %s of the page has no Name".formatted(position));
      present(parameter.typeAsString(), name, "Type");
      present(parameter.value(), name, "Value");
      version(parameter.version(), name);
      date(parameter.lastModifiedDate(), name);
    }
  }

  private static void history(SdkRequest request, GetParameterHistoryResponse page) {
    String name = request instanceof GetParameterHistoryRequest asked ? asked.name() : "history";
    require(page.hasParameters(), "the response has no Parameters");
    for (ParameterHistory version : page.parameters()) {
      present(version, "an entry of " + name, "content");
      version(version.version(), name);
      String which = "%s, version %s,".formatted(name, version.version());
      present(version.value(), which, "Value");
      date(version.lastModifiedDate(), which);
    }
  }

  /** Outside these years arithmetic on dates may overflow. */
  private static void date(Instant date, String of) {
    present(date, of, "LastModifiedDate");
    require(
        DateRange.contains(date),
        "%s has the LastModifiedDate %s; allowed: the years 1 to 9999".formatted(of, date));
  }

  private static void version(@Nullable Long version, String of) {
    present(version, of, "Version");
    require(
        version != null && version > 0,
        "%s has Version %s; allowed: 1 or more".formatted(of, version));
  }

  private static void calendar(GetCalendarStateResponse calendar) {
    present(calendar.stateAsString(), "the response", "State");
    require(
        calendar.state() != CalendarState.UNKNOWN_TO_SDK_VERSION,
        "the calendar is '%s'; allowed: OPEN or CLOSED".formatted(calendar.stateAsString()));
  }

  private static void item(SdkRequest request, GetItemResponse answer) {
    if (answer.hasItem()) {
      values(answer.item(), "the item");
      require(
          !(request instanceof GetItemRequest asked)
              || answer.item().entrySet().containsAll(asked.key().entrySet()),
          "the item is not the requested one");
    }
  }

  private static void query(QueryResponse page) {
    require(page.hasItems(), "the response has no Items");
    int position = 0;
    for (Map<String, AttributeValue> item : page.items()) {
      position++;
      present(item, "item %s of the page".formatted(position), "content");
      values(item, "item %s of the page".formatted(position));
    }
    page.lastEvaluatedKey()
        .forEach(
            (name, value) ->
                require(
                    value != null && value.s() != null,
                    "LastEvaluatedKey has no string for %s".formatted(name)));
  }

  private static void updated(SdkRequest request, UpdateItemResponse answer) {
    if (request instanceof UpdateItemRequest asked && asked.returnValues() == ReturnValue.ALL_NEW) {
      require(answer.hasAttributes(), "the response has no Attributes");
    }
    values(answer.attributes(), "the item");
  }

  private static void values(Map<String, AttributeValue> attributes, String where) {
    attributes.forEach((name, value) -> value(value, name, where));
  }

  private static void value(AttributeValue value, String name, String where) {
    require(
        value != null && value.type() != AttributeValue.Type.UNKNOWN_TO_SDK_VERSION,
        "attribute %s of %s has no value of a known type".formatted(name, where));
    if (value.hasM()) {
      values(value.m(), where);
    } else if (value.hasL()) {
      value.l().forEach(element -> value(element, name, where));
    }
  }

  private static void table(DescribeTableResponse described) {
    TableDescription table = described.table();
    present(table, "the response", "Table");
    present(table.tableStatusAsString(), "the table", "TableStatus");
    keys(table.keySchema(), "the table");
    for (GlobalSecondaryIndexDescription index : table.globalSecondaryIndexes()) {
      present(index, "an index", "content");
      present(index.indexName(), "an index", "IndexName");
      present(index.indexStatusAsString(), index.indexName(), "IndexStatus");
      present(index.projection(), index.indexName(), "Projection");
      keys(index.keySchema(), index.indexName());
    }
  }

  private static void keys(List<KeySchemaElement> schema, String of) {
    require(!schema.isEmpty(), of + " has no KeySchema");
    for (KeySchemaElement element : schema) {
      present(element, of, "KeySchema");
      present(element.attributeName(), of, "AttributeName in its KeySchema");
      present(element.keyTypeAsString(), of, "KeyType in its KeySchema");
    }
  }

  private static void credentials(Credentials credentials) {
    present(credentials, "the response", "Credentials");
    present(credentials.accessKeyId(), "the response", "AccessKeyId");
    present(credentials.secretAccessKey(), "the response", "SecretAccessKey");
    present(credentials.sessionToken(), "the response", "SessionToken");
    present(credentials.expiration(), "the response", "Expiration");
  }

  private static void present(@Nullable Object value, String of, String field) {
    require(value != null, "%s has no %s".formatted(of, field));
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new InvalidResponseException(problem);
    }
  }
}
