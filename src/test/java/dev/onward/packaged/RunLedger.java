package dev.onward.packaged;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.onward.aws.dynamodb.state.ModelStores;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.LabelHead;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Parameter;

/**
 * What one project's tables and parameters hold, read past Onward and past all faults at one moment
 * when nobody writes.
 *
 * @param releases by id
 * @param state the project's present, by sort key
 * @param audit oldest first
 * @param parameters by what follows {@code /{project}/images/}
 */
record RunLedger(
    Map<ReleaseId, Release> releases,
    Map<String, Map<String, AttributeValue>> state,
    List<Event> audit,
    Map<String, String> parameters) {

  /** An event of the audit trail. */
  record Event(
      String at,
      String event,
      String who,
      String subject,
      Optional<String> before,
      Optional<String> after,
      String request) {
    private static Event of(Map<String, AttributeValue> item) {
      return new Event(
          item.get("at").s(),
          item.get("event").s(),
          item.get("who").m().get("id").s(),
          item.get("subject").s(),
          text(item.get("before")),
          text(item.get("after")),
          item.get("request_id").s());
    }

    private static Optional<String> text(AttributeValue value) {
      return Optional.ofNullable(value).map(AttributeValue::s);
    }

    /** Whether it says that something was done, and not that it was refused. */
    boolean isOfADeed() {
      return !event.equals("refused");
    }
  }

  static RunLedger of(String project, DynamoDbClient dynamo, SsmClient ssm) {
    Map<ReleaseId, Release> releases =
        all(dynamo, "onward-releases").stream()
            .filter(item -> item.get("project_id").s().equals(project))
            .map(ModelStores::release)
            .collect(toMap(Release::id, Function.identity()));
    Map<String, List<Map<String, AttributeValue>>> state =
        all(dynamo, "onward-state").stream().collect(groupingBy(item -> item.get("pk").s()));
    return new RunLedger(
        releases,
        state.getOrDefault("project#" + project, List.of()).stream()
            .collect(toMap(item -> item.get("sk").s(), Function.identity())),
        state.getOrDefault("audit#" + project, List.of()).stream()
            .map(Event::of)
            .sorted(Comparator.comparing(Event::at))
            .toList(),
        parameters(project, ssm));
  }

  private static List<Map<String, AttributeValue>> all(DynamoDbClient dynamo, String table) {
    return dynamo.scanPaginator(scan -> scan.tableName(table).consistentRead(true)).items().stream()
        .toList();
  }

  private static Map<String, String> parameters(String project, SsmClient ssm) {
    String path = "/%s/images/".formatted(project);
    return ssm.getParametersByPathPaginator(get -> get.path(path).recursive(true)).stream()
        .flatMap(page -> page.parameters().stream())
        .collect(toMap(it -> it.name().substring(path.length()), Parameter::value));
  }

  LabelHead label() {
    return ModelStores.label(state.get("label#latest")).orElseThrow();
  }

  EnvironmentHead head(String environment) {
    return ModelStores.environment(state.get("environment#" + environment)).orElseThrow();
  }

  InterventionState interventions() {
    return Optional.ofNullable(state.get("interventions"))
        .flatMap(ModelStores::interventions)
        .orElse(InterventionState.NONE);
  }

  /** Images of that label or environment, by service. */
  Map<String, String> images(String location) {
    String prefix = location + "/";
    return parameters.entrySet().stream()
        .filter(it -> it.getKey().startsWith(prefix))
        .collect(toMap(it -> it.getKey().substring(prefix.length()), Map.Entry::getValue));
  }

  static Map<String, String> images(Release release) {
    return release.images().images().entrySet().stream()
        .collect(toMap(it -> it.getKey().value(), it -> it.getValue().value()));
  }

  /** A deployment of a release. */
  record Deployed(Release release, Deployment deployment) {}

  /** All to an environment. */
  List<Deployed> deployed(String environment) {
    return releases.values().stream()
        .flatMap(
            release ->
                release.deployments().stream()
                    .filter(it -> it.environment().value().equals(environment))
                    .map(it -> new Deployed(release, it)))
        .toList();
  }

  List<Event> events(String event, String subject) {
    return audit.stream()
        .filter(it -> it.event().equals(event) && it.subject().equals(subject))
        .toList();
  }

  @Override
  public String toString() {
    return "%d releases, %d deployments, %d events"
        .formatted(
            releases.size(),
            releases.values().stream().mapToInt(release -> release.deployments().size()).sum(),
            audit.size());
  }
}
