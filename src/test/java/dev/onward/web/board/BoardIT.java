package dev.onward.web.board;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.onward.testing.LocalAwsResource;
import dev.onward.web.http.StorageProject;
import dev.onward.web.http.WritesAllowed;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The board's pages, as any browser gets them. */
@QuarkusTest
@QuarkusTestResource(LocalAwsResource.class)
@TestProfile(WritesAllowed.class)
class BoardIT {
  private static final Pattern LINK =
      Pattern.compile(" (?:href|src|hx-get|action)=\"([^\"#]+)[^\"]*\"");
  private static final int ENOUGH = 120;

  @Inject SsmClient ssm;

  @BeforeEach
  void aReleaseIsInStage() {
    new StorageProject(ssm).clear();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                "in_sync"
                    .equals(
                        RestAssured.get("/api/v1/projects/storage/environments/stage")
                            .path("state")));
  }

  @Test
  void everyLinkOfEveryPageLeadsSomewhere() {
    var asked = new TreeSet<String>();
    var toAsk = new ArrayDeque<>(List.of("/"));
    var broken = new ArrayList<String>();
    while (!toAsk.isEmpty() && asked.size() < ENOUGH) {
      String path = toAsk.poll();
      if (!asked.add(path)) {
        continue;
      }
      Response page = given().urlEncodingEnabled(false).get(path);
      // One project's table is none: its history says so.
      boolean said = path.startsWith("/projects/broken/") && page.statusCode() == 503;
      if (page.statusCode() != 200 && !said) {
        broken.add(page.statusCode() + " " + path);
      }
      if (page.contentType().startsWith("text/html") && !path.startsWith("/q/")) {
        links(path, page.asString()).stream().filter(it -> !asked.contains(it)).forEach(toAsk::add);
      }
    }
    assertThat(broken).isEmpty();
    assertThat(asked).hasSizeGreaterThan(25);
  }

  private static Set<String> links(String from, String page) {
    var links = new TreeSet<String>();
    var matcher = LINK.matcher(page);
    while (matcher.find()) {
      String link = matcher.group(1).replace("&amp;", "&");
      if (!link.startsWith("http")) {
        links.add(URI.create(from).resolve(link.replace(" ", "%20")).toString());
      }
    }
    return links;
  }

  @Test
  void aLinkToWhatTheManifestNoLongerNamesLeadsNowhereElse() {
    for (String act : List.of("deploy", "hold", "roll-back")) {
      RestAssured.get("/projects/storage/act/%s?environment=gone".formatted(act))
          .then()
          .statusCode(404)
          .body(containsString("has no environment &#39;gone&#39;"));
    }
    RestAssured.get("/projects/storage/act/stop?environment=prod")
        .then()
        .statusCode(200)
        .body(not(containsString("Storage service / prod")));
    RestAssured.get("/projects/storage/act/deploy")
        .then()
        .statusCode(200)
        .body(containsString("<option value=\"\" selected>choose"));
  }

  @Test
  void aLongReasonInAnyAlphabetIsTaken() {
    form()
        .formParam("environment", "prod")
        .formParam("reason", "ж".repeat(500))
        .formParam("step", "preview")
        .post("/projects/storage/act/hold")
        .then()
        .statusCode(200)
        .body(containsString("What would happen"));
  }

  @Test
  void aPageRunsNoScriptButItsOwnAndIsKeptByNobody() {
    RestAssured.get("/projects/storage")
        .then()
        .header("Content-Security-Policy", containsString("script-src 'self';"))
        .header("Content-Security-Policy", containsString("default-src 'none'"))
        .header("Content-Security-Policy", not(containsString("unsafe")))
        .header("Cache-Control", containsString("private"))
        .header("X-Frame-Options", "DENY")
        .header("X-Request-Id", not(""));
  }

  @Test
  void whatIsNotThereIsSaidOnAPage() {
    RestAssured.get("/projects/nosuch")
        .then()
        .statusCode(404)
        .contentType(ContentType.HTML)
        .body(containsString("no manifest names the project"));
    RestAssured.get("/projects/storage/releases/nosuch")
        .then()
        .statusCode(404)
        .contentType(ContentType.HTML);
    RestAssured.get("/projects/storage/act/nosuch")
        .then()
        .statusCode(404)
        .contentType(ContentType.HTML);
    RestAssured.get("/projects/..%2f/").then().statusCode(not(500));
    RestAssured.get("/act/hold").then().statusCode(404);
  }

  @Test
  void aFormOfAPageElsewhereDoesNothing() {
    RestAssured.given()
        .contentType(ContentType.URLENC)
        .header("Origin", "https://evil.example")
        .formParam("reason", "evil")
        .formParam("environment", "prod")
        .formParam("step", "do")
        .post("/projects/storage/act/hold")
        .then()
        .statusCode(403)
        .contentType(ContentType.HTML);
    assertThat(RestAssured.get("/api/v1/projects/storage/environments/prod").<Object>path("hold"))
        .isNull();
  }

  @Test
  void aFormThatIsSentTwiceIsDoneOnce() {
    var previewed =
        form()
            .formParam("reason", "once")
            .formParam("step", "preview")
            .post("/projects/storage/act/freeze");
    String key = hidden(previewed, "key");
    for (int i = 0; i < 2; i++) {
      form()
          .formParam("reason", "once")
          .formParam("step", "do")
          .formParam("previewed", hidden(previewed, "previewed"))
          .formParam("expected_version", hidden(previewed, "expected_version"))
          .formParam("key", key)
          .redirects()
          .follow(false)
          .post("/projects/storage/act/freeze")
          .then()
          .statusCode(303);
    }
    List<String> freezes =
        RestAssured.get("/api/v1/projects/storage/interventions").path("interventions.freezes.id");
    assertThat(freezes).containsExactly("once");
    form()
        .formParam("id", "once")
        .formParam("reason", "done")
        .formParam("step", "preview")
        .post("/projects/storage/act/unfreeze")
        .then()
        .statusCode(200);
    given()
        .contentType(ContentType.JSON)
        .body("{\"id\": \"once\", \"reason\": \"done\"}")
        .post("/api/v1/projects/storage/unfreeze")
        .then()
        .statusCode(200);
  }

  @Test
  void fault45HtmlInADescriptionIsEscapedOnEveryPage() {
    String html = "<script>alert(1)</script><img src=x onerror=alert(1)>";
    String escaped = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;";
    String release =
        given()
            .contentType(ContentType.JSON)
            .body(Map.of("from", "latest", "reason", html))
            .post("/api/v1/projects/storage/releases")
            .then()
            .statusCode(201)
            .extract()
            .path("release.id");
    for (String page :
        List.of("/projects/storage/releases/" + release, "/projects/storage/audit")) {
      RestAssured.get(page)
          .then()
          .statusCode(200)
          .header("Content-Security-Policy", containsString("script-src 'self';"))
          .body(containsString(escaped))
          .body(not(containsString("<script>alert")))
          .body(not(containsString("<img src=x")));
    }
  }

  @Test
  void whatIsWrongWithAFormIsSaidBesideIt() {
    form()
        .formParam("environment", "prod")
        .formParam("reason", " ")
        .formParam("until", "yesterday")
        .formParam("step", "preview")
        .post("/projects/storage/act/hold")
        .then()
        .statusCode(400)
        .contentType(ContentType.HTML)
        .body(containsString("id=\"reason-wrong\""))
        .body(containsString("id=\"until-wrong\""));
  }

  @Test
  void newsOfWhatIsNotThereIsRefused() {
    RestAssured.given()
        .accept("text/event-stream")
        .get("/events?project=nosuch")
        .then()
        .statusCode(404);
  }

  private static RequestSpecification form() {
    return given().contentType(ContentType.URLENC).header("Sec-Fetch-Site", "same-origin");
  }

  private static String hidden(Response page, String name) {
    var matcher =
        Pattern.compile("name=\"%s\" value=\"([^\"]*)\"".formatted(name)).matcher(page.asString());
    assertThat(matcher.find()).as(name).isTrue();
    return matcher.group(1);
  }
}
