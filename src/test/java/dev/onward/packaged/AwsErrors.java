package dev.onward.packaged;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The errors with which AWS answers by itself, word for word, which the local AWS never does. */
final class AwsErrors {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OF_DYNAMODB = "com.amazonaws.dynamodb.v20120810#";
  private static final int BAD_REQUEST = 400;
  private static final int SERVER_ERROR = 500;

  private AwsErrors() {}

  /** An answer with an error in it. */
  record Answer(int status, String body) {}

  static Answer throttled(AwsCall call) {
    if (call.isTransaction()) {
      return cancelled(
          call,
          "ThrottlingError",
          "Throughput exceeds the current capacity of your table or index. DynamoDB is"
              + " automatically scaling your table or index so please try again shortly.");
    }
    return call.isOfDynamoDb()
        ? error(
            BAD_REQUEST,
            OF_DYNAMODB + "ProvisionedThroughputExceededException",
            "The level of configured provisioned throughput for the table was exceeded. Consider"
                + " increasing your provisioning level with the UpdateTable API.")
        : error(BAD_REQUEST, "ThrottlingException", "Rate exceeded");
  }

  /** Somebody else writes the same at this moment. Of a transaction, or of SSM. */
  static Answer conflict(AwsCall call) {
    if (call.isTransaction()) {
      return cancelled(call, "TransactionConflict", "Transaction is ongoing for the item");
    }
    return error(
        BAD_REQUEST,
        "TooManyUpdates",
        "There are concurrent updates for a resource that supports one update at a time.");
  }

  static Answer failed(AwsCall call) {
    return call.isOfDynamoDb()
        ? error(
            SERVER_ERROR,
            OF_DYNAMODB + "InternalServerError",
            "The request processing has failed because of an unknown error, exception or failure.")
        : error(SERVER_ERROR, "InternalServerError", "An error occurred on the server side.");
  }

  private static Answer cancelled(AwsCall call, String code, String message) {
    int items = read(call.body()).path("TransactItems").size();
    List<Map<String, String>> reasons =
        new ArrayList<>(Collections.nCopies(items, Map.of("Code", "None")));
    reasons.set(0, new TreeMap<>(Map.of("Code", code, "Message", message)));
    List<String> codes = reasons.stream().map(reason -> reason.get("Code")).toList();
    return answer(
        BAD_REQUEST,
        Map.of(
            "__type",
            OF_DYNAMODB + "TransactionCanceledException",
            "Message",
            "Transaction cancelled, please refer cancellation reasons for specific reasons "
                + codes,
            "CancellationReasons",
            reasons));
  }

  private static Answer error(int status, String type, String message) {
    return answer(status, Map.of("__type", type, "message", message));
  }

  private static Answer answer(int status, Map<String, ?> body) {
    try {
      return new Answer(status, JSON.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
