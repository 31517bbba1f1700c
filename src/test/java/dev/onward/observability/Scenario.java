package dev.onward.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onward.packaged.OnwardProcess;
import dev.onward.packaged.Operator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A busy morning in half a minute: builds, promotions, a rollback, and at its end one of every
 * state that the alerts and dashboards are about.
 */
final class Scenario implements AutoCloseable {
  static final String DENIED = "/archive/images";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> MANIFESTS =
      Map.of(
          "storage.yaml",
          """
          storage:
            name: Storage service
            release: {quiet_period: 0s}
            environments:
              - {id: stage, name: Staging, promotion: {from: latest, mode: auto}}
              - {id: prod, name: Production, promotion: {from: stage, mode: manual}}
              - {id: demo, name: Demonstration, promotion: {from: prod, mode: manual}}
              - {id: branch, name: Of a branch, promotion: {from: v2, mode: manual}}
          """,
          "catalogue.yaml",
          """
          catalogue:
            name: Catalogue
            release: {quiet_period: 0s}
            environments:
              - {id: stage, name: Staging, promotion: {from: latest, mode: auto}}
              - id: prod
                name: Production
                promotion: {from: stage, mode: auto, gates: {approvals: 1, drift_free: true}}
          """,
          "items.yaml",
          """
          items:
            name: Items
            release: {quiet_period: 0s}
            environments:
              - {id: stage, name: Staging, promotion: {from: latest, mode: auto}}
          """,
          "archive.yaml",
          """
          archive:
            name: Archive, which Onward is not allowed to look at
            environments:
              - {id: stage, name: Staging, promotion: {from: latest, mode: auto}}
          """);

  private final OnwardProcess onward;
  private final Operator operator;
  private final HttpClient http = HttpClient.newHttpClient();

  Scenario(OnwardProcess onward, Operator operator) {
    this.onward = onward;
    this.operator = operator;
  }

  static void writeManifests(Operator operator) {
    MANIFESTS.forEach(operator::writeManifest);
  }

  void play() {
    aBranchIsPublishedToo();
    aPersonDeploysTwiceAndRollsBack();
    whatOnlyStageShouldHaveIsDeployedElsewhere();
    anApprovedReleaseGoesAndTheNextIsHeldByMuch();
    whatWasRejectedStaysUnderAFreeze();
    aManifestBecomesInvalid();
  }

  private void aBranchIsPublishedToo() {
    operator.write("/storage/images/v2/bags", Operator.image("bags", "v2"));
    awaitEnvironment("storage", "branch", it -> it.path("state").asText().equals("held"));
  }

  /** One environment is ahead of its source then, and one has diverged. */
  private void whatOnlyStageShouldHaveIsDeployedElsewhere() {
    for (String environment : new String[] {"demo", "branch"}) {
      act("storage/environments/%s/deploy".formatted(environment), release("storage", "stage"));
    }
    awaitEnvironment("storage", "demo", it -> it.path("state").asText().equals("ahead"));
    awaitEnvironment("storage", "branch", it -> it.path("state").asText().equals("diverged"));
  }

  /** In the end production is behind, and waits for a person. */
  private void aPersonDeploysTwiceAndRollsBack() {
    for (String tag : new String[] {"1", "2"}) {
      publish("storage", tag);
      act("storage/environments/prod/deploy", release("storage", "stage"));
      awaitEnvironment("storage", "prod", it -> has(it, tag) && it.path("converged").asBoolean());
    }
    act("storage/environments/prod/roll-back", "");
    awaitEnvironment("storage", "prod", it -> has(it, "1"));
    publish("storage", "3");
    awaitEnvironment("storage", "prod", it -> it.path("state").asText().equals("held"));
  }

  private void anApprovedReleaseGoesAndTheNextIsHeldByMuch() {
    publish("catalogue", "1");
    act("catalogue/environments/prod/approve", release("catalogue", "stage"));
    awaitEnvironment("catalogue", "prod", it -> has(it, "1"));
    publish("catalogue", "2");
    act("catalogue/environments/prod/hold", "");
    assertThat(status("catalogue/environments/prod/hold", "")).as("held already").isEqualTo(409);
    operator.write("/catalogue/images/stage/bags", Operator.image("bags", "edited-by-hand"));
    awaitEnvironment("catalogue", "stage", it -> !it.path("drift").isEmpty());
  }

  private void whatWasRejectedStaysUnderAFreeze() {
    publish("items", "1");
    act("items/releases/%s/reject".formatted(current("items", "stage")), "");
    act("items/environments/stage/freeze", "\"id\": \"inventory\", ");
    operator.publish("items", "bags", "2");
    awaitEnvironment("items", "stage", it -> !it.path("candidate").path("verdicts").isEmpty());
    operator.write("/items/images/latest/bags", "no image at all");
  }

  private void aManifestBecomesInvalid() {
    operator.writeManifest("items.yaml", "items: {name: Items, environments: none}");
  }

  private void publish(String project, String tag) {
    operator.publish(project, "bags", tag);
    awaitEnvironment(project, "stage", it -> has(it, tag) && it.path("converged").asBoolean());
  }

  private static boolean has(JsonNode environment, String tag) {
    return environment.path("current").path("images").toString().contains(":" + tag + "\"");
  }

  private String release(String project, String environment) {
    return "\"release\": \"%s\", ".formatted(current(project, environment));
  }

  private String current(String project, String environment) {
    return look(project, environment).path("current").path("release").asText();
  }

  private JsonNode look(String project, String environment) {
    try {
      return JSON.readTree(
          onward.body("/api/v1/projects/%s/environments/%s".formatted(project, environment)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitEnvironment(String project, String environment, Predicate<JsonNode> until) {
    await(project + " " + environment)
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> until.test(look(project, environment)));
  }

  private void act(String path, String fields) {
    assertThat(status(path, fields)).as(path).isEqualTo(200);
  }

  private int status(String path, String fields) {
    var request =
        HttpRequest.newBuilder(onward.address().resolve("/api/v1/projects/" + path))
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/json")
            .header("Onward-Caller", "alice")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{%s\"reason\": \"a drill\"}".formatted(fields)))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
