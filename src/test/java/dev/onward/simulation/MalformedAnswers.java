package dev.onward.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;

/** Makes of AWS's answers such as AWS never gives. */
final class MalformedAnswers {
  /** What can be made odd. */
  static final Set<Wire.Operation> ODD =
      Set.of(Wire.Operation.LIST, Wire.Operation.HISTORY, Wire.Operation.PUT, Wire.Operation.QUERY);

  private MalformedAnswers() {}

  @SuppressWarnings("unchecked") // each answer is replaced by one of its own class
  static <T> T of(T answer, SeededRandom chance) {
    Object odd =
        switch (answer) {
          case GetParametersByPathResponse page -> listing(page, chance);
          case GetParameterHistoryResponse page ->
              page.toBuilder()
                  .parameters(
                      page.parameters().stream()
                          .map(it -> it.toBuilder().lastModifiedDate(null).build())
                          .toList())
                  .build();
          case PutParameterResponse put -> put.toBuilder().version(null).build();
          case QueryResponse page -> query(page);
          default -> throw new IllegalArgumentException(answer.getClass().getName());
        };
    return (T) odd;
  }

  private static GetParametersByPathResponse listing(
      GetParametersByPathResponse page, SeededRandom chance) {
    var parameters = new ArrayList<Parameter>(page.parameters());
    if (parameters.isEmpty()) {
      return (GetParametersByPathResponse)
          GetParametersByPathResponse.builder()
              .nextToken(page.nextToken())
              .sdkHttpResponse(page.sdkHttpResponse())
              .build();
    }
    int which = chance.below(parameters.size());
    var entry = parameters.get(which).toBuilder();
    parameters.set(
        which,
        switch (chance.below(5)) {
          case 0 -> entry.name(null).build();
          case 1 -> entry.type((String) null).build();
          case 2 -> entry.value(null).build();
          case 3 -> entry.version(null).build();
          default -> entry.lastModifiedDate(null).build();
        });
    return page.toBuilder().parameters(parameters).build();
  }

  /** Every item has one attribute more, that has no value. */
  private static QueryResponse query(QueryResponse page) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (Map<String, AttributeValue> item : page.items()) {
      var odd = new HashMap<>(item);
      odd.put("odd", AttributeValue.builder().build());
      items.add(odd);
    }
    return items.isEmpty()
        ? QueryResponse.builder().lastEvaluatedKey(page.lastEvaluatedKey()).build()
        : page.toBuilder().items(items).build();
  }
}
