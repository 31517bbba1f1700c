package dev.onward.web.http;

import static dev.onward.web.http.StorageProject.API;
import static dev.onward.web.http.StorageProject.PROD;
import static dev.onward.web.http.StorageProject.PROJECT;
import static dev.onward.web.http.StorageProject.STAGE;
import static dev.onward.web.http.StorageProject.get;
import static dev.onward.web.http.StorageProject.metric;
import static dev.onward.web.http.StorageProject.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;

import dev.onward.model.AuditEvent;
import dev.onward.model.ProjectId;
import dev.onward.store.AuditTrail;
import dev.onward.store.ProjectStores;
import dev.onward.testing.LocalAwsResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Acts are done once for a key and are on record, and every request has an id. */
@QuarkusTest
@QuarkusTestResource(LocalAwsResource.class)
@TestProfile(IdempotentIT.OfItsOwn.class)
class IdempotentIT {
  /** Denials of other tests would use up what the audit trail takes of unknown callers a minute. */
  public static final class OfItsOwn extends WritesAllowed {}

  private static final String BECAUSE = "{\"reason\": \"because\"}";

  @Inject SsmClient ssm;
  @Inject ProjectStores.Provider stores;

  private final String key = UUID.randomUUID().toString();

  @BeforeEach
  void stageHasARelease() {
    var storage = new StorageProject(ssm);
    storage.clear();
    storage.release();
  }

  @Test
  void whoeverAsksTwiceWithAKeyIsAnsweredTheSameAndItIsDoneOnce() {
    Response first = withKey(PROJECT + "/releases", compose("once"));
    first.then().statusCode(201);
    Response again = withKey(PROJECT + "/releases", compose("once"));
    again
        .then()
        .statusCode(201)
        .header("Idempotency-Replayed", "true")
        .header("Location", first.header("Location"))
        .contentType("application/json");
    assertThat(again.asString()).isEqualTo(first.asString());
    assertThat(first.header("Idempotency-Replayed")).isNull();
    Response another = post("alice", PROJECT + "/releases", compose("once"));
    assertThat(another.path("release.id").toString()).isNotEqualTo(first.path("release.id"));
  }

  @Test
  void aKeyIsForOneRequest() {
    withKey(STAGE + "/hold", BECAUSE).then().statusCode(200);
    withKey(PROD + "/hold", BECAUSE)
        .then()
        .statusCode(422)
        .contentType(containsString(ProblemDetail.MEDIA_TYPE))
        .body("title", equalTo("Unprocessable Content"))
        .body("detail", containsString("something else"));
    get(PROJECT + "/interventions").body("interventions.holds", hasSize(1));
  }

  @Test
  void whatWasRefusedCanBeAskedAgainWithItsKey() {
    withKey(STAGE + "/resume", BECAUSE).then().statusCode(409);
    post(STAGE + "/hold", BECAUSE, 200);
    withKey(STAGE + "/resume", BECAUSE).then().statusCode(200);
    withKey(STAGE + "/resume", BECAUSE).then().statusCode(200);
  }

  @Test
  void whatIsAskedOfEverythingHasAKeyToo() {
    withKey("/stop", BECAUSE).then().statusCode(200);
    withKey("/stop", BECAUSE).then().statusCode(200).header("Idempotency-Replayed", "true");
  }

  @Test
  void aPreviewTakesNoKey() {
    withKey(STAGE + "/hold?dry_run=true", BECAUSE).then().statusCode(200);
    withKey(PROD + "/hold", BECAUSE).then().statusCode(200);
  }

  @Test
  void whatIsNoKeyIsRefused() {
    given()
        .contentType("application/json")
        .header("Idempotency-Key", "a b")
        .body(BECAUSE)
        .post(API + STAGE + "/hold")
        .then()
        .statusCode(400)
        .body("detail", containsString("Idempotency-Key"));
  }

  @Test
  void aRequestKeepsTheIdItBringsAndItsAnswerNamesIt() {
    given()
        .header("X-Request-Id", "trace-1.a_B")
        .get(API + "/nothing")
        .then()
        .statusCode(404)
        .header("X-Request-Id", "trace-1.a_B")
        .body("request_id", equalTo("trace-1.a_B"));
    given()
        .header("X-Request-Id", "trace-2")
        .get(API + PROJECT)
        .then()
        .statusCode(200)
        .header("X-Request-Id", "trace-2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "é"})
  void anIdThatIsNoneIsReplacedByAGoodOne(String id) {
    given()
        .header("X-Request-Id", id)
        .get(API + "/nothing")
        .then()
        .header("X-Request-Id", matchesPattern("[0-9a-f-]{36}"));
  }

  @Test
  void anActIsInTheAuditTrailWithTheIdOfItsRequest() {
    as("bob", "audit-1").body(BECAUSE).post(API + PROJECT + "/reconcile").then().statusCode(200);
    await().untilAsserted(() -> assertThat(event("audit-1").event()).isEqualTo("reconcile_asked"));
    assertThat(event("audit-1").who().id()).isEqualTo("bob");
    assertThat(event("audit-1").detail()).isEqualTo("because");
    as("bob", "audit-2").body(BECAUSE).post(API + STAGE + "/hold").then().statusCode(200);
    await().untilAsserted(() -> assertThat(event("audit-2").event()).isEqualTo("environment_held"));
  }

  @Test
  void whatIsRefusedIsInTheAuditTrail() {
    double before = metric("onward_denied_requests_total", "conflict");
    as("bob", "refused-1").body(BECAUSE).post(API + STAGE + "/resume").then().statusCode(409);
    await().untilAsserted(() -> assertThat(event("refused-1").event()).isEqualTo("refused"));
    assertThat(event("refused-1").who().id()).isEqualTo("bob");
    assertThat(event("refused-1").subject()).isEqualTo("stage");
    assertThat(event("refused-1").detail())
        .isEqualTo("POST /api/v1" + STAGE + "/resume: stage is not held");
    assertThat(metric("onward_denied_requests_total", "conflict")).isEqualTo(before + 1);

    as("bob", "refused-2")
        .body(BECAUSE)
        .post(API + STAGE + "/resume?dry_run=true")
        .then()
        .statusCode(409);
    assertThat(metric("onward_denied_requests_total", "conflict")).isEqualTo(before + 1);
  }

  @Test
  void whoeverIsNotKnownIsInTheAuditTrailOfEverythingAlone() {
    as("bob", "denied-1")
        .header("Host", "evil.example")
        .body(BECAUSE)
        .post(API + "/stop")
        .then()
        .statusCode(403);
    await().untilAsserted(() -> assertThat(everything("denied-1")).isPresent());
    assertThat(everything("denied-1").orElseThrow().who().id()).isEqualTo("unknown");
    as("bob", "denied-2")
        .header("Host", "evil.example")
        .body(BECAUSE)
        .post(API + PROD + "/hold")
        .then()
        .statusCode(403);
    await().untilAsserted(() -> assertThat(everything("denied-2")).isPresent());
    assertThat(everything("denied-2").orElseThrow().subject()).isEqualTo("prod");
    AuditTrail project = stores.open(new ProjectId("storage"), Optional.empty()).audit();
    assertThat(named(project, "denied-2")).isEmpty();
  }

  private Response withKey(String path, String body) {
    return given()
        .contentType("application/json")
        .header("Onward-Caller", "alice")
        .header("Idempotency-Key", key)
        .body(body.replace('\'', '"'))
        .post(API + path);
  }

  private static RequestSpecification as(String name, String id) {
    return given()
        .contentType("application/json")
        .header("Onward-Caller", name)
        .header("X-Request-Id", id);
  }

  private static String compose(String reason) {
    return "{'from': 'latest', 'reason': '%s'}".formatted(reason);
  }

  private AuditEvent event(String request) {
    AuditTrail trail = stores.open(new ProjectId("storage"), Optional.empty()).audit();
    return named(trail, request).orElseThrow(() -> new AssertionError("no event of " + request));
  }

  private Optional<AuditEvent> everything(String request) {
    return named(stores.daemon().audit(), request);
  }

  private static Optional<AuditEvent> named(AuditTrail trail, String request) {
    List<AuditEvent> events = trail.page(100, Optional.empty()).events();
    return events.stream().filter(event -> event.request().equals(request)).findFirst();
  }
}
