package dev.onward.packaged;

import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request to AWS on its way.
 *
 * @param sender the access key that it is signed with
 * @param target such as {@code DynamoDB_20120810.TransactWriteItems}
 */
record AwsCall(String sender, String target, String body) {
  private static final Pattern ACCESS_KEY = Pattern.compile("Credential=(?<key>[^/]+)/");
  private static final Set<String> DECISIONS = Set.of("TransactWriteItems", "PutParameter");

  static AwsCall of(HttpServerRequest request, String body) {
    String authorization = request.getHeader("Authorization");
    Matcher key = ACCESS_KEY.matcher(authorization == null ? "" : authorization);
    String target = request.getHeader("X-Amz-Target");
    return new AwsCall(key.find() ? key.group("key") : "", target == null ? "" : target, body);
  }

  String operation() {
    return target.substring(target.indexOf('.') + 1);
  }

  boolean isOfDynamoDb() {
    return target.startsWith("DynamoDB");
  }

  boolean isTransaction() {
    return operation().equals("TransactWriteItems");
  }

  /** Whether it changes what Onward is about, and not only who leads. */
  boolean isDecision() {
    return DECISIONS.contains(operation());
  }
}
