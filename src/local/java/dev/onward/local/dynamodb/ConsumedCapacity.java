package dev.onward.local.dynamodb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;

/**
 * The capacity units that DynamoDB Local reports for each operation. It reports them to who asks
 * only, so every call is made to ask; callers that did not find a member more in their answer,
 * which SDKs pass over.
 */
final class ConsumedCapacity {
  private static final Set<String> REPORTING =
      Set.of(
          "BatchGetItem",
          "BatchWriteItem",
          "DeleteItem",
          "GetItem",
          "PutItem",
          "Query",
          "Scan",
          "TransactGetItems",
          "TransactWriteItems",
          "UpdateItem");

  private static final String MEMBER = "\"ReturnConsumedCapacity\"";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, DoubleAdder> units = new ConcurrentHashMap<>();

  /** The request, asking for its consumption if it can. */
  String asking(String operation, String body) {
    int open = body.indexOf('{');
    return open < 0 || body.contains(MEMBER) || !REPORTING.contains(operation)
        ? body
        : "{" + MEMBER + ":\"TOTAL\"," + body.substring(open + 1);
  }

  void add(String operation, String answer) {
    if (!REPORTING.contains(operation)) {
      return;
    }
    try {
      // An object for one table, an array for several.
      for (JsonNode consumed : JSON.readTree(answer).findValues("ConsumedCapacity")) {
        for (JsonNode each : consumed.findValues("CapacityUnits")) {
          units.computeIfAbsent(operation, name -> new DoubleAdder()).add(each.asDouble());
        }
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("DynamoDB Local answers no JSON to " + operation, e);
    }
  }

  Map<String, Double> snapshot() {
    Map<String, Double> snapshot = new TreeMap<>();
    units.forEach((operation, sum) -> snapshot.put(operation, sum.sum()));
    return snapshot;
  }
}
