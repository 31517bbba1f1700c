package dev.onward.web.http;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.onward.testing.LocalAwsResource;
import dev.onward.testing.Management;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

@QuarkusTest
@QuarkusTestResource(LocalAwsResource.class)
class ApiIT {
  private static final String API = "/api/v1";
  private static final String UTC = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z";

  @Inject SsmClient ssm;

  @BeforeEach
  void waitUntilStageFollows() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> read("/projects/storage/environments/stage", "state"), is("in_sync"));
  }

  @Test
  void projectsShowEveryEnvironmentAtAGlance() {
    get("/projects")
        .body("projects.id", contains("broken", "storage"))
        .body("projects[1].name", equalTo("Storage service"))
        .body("projects[1].environments.id", contains("stage", "prod"))
        .body("projects[1].environments.state", contains("in_sync", "held"))
        .body("projects[1].environments[0].release", notNullValue())
        .body("projects[1].environments[1].releases_behind", equalTo(newerThanNothing()))
        .body("projects[1].labels.id", contains("latest"))
        .body("projects[1].labels[0].state", notNullValue())
        .body("projects[1].labels[0].summary", notNullValue())
        .body("projects[1].cycles.failing", nullValue());
  }

  @Test
  void theBeginningSaysWhereEverythingIs() {
    get("")
        .body("projects", equalTo("/api/v1/projects"))
        .body("daemon", equalTo("/api/v1/daemon"))
        .body("openapi", equalTo("/q/openapi"));
  }

  @Test
  void aProjectThatCannotBeLookedAtSaysWhy() {
    await().until(() -> read("/projects/broken", "cycles.failing.kind"), is("stalled"));
    get("/projects/broken")
        .body("environments[0].state", equalTo("unknown"))
        .body("cycles.failing.reason", containsString("releases-broken"))
        .body("cycles.failing.since", matchesPattern(UTC))
        .body("cycles.last.outcome", equalTo("stalled"));
  }

  @Test
  void aProjectShowsHowItsReleasesComeAbout() {
    get("/projects/storage")
        .body("release_policy.from_label", equalTo("latest"))
        .body("release_policy.quiet_period_seconds", equalTo(0.0f))
        .body("labels[0].id", equalTo("latest"))
        .body("labels[0].state", equalTo("released"))
        .body("labels[0].newest_release.id", notNullValue())
        .body("manifest.file", equalTo("storage.yaml"))
        .body("manifest.stale", equalTo(false))
        .body("cycles.observed_at", matchesPattern(UTC));
  }

  @Test
  void anEnvironmentExplainsWhyNothingNewerIsThere() {
    var newest = read("/projects/storage", "labels[0].newest_release.id");
    get("/projects/storage/environments/prod")
        .body("state", equalTo("held"))
        .body("summary", containsString("by hand"))
        .body("policy.from.kind", equalTo("environment"))
        .body("policy.from.id", equalTo("stage"))
        .body("policy.mode", equalTo("manual"))
        .body("current", nullValue())
        .body("candidate.release.id", equalTo(newest))
        .body("candidate.changes.service", contains("bags", "mets"))
        .body("candidate.changes.from", everyItem(nullValue()))
        .body(
            "candidate.verdicts.gate",
            contains("mode", "stop", "hold", "freezes", "source_converged"))
        .body("candidate.verdicts.passed", contains(false, true, true, true, true))
        .body("stop", nullValue())
        .body("hold", nullValue())
        .body("freezes", hasSize(0))
        .body("rejected", equalTo(false));
    get("/projects/storage/environments/stage")
        .body("current.release", equalTo(newest))
        .body("current.origin", equalTo("automation"))
        .body("current.images.service", contains("bags", "mets"))
        .body("current.deployed_at", matchesPattern(UTC))
        .body("candidate", nullValue())
        .body("drift", hasSize(0))
        .body("converged", equalTo(true));
  }

  @Test
  void releasesComeNewestFirstAndByPages() {
    publish("bags", "2-" + System.nanoTime());
    await()
        .until(
            () -> get("/projects/storage/releases").extract().path("releases.size()"),
            size -> (int) size >= 2);
    var first = get("/projects/storage/releases?limit=1").body("releases", hasSize(1));
    String cursor = first.extract().path("next_cursor");
    String newest = first.extract().path("releases[0].id");
    String before = first.extract().path("releases[0].previous_release");
    get("/projects/storage/releases?limit=100&cursor=" + cursor)
        .body("releases[0].id", equalTo(before))
        .body("next_cursor", nullValue())
        .body("unreadable", hasSize(0));
    assertThat(newest).isNotEqualTo(before);
  }

  @Test
  void aReleaseSaysWhereItsImagesCameFromAndWhereItWent() {
    var id = read("/projects/storage", "labels[0].newest_release.id");
    for (String path : new String[] {"/releases/" + id, "/releases/" + id + "?project=storage"}) {
      get(path)
          .body("id", equalTo(id))
          .body("project", equalTo("storage"))
          .body("label", equalTo("latest"))
          .body("requested_by.id", equalTo("onward"))
          .body("images.service", contains("bags", "mets"))
          .body("images[1].tag", equalTo("1"))
          .body("images[1].parameter", equalTo("/storage/images/latest/mets"))
          .body("images[1].parameter_version", equalTo(1))
          .body("images[1].published_at", matchesPattern(UTC))
          .body("deployments.environment", hasItem("stage"));
    }
  }

  @Test
  void theDaemonTellsItsModeItsManifestsAndEveryProjectsLastCycle() {
    get("/daemon")
        .body("mode", equalTo("act"))
        .body("interval_seconds", equalTo(1.0f))
        .body("started", equalTo(true))
        .body("manifests.valid", equalTo(false))
        .body("manifests.problems.file", hasItem("invalid.yaml"))
        .body("manifests.problems.path", hasItem("invalid.environments"))
        .body("projects.id", contains("broken", "storage"))
        .body("projects[1].manifest_file", equalTo("storage.yaml"))
        .body("projects[1].cycles.last.duration_seconds", notNullValue());
  }

  @ParameterizedTest
  @CsvSource({
    "/projects/nobody, 404, no manifest names the project 'nobody'",
    "/projects/invalid, 404, the manifest of the project 'invalid' has errors",
    "/projects/storage/environments/dev, 404, no environment 'dev'",
    "/projects/storage/environments/a%2fb, 400, letters",
    "/releases/none?project=storage, 404, no release 'none'",
    "/releases/none?project=nobody, 404, no release 'none'",
    "/nothing, 404, nothing at this path",
    "/projects/storage/releases?limit=0, 400, from 1 to 100",
    "/projects/storage/releases?limit=101, 400, from 1 to 100",
    "/projects/storage/releases?limit=many, 400, from 1 to 100",
    "/projects/storage/releases?cursor=%22, 400, the cursor of an earlier page",
    "/projects/broken/releases, 503, releases-broken",
  })
  void whatCannotBeAnsweredIsAProblemDetail(String path, int status, String detail) {
    problem(given().urlEncodingEnabled(false).get(API + path).then(), status)
        .body("detail", containsString(detail));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"..%2fetc", "%2e%2e%2fetc", "aws", "SSM-x", "a%20b", "%00", "%f0%9f%92%a9", "..."})
  void fault42AnOddIdIsRefusedWithoutAskingAws(String id) {
    // Cycles read an item now and then, too, but not during every attempt.
    await()
        .until(
            () -> {
              double before = itemReads();
              refuseOddId(id);
              return itemReads() == before;
            });
  }

  private static void refuseOddId(String id) {
    problem(given().urlEncodingEnabled(false).get(API + "/projects/" + id).then(), 400)
        .body("found", notNullValue())
        .body("allowed", notNullValue());
    problem(
        given().urlEncodingEnabled(false).get(API + "/projects/" + id + "/releases").then(), 400);
    problem(given().urlEncodingEnabled(false).get(API + "/releases/x?project=" + id).then(), 400);
  }

  @Test
  void methodsAndMediaTypesThatAreNotThereAreProblemDetails() {
    problem(when().post(API + "/projects").then(), 405);
    problem(given().accept("text/csv").get(API + "/projects").then(), 406);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/stop",
        "/projects/storage/stop?dry_run=true",
        "/projects/storage/environments/prod/deploy",
        "/projects/nobody/releases"
      })
  void nobodyMayActUnlessASettingSaysSo(String path) {
    var request = given().contentType("application/json").body("{\"reason\": \"because\"}");
    problem(request.post(API + path).then(), 403)
        .body("detail", containsString("onward.api.writes"));
  }

  @Test
  void aBugTellsNothingOfTheInsides() {
    problem(when().get(API + "/breaks").then(), 500)
        .body("detail", not(containsString(FailingResource.INSIDES)));
  }

  @Test
  void nothingIsKeptUnaskedSniffedOrFramed() {
    get("/projects")
        .header("Cache-Control", "private, no-cache")
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", containsString("default-src 'none'"));
  }

  @Test
  void theOpenApiDocumentNamesEveryPathInTheApisOwnSpelling() {
    String document =
        when().get("/q/openapi?format=json").then().statusCode(200).extract().asString();
    assertThat(document)
        .contains(
            "/api/v1/projects/{project}/environments/{environment}",
            "/api/v1/projects/{project}/releases",
            "/api/v1/releases/{release}",
            "/api/v1/daemon",
            "\"releases_behind\"")
        .doesNotContain("releasesBehind");
  }

  private static ValidatableResponse get(String path) {
    return when()
        .get(API + path)
        .then()
        .statusCode(200)
        .contentType(containsString("application/json"));
  }

  private static ValidatableResponse problem(ValidatableResponse response, int status) {
    return response
        .statusCode(status)
        .contentType(containsString(ProblemDetail.MEDIA_TYPE))
        .body("type", equalTo("about:blank"))
        .body("status", equalTo(status))
        .body("title", notNullValue())
        .body("instance", containsString(API));
  }

  private static @Nullable String read(String path, String field) {
    return RestAssured.get(API + path).path(field);
  }

  /** A project's every release is newer than none. */
  private static int newerThanNothing() {
    return get("/projects/storage/releases?limit=100").extract().path("releases.size()");
  }

  private static double itemReads() {
    return given()
        .accept("text/plain")
        .get(Management.url("/q/metrics"))
        .asString()
        .lines()
        .filter(line -> line.startsWith("onward_aws_requests_total"))
        .filter(line -> line.contains("GetItem"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private void publish(String service, String tag) {
    ssm.putParameter(
        put ->
            put.name("/storage/images/latest/" + service)
                .value(LocalAwsResource.image(service, tag))
                .type(ParameterType.STRING)
                .overwrite(true));
  }
}
