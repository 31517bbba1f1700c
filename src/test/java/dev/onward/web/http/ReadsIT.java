package dev.onward.web.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.onward.testing.LocalAwsResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ssm.SsmClient;

/** What people ask of a project that is going well. */
@QuarkusTest
@QuarkusTestResource(LocalAwsResource.class)
class ReadsIT {
  private static final String PROJECT = "/api/v1/projects/storage";

  @Inject SsmClient ssm;

  private StorageProject storage;

  @BeforeEach
  void waitUntilStageFollows() {
    storage = new StorageProject(ssm);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> StorageProject.read(StorageProject.STAGE, "state"), is("in_sync"));
  }

  @Test
  void everyServicesImageIsShownInEveryPlace() {
    String release = storage.release();
    get("/images")
        .body("places.id", hasItems("latest", "stage", "prod"))
        .body("places.find{it.id=='latest'}.watched", equalTo(true))
        .body("places.find{it.id=='stage'}.release", equalTo(release))
        .body("places.find{it.id=='prod'}.release", nullValue())
        .body("services.service", contains("bags", "mets"))
        .body("services[1].images.place", contains("latest", "stage"))
        .body("services[1].images[0].tag", equalTo("1"))
        .body("services[1].images[0].found", nullValue())
        .body("services[1].images[0].parameter", equalTo("/storage/images/latest/mets"))
        .body("services[1].images[0].parameter_version", equalTo(1));
    get("/images?service=bags").body("services.service", contains("bags"));
    get("/images?service=none").body("services", hasSize(0));
  }

  @Test
  void aLabelsHistoryTellsWhatWasPublishedNewestFirst() {
    storage.release();
    get("/labels/latest/history?service=bags")
        .body("place.kind", equalTo("label"))
        .body("versions.service", everyItem(equalTo("bags")))
        .body("versions[0].parameter_version", equalTo(newestVersion()))
        .body("versions[0].image", containsString("bags:t"))
        .body("versions[0].modified_by", notNullValue());
    var first = get("/labels/latest/history?limit=1").body("versions", hasSize(1));
    String cursor = first.extract().path("next_cursor");
    get("/labels/latest/history?limit=100&cursor=" + cursor)
        .body("versions.service", hasItem("mets"))
        .body("next_cursor", nullValue());
    get("/environments/stage/history")
        .body("place.kind", equalTo("environment"))
        .body("versions.service", hasItems("bags", "mets"))
        .body("versions.description", hasItem(containsString("release")));
  }

  @Test
  void aHistoryThatIsKnownCostsNoCall() {
    storage.release();
    get("/labels/latest/history?service=mets");
    double before = StorageProject.metric("onward_aws_requests_total", "GetParameterHistory");
    // Cycles read histories too, for who published what, but not during every attempt.
    await()
        .until(
            () -> {
              double calls =
                  StorageProject.metric("onward_aws_requests_total", "GetParameterHistory");
              get("/labels/latest/history?service=mets");
              return StorageProject.metric("onward_aws_requests_total", "GetParameterHistory")
                  == calls;
            });
    assertThat(before).isPositive();
  }

  @Test
  void releasesAreFoundByEnvironmentAndByImageAndSayWhereTheyAre() {
    String before = storage.release();
    String release = storage.release();
    String image =
        get("/releases?limit=1")
            .extract()
            .path("releases[0].images.find{it.service=='bags'}.image");
    String tag = image.substring(image.lastIndexOf(':') + 1);
    for (String query : new String[] {image, "bags:" + tag, tag}) {
      get("/releases?image=" + query)
          .body("releases.id", contains(release))
          .body("releases[0].matching_services", contains("bags"))
          .body("releases[0].current_in", contains("stage"))
          .body("releases[0].deployed_to", contains("stage"));
    }
    get("/releases?environment=stage").body("releases.id", hasItems(before, release));
    get("/releases?environment=prod").body("releases", hasSize(0));
    get("/releases?environment=stage&image=mets:1&limit=1")
        .body("releases.id", contains(release))
        .body("next_cursor", notNullValue());
    get("/releases?limit=1").body("releases[0].matching_services", nullValue());
    StorageProject.get("/releases/" + before)
        .body("current_in", hasSize(0))
        .body("deployed_to", contains("stage"));
  }

  @Test
  void anyTwoCanBeCompared() {
    String before = storage.release();
    String release = storage.release();
    get("/compare?from=latest&to=environment:stage")
        .body("from.kind", equalTo("label"))
        .body("from.release.id", equalTo(release))
        .body("to.release.id", equalTo(release))
        .body("to.drifted", hasSize(0))
        .body("counts.same", equalTo(2))
        .body("services[0].to.parameter", equalTo("/storage/images/stage/bags"));
    get("/compare?from=release:" + before + "&to=" + release)
        .body("from.kind", equalTo("release"))
        .body("counts.changed", equalTo(1))
        .body("services.change", contains("changed", "same"))
        .body("services[0].from.parameter", equalTo("/storage/images/latest/bags"));
    get("/compare?from=" + release.substring(0, 8) + "&to=prod")
        .body("from.id", equalTo(release))
        .body("services.change", contains("removed", "removed"))
        .body("services[0].to", nullValue());
  }

  @Test
  void deploymentsComeStrictlyNewestFirst() {
    String before = storage.release();
    String release = storage.release();
    get("/deployments?limit=1")
        .body("deployments[0].release.id", equalTo(release))
        .body("deployments[0].previous_release", equalTo(before))
        .body("deployments[0].environment", equalTo("stage"))
        .body("deployments[0].origin", equalTo("automation"))
        .body("deployments[0].requested_by.id", equalTo("onward"))
        .body("deployments[0].deployment_id", notNullValue());
    var moments = new ArrayList<Instant>();
    String page = "/deployments?environment=stage&limit=1";
    for (String next = page; next != null; ) {
      var answer = get(next).extract();
      List<String> at = answer.path("deployments.deployed_at");
      at.forEach(it -> moments.add(Instant.parse(it)));
      String cursor = answer.path("next_cursor");
      next = cursor == null ? null : page + "&cursor=" + cursor;
    }
    assertThat(moments).hasSizeGreaterThan(1).isSortedAccordingTo(Comparator.reverseOrder());
    get("/deployments?environment=prod").body("deployments", hasSize(0));
  }

  @Test
  void theAuditTrailTellsWhatHappened() {
    String release = storage.release();
    get("/audit?limit=100")
        .body("events.event", hasItem("release_cut"))
        .body("events.by.id", hasItem("onward"))
        .body("events.after", hasItem(containsString(release)));
    String cursor = get("/audit?limit=1").body("events", hasSize(1)).extract().path("next_cursor");
    get("/audit?limit=1&cursor=" + cursor).body("events", hasSize(1));
    StorageProject.get("/audit").body("events", notNullValue());
  }

  @Test
  void theDaemonNamesTheReplicaThatAnswers() {
    StorageProject.get("/daemon")
        .body("replicas", hasSize(1))
        .body("replicas[0].id", notNullValue())
        .body("replicas[0].started_at", notNullValue())
        .body("replicas[0].self", equalTo(true))
        .body("replicas[0].leader", equalTo(true))
        .body("leadership", equalTo("leader"))
        .body("lease.name", equalTo("onward"))
        .body("oldest_observation_at", notNullValue())
        .body("last_tick_at", notNullValue());
  }

  @ParameterizedTest
  @CsvSource({
    "/images?service=a/b, 400, letters",
    "/labels/none/history, 404, under 'none'",
    "/labels/latest/history?service=none, 404, no parameter of the service 'none'",
    "/labels/latest/history?limit=0, 400, from 1 to 100",
    "/labels/latest/history?cursor=x, 400, cursor",
    "/environments/none/history, 404, under 'none'",
    "/releases?environment=a%20b, 400, letters",
    "/releases?image=%20, 400, name:tag",
    "/releases?image=1&cursor=x, 400, cursor",
    "/compare?from=latest, 400, query parameter to",
    "/compare?from=latest&to=what:ever, 400, release:<id>",
    "/compare?from=label:none&to=latest, 404, no label none",
    "/compare?from=environment:none&to=latest, 404, no environment none",
    "/compare?from=none&to=latest, 404, no release 'none'",
    "/deployments?limit=many, 400, from 1 to 100",
    "/deployments?cursor=x, 400, cursor",
    "/audit?cursor=x, 400, cursor",
  })
  void whatCannotBeAnsweredIsAProblemDetail(String path, int status, String detail) {
    given()
        .urlEncodingEnabled(false)
        .get(PROJECT + path)
        .then()
        .statusCode(status)
        .contentType(containsString(ProblemDetail.MEDIA_TYPE))
        .header("ETag", nullValue())
        .header("Cache-Control", "no-store")
        .body("detail", containsString(detail));
  }

  @Test
  void aProjectThatWasNotLookedAtYetSaysSo() {
    for (String path : new String[] {"/labels/latest/history", "/compare?from=latest&to=stage"}) {
      given()
          .get("/api/v1/projects/broken" + path)
          .then()
          .statusCode(503)
          .body("detail", containsString("has not been looked at yet"));
    }
    given().get("/api/v1/projects/nobody/images").then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/projects/storage/releases", "/projects/storage/deployments"})
  void whatHasNotChangedIsNotSentAgain(String path) {
    String tag =
        StorageProject.get(path)
            .header("Cache-Control", "private, no-cache")
            .extract()
            .header("ETag");
    var again = given().header("If-None-Match", tag).get("/api/v1" + path).then();
    again.statusCode(304).header("ETag", tag).header("Cache-Control", "private, no-cache");
    assertThat(again.extract().asByteArray()).isEmpty();
    given().header("If-None-Match", "\"other\"").get("/api/v1" + path).then().statusCode(200);
  }

  @Test
  void theOpenApiPagesAreServedAndMayRunTheirScript() {
    RestAssured.get("/q/swagger-ui/")
        .then()
        .statusCode(200)
        .contentType(containsString("text/html"))
        .header("Content-Security-Policy", containsString("script-src 'self'"))
        .body(containsString("/q/openapi"));
  }

  private static int newestVersion() {
    return get("/images?service=bags")
        .extract()
        .path("services[0].images.find{it.place=='latest'}.parameter_version");
  }

  private static ValidatableResponse get(String path) {
    return given().get(PROJECT + path).then().statusCode(200);
  }
}
