package dev.onward.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * What Onward is compared with: does for one project after the other what the older tool's two
 * commands do. It lists the label, puts the release, queries it back, appends the deployment and
 * dates it in two updates, and puts every service's parameter. A process of its own that is told
 * what to promote, on projects that no daemon manages; it keeps its connections, and starts once
 * for all, which the older tool does not.
 */
final class SequentialPromoter {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS");

  private final SsmClient ssm = SsmClient.create();
  private final DynamoDbClient dynamo = DynamoDbClient.create();
  private long calls;

  private SequentialPromoter() {}

  record Order(int projects, String tag, String table) {}

  record Done(double seconds, long calls) {}

  /** Projects that Onward knows nothing of. */
  static Workload estate(int projects) {
    return new Workload("sequential", projects);
  }

  public static void main(String[] args) throws IOException {
    var promoter = new SequentialPromoter();
    try (var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        Done done = promoter.promote(Line.read(line, Order.class));
        System.out.println(Line.of(done));
      }
    }
  }

  private Done promote(Order order) {
    calls = 0;
    long began = System.nanoTime();
    for (int index = 0; index < order.projects(); index++) {
      String project = estate(order.projects()).project(index);
      deploy(project, prepare(project, order.table()), order.table());
    }
    return new Done((System.nanoTime() - began) / 1e9, calls);
  }

  private String prepare(String project, String table) {
    var images = new LinkedHashMap<String, AttributeValue>();
    String token = null;
    do {
      String from = token;
      GetParametersByPathResponse page =
          ssm.getParametersByPath(
              list ->
                  list.path("/%s/images/%s".formatted(project, Workload.LABEL)).nextToken(from));
      calls++;
      page.parameters()
          .forEach(
              parameter ->
                  images.put(
                      parameter.name().substring(parameter.name().lastIndexOf('/') + 1),
                      text(parameter.value())));
      token = page.nextToken();
    } while (token != null);
    String release = UUID.randomUUID().toString();
    var item = new LinkedHashMap<String, AttributeValue>();
    item.put("release_id", text(release));
    item.put("project_id", text(project));
    item.put("project_name", text("Project " + project));
    item.put("date_created", text(now()));
    item.put("description", text("a release"));
    item.put("requested_by", someone());
    item.put("images", AttributeValue.fromM(images));
    item.put("deployments", AttributeValue.fromL(List.of()));
    dynamo.putItem(put -> put.tableName(table).item(item));
    calls++;
    return release;
  }

  private void deploy(String project, String release, String table) {
    Map<String, AttributeValue> found =
        dynamo
            .query(
                query ->
                    query
                        .tableName(table)
                        .keyConditionExpression("release_id = :release")
                        .expressionAttributeValues(Map.of(":release", text(release))))
            .items()
            .getFirst();
    calls++;
    var deployment =
        AttributeValue.fromM(
            Map.of(
                "date_created", text(now()),
                "description", text("a deployment"),
                "environment",
                    AttributeValue.fromM(
                        Map.of("id", text(Workload.STAGE), "name", text("Staging"))),
                "requested_by", someone()));
    update(
        table,
        release,
        "SET deployments = list_append(deployments, :it)",
        AttributeValue.fromL(List.of(deployment)));
    update(table, release, "SET last_date_deployed = :it", text(now()));
    found
        .get("images")
        .m()
        .forEach(
            (service, image) -> {
              ssm.putParameter(
                  put ->
                      put.name("/%s/images/%s/%s".formatted(project, Workload.STAGE, service))
                          .value(image.s())
                          .type(ParameterType.STRING)
                          .overwrite(true));
              calls++;
            });
  }

  private void update(String table, String release, String expression, AttributeValue it) {
    dynamo.updateItem(
        update ->
            update
                .tableName(table)
                .key(Map.of("release_id", text(release)))
                .updateExpression(expression)
                .expressionAttributeValues(Map.of(":it", it)));
    calls++;
  }

  private static AttributeValue someone() {
    return AttributeValue.fromM(Map.of("id", text("unknown"), "name", text("unknown")));
  }

  private static String now() {
    return LocalDateTime.now(ZoneOffset.UTC).format(DATE);
  }

  private static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }
}
