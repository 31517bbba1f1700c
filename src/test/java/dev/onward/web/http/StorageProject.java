package dev.onward.web.http;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import dev.onward.testing.LocalAwsResource;
import dev.onward.testing.Management;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** The project that tests act on, through the API as people do. */
public final class StorageProject {
  public static final String API = "/api/v1";
  public static final String PROJECT = "/projects/storage";
  public static final String STAGE = PROJECT + "/environments/stage";
  public static final String PROD = PROJECT + "/environments/prod";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SsmClient ssm;

  public StorageProject(SsmClient ssm) {
    this.ssm = ssm;
  }

  /** Publishes something new, and waits until stage has it; the release's id. */
  public String release() {
    String tag = publish();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                "in_sync".equals(read(STAGE, "state"))
                    && tag.equals(read(STAGE, "current.images.find{it.service=='bags'}.tag")));
    return current(STAGE);
  }

  /** Waits until stage has what is published, whatever it is. */
  public static void awaitSome() {
    await().atMost(PATIENCE).until(() -> "in_sync".equals(read(STAGE, "state")));
  }

  /** Something new; its tag. */
  public String publish() {
    String tag = "t" + System.nanoTime();
    ssm.putParameter(
        put ->
            put.name("/storage/images/latest/bags")
                .value(LocalAwsResource.image("bags", tag))
                .type(ParameterType.STRING)
                .overwrite(true));
    return tag;
  }

  /** Takes back whatever an earlier test left. */
  public void clear() {
    post("", "/resume", "{'reason': 'test'}");
    post("", PROJECT + "/resume", "{'reason': 'test'}");
    for (String environment : new String[] {STAGE, PROD}) {
      post("", environment + "/resume", "{'reason': 'test'}");
    }
    for (String freeze : list(PROJECT + "/interventions", "interventions.freezes.id")) {
      for (String place : new String[] {PROJECT, STAGE, PROD}) {
        post("", place + "/unfreeze", "{'id': '%s', 'reason': 'test'}".formatted(freeze));
      }
    }
  }

  public static ValidatableResponse post(String path, String body, int status) {
    return post("alice", path, body).then().statusCode(status);
  }

  public static Response post(String caller, String path, String body) {
    var request = given().contentType(ContentType.JSON).body(body.replace('\'', '"'));
    return (caller.isEmpty() ? request : request.header("Onward-Caller", caller)).post(API + path);
  }

  public static ValidatableResponse get(String path) {
    return RestAssured.get(API + path).then().statusCode(200);
  }

  static @Nullable public String read(String path, String field) {
    return RestAssured.get(API + path).path(field);
  }

  public static List<String> list(String path, String field) {
    return RestAssured.get(API + path).path(field);
  }

  public static String current(String environment) {
    return get(environment).extract().path("current.release");
  }

  /** Until cycles that began after this moment have ended. */
  public static void someMoreCycles() {
    Instant later = Instant.now().plusSeconds(3);
    await()
        .atMost(PATIENCE)
        .until(
            () -> Instant.parse(get(PROJECT).extract().path("cycles.observed_at")).isAfter(later));
  }

  public static double metric(String name, String... labels) {
    return given()
        .accept("text/plain")
        .get(Management.url("/q/metrics"))
        .asString()
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> Arrays.stream(labels).allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
