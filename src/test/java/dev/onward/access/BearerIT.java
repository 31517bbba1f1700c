package dev.onward.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.onward.testing.Management;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who comes to the API with which token may do what. */
@QuarkusTest
@TestProfile(Identified.class)
class BearerIT {
  private static final String API = "/api/v1";
  private static final String STORAGE = API + "/projects/storage";
  private static final String BECAUSE = "{\"reason\": \"because\"}";

  TestIdentityProvider provider;
  private static boolean warm;

  @BeforeEach
  void storageHasBeenSeen() {
    if (!warm) {
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> get("lookers", STORAGE).body("environments[0].state", equalTo("in_sync")));
    }
    warm = true;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // kind of act              | lookers | stage-team | storage-team | broken-team | deployers
        // | admins
        "/projects/storage/environments/stage/hold | 403 | 200 | 200 | 403 | 200 | 200",
        "/projects/storage/environments/stage/roll-back | 403 | 409 | 409 | 403 | 409 | 409",
        "/projects/storage/environments/stage/freeze | 403 | 200 | 200 | 403 | 200 | 200",
        "/projects/storage/environments/prod/hold | 403 | 403 | 200 | 403 | 200 | 200",
        "/projects/storage/environments/prod/freeze | 403 | 403 | 200 | 403 | 200 | 200",
        "/projects/storage/environments/none/hold | 403 | 403 | 404 | 403 | 404 | 404",
        "/projects/storage/stop | 403 | 403 | 200 | 403 | 200 | 200",
        "/projects/storage/freeze | 403 | 403 | 200 | 403 | 200 | 200",
        "/projects/storage/releases/0badbeef/reject | 403 | 403 | 404 | 403 | 404 | 404",
        "/projects/nobody/stop | 403 | 403 | 403 | 403 | 404 | 404",
        "/stop | 403 | 403 | 403 | 403 | 403 | 200",
        "/freeze | 403 | 403 | 403 | 403 | 403 | 200",
      })
  void everyRoleMayDoWhatItsGrantsSay(
      String path,
      int lookers,
      int stageTeam,
      int storageTeam,
      int brokenTeam,
      int deployers,
      int admins) {
    assertThat(
            List.of(
                status("lookers", path),
                status("stage-team", path),
                status("storage-team", path),
                status("broken-team", path),
                status("deployers", path),
                status("admins", path)))
        .containsExactly(lookers, stageTeam, storageTeam, brokenTeam, deployers, admins);
    problem(given().contentType("application/json").body(body(path)).post(API + path).then(), 401);
  }

  @Test
  void whatIsDoneIsRecordedUnderTheCallersIdAndName() {
    act("stage-team", "/projects/storage/environments/stage/hold")
        .statusCode(200)
        .body("interventions.holds[0].by.id", equalTo("alice-1"))
        .body("interventions.holds[0].by.name", equalTo("Alice Liddell"));
    act("storage-team", "/projects/storage/environments/stage/resume").statusCode(200);
  }

  @Test
  void theHeaderThatNamesALocalCallerNamesNobody() {
    problem(
        given()
            .header("Onward-Caller", "alice")
            .contentType("application/json")
            .body(BECAUSE)
            .post(API + "/stop")
            .then(),
        401);
  }

  @Test
  void aRefusalSaysWhichRoleIsMissingAndWhere() {
    problem(act("stage-team", "/projects/storage/environments/prod/hold"), 403)
        .body(
            "detail",
            equalTo(
                "Alice Liddell may not do this: it needs the role deployer on environment prod of"
                    + " project storage"));
  }

  @Test
  void fault44WhoeverHasNoTokenOrTheWrongRoleDoesNothingAndIsOnRecord() {
    String hold = "/projects/storage/environments/prod/hold";
    String request = "wrong-role-" + UUID.randomUUID();
    problem(
        given()
            .auth()
            .oauth2(provider.token("stage-team"))
            .contentType("application/json")
            .header("X-Request-Id", request)
            .body(BECAUSE)
            .post(API + hold)
            .then(),
        403);
    await()
        .untilAsserted(
            () ->
                get("admins", STORAGE + "/audit?limit=100")
                    .body(
                        "events.find{it.request=='%s'}.event".formatted(request),
                        equalTo("refused"))
                    .body(
                        "events.find{it.request=='%s'}.by.id".formatted(request),
                        equalTo("alice-1")));

    double before = refusals("unauthenticated");
    problem(given().contentType("application/json").body(BECAUSE).post(API + hold).then(), 401);
    assertThat(refusals("unauthenticated")).isEqualTo(before + 1);

    get("admins", STORAGE + "/interventions").body("interventions.holds", empty());
    get("admins", STORAGE + "/audit?limit=100")
        .body("events.findAll{it.subject=='prod'}.event", not(hasItem("environment_held")));
  }

  private static double refusals(String kind) {
    return given()
        .get(Management.url("/q/metrics"))
        .asString()
        .lines()
        .filter(line -> line.startsWith("onward_denied_requests_total") && line.contains(kind))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/projects",
        "/projects/storage",
        "/projects/nobody",
        "/projects/storage/environments/stage",
        "/projects/storage/interventions",
        "/projects/storage/releases",
        "/releases/0badbeef",
        "/interventions",
        "/daemon"
      })
  void nobodyReadsWithoutAToken(String path) {
    problem(given().get(API + path).then(), 401).header("WWW-Authenticate", equalTo("Bearer"));
    problem(get("strangers", API + path), 403).body("detail", containsString("viewer"));
  }

  @Test
  void aTokenThatIsNotTheProvidersIsRefused() {
    var other = TestIdentityProvider.keyPair();
    refused("garbage");
    refused("a.b.c");
    refused(UUID.randomUUID().toString());
    refused(provider.token(with("exp", 1_000_000_000L)));
    refused(provider.token(with("iss", "https://evil.example")));
    refused(provider.token(with("aud", "another-program")));
    refused(provider.token(provider.claims("admins"), other));
    refused(unsigned(provider.token("admins")));
    refused(tampered(provider.token("lookers")));
    problem(given().header("Authorization", "Basic YTpi").get(API + "/projects").then(), 401);
    given().auth().oauth2(provider.token("admins")).get(API + "/projects").then().statusCode(200);
  }

  /** Quarkus stumbles over some of them; none is answered 5xx, and each is counted. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer .",
        "Bearer ..",
        "Bearer ...",
        "Bearer ....",
        "Bearer",
        "Bearer ",
        "bearer .",
        "Bearer a.",
        "Bearer .a.",
        "Bearer W10.e30.x",
        "Bearer bnVsbA.bnVsbA.bnVsbA",
        "Bearer e30.e30.",
        "Bearer e30.W10.x",
        "Bearer %%.%%.%%",
        "Bearer a.b.c.d.e",
        "Bearer eyJhbGciOiJIUzI1NiIsImtpZCI6Ing5dCJ9.e30.x",
        "Bearer eyJhbGciOiJub25lIn0.e30.",
        "Bearer eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.a.b.c.d",
        "Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6MX0.e30.x",
        "Bearer eyJhbGciOjF9.e30.x",
        "Digest .",
        "."
      })
  void whateverIsSentInTheTokensPlaceIsRefusedAndCounted(String authorization) {
    double before = refusals("unauthenticated");
    problem(given().header("Authorization", authorization).get(API + "/projects").then(), 401);
    assertThat(refusals("unauthenticated")).isEqualTo(before + 1);
  }

  /** As Keycloak makes them: signed with a key of its own that it shows nobody. */
  @Test
  void aRefreshTokenIsNoAccessToken() {
    var claims = provider.claims("admins");
    claims.put("typ", "Refresh");
    claims.put("aud", provider.address().toString());
    refused(
        Jwt.claims(claims)
            .jws()
            .algorithm(SignatureAlgorithm.HS512)
            .keyId("realm-secret")
            .sign(new SecretKeySpec(new byte[64], "HmacSHA512")));
    refused(provider.token(claims));
  }

  /** Once it took ten minutes until the provider's keys were looked at again. */
  @Test
  void aMadeUpKeyIdDoesNotKeepKeysThatWereChangedFromBeingKnown() {
    refused(Jwt.claims(provider.claims("admins")).jws().keyId("made-up").sign(key()));
    var keys = provider.keysChange();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                given()
                    .auth()
                    .oauth2(provider.token("admins"))
                    .get(API + "/projects")
                    .then()
                    .statusCode(200));
    refused(provider.token(provider.claims("admins"), keys));
  }

  private static PrivateKey key() {
    return TestIdentityProvider.keyPair().getPrivate();
  }

  @Test
  void aTokenOfNobodyIsRefused() {
    var nobody = provider.claims("admins");
    nobody.remove("sub");
    refused(provider.token(nobody));
  }

  @Test
  void nobodyPassesForAutomation() {
    var token = provider.token(with("sub", "Onward"));
    problem(given().auth().oauth2(token).get(API + "/projects").then(), 403);
  }

  @Test
  void readersSeeTheirProjectsOnly() {
    get("lookers", API + "/projects").body("projects.id", containsInAnyOrder("broken", "storage"));
    get("storage-lookers", API + "/projects").body("projects.id", is(List.of("storage")));
    get("stage-team", API + "/projects").body("projects.id", is(List.of("storage")));
    get("storage-lookers", API + "/interventions").body("projects.project", is(List.of("storage")));
    get("storage-lookers", API + "/daemon")
        .body("projects.id", is(List.of("storage")))
        .body("manifests.problems", empty())
        .body("writes", equalTo("roles"));
    get("lookers", API + "/daemon").body("manifests.problems", not(empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/environments/stage", "/interventions", "/releases", "/releases?limit=5"})
  void aProjectThatTheCallerMayNotSeeDoesNotExist(String path) {
    String hidden = detail("storage-lookers", "/projects/broken" + path);
    String missing = detail("storage-lookers", "/projects/nobody" + path);
    assertThat(hidden.replace("broken", "nobody")).isEqualTo(missing);
  }

  @Test
  void neitherDoesAProjectWithAManifestInError() {
    assertThat(detail("storage-lookers", "/projects/invalid").replace("invalid", "nobody"))
        .isEqualTo(detail("storage-lookers", "/projects/nobody"));
    assertThat(detail("storage-lookers", "/events?project=invalid").replace("invalid", "nobody"))
        .isEqualTo(detail("storage-lookers", "/events?project=nobody"));
    assertThat(detail("lookers", "/projects/invalid")).contains("has errors");
  }

  @Test
  void nothingOfItCanBeReplayedOrFoundByItsReleases() {
    problem(replay("storage-lookers", "broken"), 404);
    problem(get("storage-lookers", API + "/releases/0badbeef?project=broken"), 404);
    replay("storage-lookers", "storage").statusCode(200);
  }

  @Test
  void healthMetricsAndTheDocumentAreOpenWhateverIsSent() {
    for (String path :
        List.of(Management.url("/q/health/live"), Management.url("/q/metrics"), "/q/openapi")) {
      given().header("Authorization", "Bearer garbage").get(path).then().statusCode(200);
    }
  }

  @Test
  void theDocumentSaysHowCallersAreKnown() {
    given()
        .get("/q/openapi?format=json")
        .then()
        .body("components.securitySchemes.bearer.scheme", equalTo("bearer"));
  }

  @Test
  void answersAreKeptByNobodyElse() {
    get("lookers", API + "/projects").header("Cache-Control", equalTo("private, no-cache"));
    given().get(API + "/projects").then().header("Cache-Control", equalTo("no-store"));
  }

  private Map<String, Object> with(String claim, Object value) {
    var claims = provider.claims("admins");
    claims.put(claim, value);
    return claims;
  }

  private static String unsigned(String token) {
    String header =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
    return header + "." + token.split("\\.", -1)[1] + ".";
  }

  private static String tampered(String token) {
    String[] parts = token.split("\\.", -1);
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    parts[1] =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.replace("lookers", "admins").getBytes(StandardCharsets.UTF_8));
    return String.join(".", parts);
  }

  private static void refused(String token) {
    problem(given().auth().oauth2(token).get(API + "/projects").then(), 401)
        .header("WWW-Authenticate", equalTo("Bearer"));
  }

  private static String body(String path) {
    return path.endsWith("/freeze")
        ? "{\"id\": \"f\", \"reason\": \"because\", \"until\": \"1h\"}"
        : BECAUSE;
  }

  private int status(String group, String path) {
    return act(group, path + "?dry_run=true").extract().statusCode();
  }

  private ValidatableResponse act(String group, String path) {
    return given()
        .auth()
        .oauth2(provider.token(group))
        .contentType("application/json")
        .body(body(path.replace("?dry_run=true", "")))
        .post(API + path)
        .then();
  }

  private ValidatableResponse replay(String group, String project) {
    return given()
        .auth()
        .oauth2(provider.token(group))
        .contentType("application/json")
        .post(API + "/projects/" + project + "/replay")
        .then();
  }

  private ValidatableResponse get(String group, String path) {
    return given().auth().oauth2(provider.token(group)).get(path).then();
  }

  private String detail(String group, String path) {
    return problem(get(group, API + path), 404).extract().path("detail");
  }

  private static ValidatableResponse problem(ValidatableResponse response, int status) {
    return response
        .statusCode(status)
        .contentType(containsString("application/problem+json"))
        .body("status", equalTo(status));
  }
}
