package dev.onward.web.http;

import static dev.onward.web.http.StorageProject.API;
import static dev.onward.web.http.StorageProject.PROD;
import static dev.onward.web.http.StorageProject.PROJECT;
import static dev.onward.web.http.StorageProject.STAGE;
import static dev.onward.web.http.StorageProject.get;
import static dev.onward.web.http.StorageProject.post;
import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.onward.testing.LocalAwsResource;
import dev.onward.testing.Management;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ssm.SsmClient;

/** What people are refused, and that nothing is done then. */
@QuarkusTest
@QuarkusTestResource(LocalAwsResource.class)
@TestProfile(WritesAllowed.class)
class DeniedCommandsIT {
  private static final String BECAUSE = "{\"reason\": \"because\"}";

  @Inject SsmClient ssm;

  @BeforeEach
  void stageHasARelease() {
    new StorageProject(ssm).clear();
    StorageProject.awaitSome();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/projects/nobody/stop | {'reason': 'x'} | 404 | no manifest names the project 'nobody'",
        "/projects/storage/environments/dev/hold | {'reason': 'x'} | 404 | no environment dev",
        "/projects/storage/environments/dev/deploy | {'release': 'r', 'reason': 'x'} | 404 | no"
            + " environment dev",
        "/projects/storage/environments/prod/deploy | {'release': '0badbeef', 'reason': 'x'} | 404"
            + " | no release 0badbeef",
        "/projects/storage/environments/prod/approve | {'release': '0badbeef', 'reason': 'x'} | 404"
            + " | no release 0badbeef",
        "/projects/storage/releases/0badbeef/reject | {'reason': 'x'} | 404 | no release 0badbeef",
        "/projects/storage/releases/0badbeef/unreject | {'reason': 'x'} | 409 | is not rejected",
        "/projects/storage/environments/a%2fb/hold | {'reason': 'x'} | 400 | letters",
        "/projects/storage/environments/prod/unfreeze | {'id': 'none', 'reason': 'x'} | 409 | no"
            + " freeze 'none'",
        "/projects/storage/resume | {'reason': 'x'} | 409 | nothing is stopped",
        "/resume | {'reason': 'x'} | 409 | nothing is stopped",
        "/unfreeze | {'id': 'none', 'reason': 'x'} | 409 | no freeze 'none'",
        "/projects/broken/stop | {'reason': 'x'} | 503 | releases-broken",
        "/projects/storage/stop?dryrun=true | {'reason': 'x'} | 400 | dry_run",
        "/projects/storage/stop?dry_run=yes | {'reason': 'x'} | 400 | true or false",
        "/projects/storage/stop | {'reason': 'x'} {} | 400 | JSON",
        "/projects/storage/stop | [] | 400 | a JSON object",
      })
  void whatCannotBeDoneIsAProblem(String path, String body, int status, String detail) {
    problem(
            json().urlEncodingEnabled(false).body(body.replace('\'', '"')).post(API + path).then(),
            status)
        .body("detail", containsString(detail));
    get(PROJECT + "/interventions").body("interventions.stop", equalTo(null));
  }

  @Test
  void everythingThatIsWrongWithABodyIsSaidAtOnce() {
    problem(post("alice", PROD + "/deploy", "{'release': 5, 'overide': true}").then(), 400)
        .body("errors.field", contains("release", "reason", "overide"))
        .body("errors.found", contains("5", "nothing", "a field of this name"))
        .body(
            "errors[2].allowed",
            equalTo("expected_version, override, reason, release (did you mean override?)"));
    problem(
            post("alice", STAGE + "/hold", "{'reason': 'x', 'until': '2020-01-01T00:00Z'}").then(),
            400)
        .body("errors.allowed", contains("a moment to come"));
  }

  @Test
  void aBodyThatIsNestedDeeplyOrVeryLongIsRefused() throws Exception {
    // Not by REST Assured, which reads such a body itself for a minute.
    try (var http = HttpClient.newHttpClient()) {
      assertThat(statusOf(http, "[".repeat(60_000))).isEqualTo(400);
      assertThat(statusOf(http, "{\"a\":".repeat(10_000))).isEqualTo(400);
      assertThat(statusOf(http, " ".repeat(70_000))).isEqualTo(413);
    }
  }

  private static int statusOf(HttpClient http, String hold) throws Exception {
    var address = URI.create("http://localhost:%s%s/hold".formatted(RestAssured.port, API + STAGE));
    var request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .header("Onward-Caller", "alice")
            .POST(HttpRequest.BodyPublishers.ofString(hold))
            .build();
    var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .contains(ProblemDetail.MEDIA_TYPE);
    return answer.statusCode();
  }

  @Test
  void aFormThatIsTooLongIsAnsweredWithAPage() {
    given()
        .contentType("application/x-www-form-urlencoded")
        .header("Sec-Fetch-Site", "same-origin")
        .body("reason=" + "x".repeat(70_000))
        .post(PROJECT + "/act/stop")
        .then()
        .statusCode(413)
        .contentType(containsString("text/html"))
        .body(containsString("the body is larger than 64 KB"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded"})
  void whatAPageElsewhereCanSendIsRefused(String type) {
    var request = given().contentType(type).body(BECAUSE);
    assertThat(request.post(API + "/stop").statusCode()).isEqualTo(415);
  }

  @Test
  void aReplayTakesOnlyAManifestThatSaysWhatItIs() {
    String manifest = "storage: {name: S, environments: []}";
    String replay = API + PROJECT + "/replay";
    for (String type : List.of("text/plain", "application/x-www-form-urlencoded")) {
      assertThat(given().contentType(type).body(manifest).post(replay).statusCode()).isEqualTo(415);
    }
    var asText =
        encoderConfig()
            .encodeContentTypeAs("application/yaml", ContentType.TEXT)
            .encodeContentTypeAs("text/yaml", ContentType.TEXT);
    var config = RestAssuredConfig.config().encoderConfig(asText);
    for (String type : List.of("application/yaml", "text/yaml")) {
      var request = given().config(config).contentType(type).body(manifest);
      assertThat(request.post(replay).statusCode()).isIn(200, 422);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:8080", "localhost.evil.example"})
  void aNameThatSomebodyMadeResolveToThisMachineIsRefused(String host) {
    problem(json().header("Host", host).body(BECAUSE).post(API + "/stop").then(), 403)
        .body("detail", containsString("localhost"));
    problem(json().header("Host", host).body(BECAUSE).post(API + "/stop?dry_run=1").then(), 403);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/projects, 1.0",
    "GET, /api/v1/projects, 1.1",
    "POST, /api/v1/stop, 1.0",
    "GET, /, 1.0",
    "GET, /projects/storage, 1.0",
    "GET, /assets/onward.css, 1.0"
  })
  void aRequestThatAsksNoHostIsRefusedAndCounted(String method, String path, String version)
      throws IOException {
    double before = malformed();
    String asked = "%s %s HTTP/%s\r\nConnection: close\r\n\r\n".formatted(method, path, version);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(asked.getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answer).containsPattern("^HTTP/1.[01] 400 ").contains("which host");
    }
    assertThat(malformed()).isEqualTo(before + 1);
  }

  @Test
  void soIsOneOfHttp2WithoutAnAuthority() throws IOException {
    double before = malformed();
    byte[] path = "/api/v1/projects".getBytes(UTF_8);
    var request = new ByteArrayOutputStream();
    request.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(UTF_8));
    request.writeBytes(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
    // :method GET, :scheme http, :path in full; ends the headers and the request.
    request.writeBytes(new byte[] {0, 0, (byte) (path.length + 4), 1, 5, 0, 0, 0, 1});
    request.writeBytes(new byte[] {(byte) 0x82, (byte) 0x86, 0x04, (byte) path.length});
    request.writeBytes(path);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.toByteArray());
      var answer = new DataInputStream(socket.getInputStream());
      int type;
      byte[] payload;
      do {
        int length = answer.readUnsignedByte() << 16 | answer.readUnsignedShort();
        type = answer.readUnsignedByte();
        answer.skipNBytes(5);
        payload = answer.readNBytes(length);
      } while (type != 1);
      // The static table's entry 12 is :status 400.
      assertThat(payload).contains((byte) 0x8c);
    }
    assertThat(malformed()).isEqualTo(before + 1);
  }

  private static double malformed() {
    return given()
        .get(Management.url("/q/metrics"))
        .asString()
        .lines()
        .filter(
            line -> line.startsWith("onward_denied_requests_total") && line.contains("malformed"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /**
   * What a proxy on this machine adds by default: Apache, Caddy, Traefik, Envoy; HAProxy if asked.
   */
  @ParameterizedTest
  @ValueSource(strings = {"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"})
  void whatComesThroughAProxyIsNotFromThisMachine(String header) {
    problem(json().header(header, "203.0.113.7").body(BECAUSE).post(API + "/stop").then(), 403)
        .body("detail", containsString("came through a proxy (it has the header " + header + ")"));
  }

  @Test
  void whatNginxPassesOnAsItIsInstalledIsNotFromThisMachine() throws Exception {
    try (var nginx = Nginx.before(RestAssured.port)) {
      for (String path : List.of("/stop", "/stop?dry_run=true")) {
        problem(json().port(nginx.port()).body(BECAUSE).post(API + path).then(), 403)
            .body("detail", containsString("came through a proxy (it speaks HTTP/1.0)"));
      }
      given().port(nginx.port()).get(API + "/projects").then().statusCode(200);
      assertThat(given().port(nginx.port()).get(PROJECT).asString()).contains("reading only");
    }
  }

  @Test
  void aCallerWithAnOddNameIsRefused() {
    problem(post("a/b", STAGE + "/hold", BECAUSE).then(), 400)
        .body("detail", containsString("header Onward-Caller"))
        .body("found", equalTo("a/b"));
    problem(post("onward", STAGE + "/hold", BECAUSE).then(), 400);
  }

  @Test
  void whoDoesNotSayTheirNameIsTheOperator() {
    assertThat(
            post("", STAGE + "/hold", BECAUSE)
                .then()
                .extract()
                .<String>path("interventions.holds[0].by.id"))
        .isEqualTo("operator");
  }

  @Test
  void everyExampleOfTheOpenApiDocumentCanBeRead() {
    Map<String, Map<String, Object>> paths =
        given().get("/q/openapi?format=json").then().statusCode(200).extract().path("paths");
    var tried = new ArrayList<String>();
    paths.forEach(
        (path, operations) -> {
          if (!(operations.get("post") instanceof Map<?, ?> post) || path.endsWith("/replay")) {
            return;
          }
          for (Object example : examples(post)) {
            String url =
                path.replace("{project}", "storage")
                    .replace("{environment}", "prod")
                    .replace("{label}", "latest");
            var answer =
                json().body(example).post(url.replace("{release}", "33378e23") + "?dry_run=true");
            assertThat(answer.statusCode())
                .as("%s %s: %s", path, example, answer.asString())
                .isIn(200, 404, 409);
            tried.add(path);
          }
        });
    assertThat(tried).hasSizeGreaterThanOrEqualTo(23);
  }

  private static List<Object> examples(Map<?, ?> post) {
    var body = (Map<?, ?>) post.get("requestBody");
    var content = (Map<?, ?>) ((Map<?, ?>) body.get("content")).get("application/json");
    assertThat(content.get("examples")).as("examples of %s", post.get("summary")).isNotNull();
    return ((Map<?, ?>) content.get("examples"))
        .values().stream().map(example -> (Object) ((Map<?, ?>) example).get("value")).toList();
  }

  private static RequestSpecification json() {
    return given().contentType("application/json");
  }

  private static ValidatableResponse problem(ValidatableResponse response, int status) {
    return response
        .statusCode(status)
        .contentType(containsString(ProblemDetail.MEDIA_TYPE))
        .body("status", equalTo(status))
        .body("title", notNullValue());
  }
}
