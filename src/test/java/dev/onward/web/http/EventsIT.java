package dev.onward.web.http;

import static dev.onward.web.http.StorageProject.API;
import static dev.onward.web.http.StorageProject.PROD;
import static dev.onward.web.http.StorageProject.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;

import dev.onward.status.events.EventFeed;
import dev.onward.status.events.Subscription;
import dev.onward.testing.LocalAwsResource;
import dev.onward.web.http.EventStreamReader.Event;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ssm.SsmClient;

/** Watching what becomes different. */
@QuarkusTest
@QuarkusTestResource(LocalAwsResource.class)
@TestProfile(WritesAllowed.class)
class EventsIT {
  /** As many as can. */
  private static final int MOST_WATCHING = 200;

  @Inject SsmClient ssm;
  @Inject EventFeed feed;

  private StorageProject storage;

  @BeforeEach
  void nothingIsHeld() {
    storage = new StorageProject(ssm);
    storage.clear();
  }

  @Test
  void aPublishedImageIsWatchedOnItsWayAndWhoeverWasAwayGoesOnFromThere() throws Exception {
    storage.release();
    Event release;
    Event deployment;
    String current = "";
    try (var watching = EventStreamReader.all()) {
      assertThat(watching.response().statusCode()).isEqualTo(200);
      assertThat(watching.response().headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/event-stream");
      assertThat(watching.response().headers().allValues("Cache-Control")).contains("no-store");
      current = storage.release();
      String published = current;
      release = watching.await(it -> it.name().equals("release"));
      deployment = watching.await(it -> it.name().equals("deployment"));
      watching.await(it -> it.name().equals("converged"));
      watching.await(
          it ->
              it.name().equals("environment")
                  && published.equals(it.data().getString("data.candidate")));
    }
    assertThat(release.data().getString("project")).isEqualTo("storage");
    assertThat(release.data().getString("id")).isEqualTo(release.id());
    assertThat(release.data().getString("data.release")).isEqualTo(current);
    assertThat(release.data().getString("data.label")).isEqualTo("latest");
    assertThat(deployment.data().getString("environment")).isEqualTo("stage");
    assertThat(deployment.data().getString("data.to")).isEqualTo(current);
    assertThat(deployment.data().getString("data.by.id")).isEqualTo("onward");

    try (var back = new EventStreamReader("", Optional.of(release.id()))) {
      assertThat(back.await(it -> true).id()).isEqualTo(deployment.id());
    }
  }

  @Test
  void whatAPersonSaysIsWatchedAndTheBoardKnowsItByThen() throws Exception {
    try (var watching = EventStreamReader.all()) {
      post(PROD + "/hold", "{'reason': 'fire'}", 200);
      Event said = watching.await(it -> it.name().equals("intervention"));
      assertThat(said.data().getString("environment")).isEqualTo("prod");
      assertThat(said.data().getString("data.action")).isEqualTo("environment_held");
      assertThat(said.data().getString("data.by.name")).isEqualTo("alice");
    }
    try (var watching = EventStreamReader.all()) {
      post("/stop", "{'reason': 'fire'}", 200);
      Event said =
          watching.await(it -> "everything_stopped".equals(it.data().getString("data.action")));
      assertThat(said.data().getString("project")).isNull();
    }
  }

  @Test
  void whoeverKnowsAnotherProcessIsToldThatEventsAreMissing() throws Exception {
    try (var watching = new EventStreamReader("", Optional.of("1-1"))) {
      Event first = watching.await(it -> true);
      assertThat(first.name()).isEqualTo("lost");
      try (var again = new EventStreamReader("", Optional.of(first.id()))) {
        post(PROD + "/hold", "{'reason': 'fire'}", 200);
        assertThat(again.await(it -> true).name()).isNotEqualTo("lost");
      }
    }
  }

  @Test
  void onlyTheProjectsThatWereAskedForAreWatched() throws Exception {
    try (var broken = new EventStreamReader("?project=broken", Optional.empty());
        var both = new EventStreamReader("?project=broken&project=storage", Optional.empty())) {
      post(PROD + "/hold", "{'reason': 'fire'}", 200);
      both.await(it -> it.name().equals("intervention"));
      assertThat(broken.events())
          .filteredOn(it -> it.data().getString("project") != null)
          .allSatisfy(it -> assertThat(it.data().getString("project")).isEqualTo("broken"));
    }
  }

  @Test
  void aProjectThatNobodyKnowsIsRefused() {
    RestAssured.given()
        .accept("text/event-stream")
        .get(API + "/events?project=nobody")
        .then()
        .statusCode(404)
        .contentType(ProblemDetail.MEDIA_TYPE)
        .body("detail", containsString("nobody"));
    RestAssured.get(API + "/events?project=a%2Fb").then().statusCode(400);
  }

  @Test
  void whoeverComesWhenTooManyWatchIsToldWhenToComeAgain() {
    var crowd = new ArrayList<Subscription>();
    try {
      while (join(crowd)) {}
      RestAssured.get(API + "/events")
          .then()
          .statusCode(429)
          .contentType(ProblemDetail.MEDIA_TYPE)
          .header("Retry-After", equalTo("30"));
    } finally {
      crowd.forEach(Subscription::close);
    }
  }

  @Test
  void whoeverLeavesMakesRoom() throws Exception {
    var crowd = new ArrayList<Subscription>();
    try {
      try (var watching = EventStreamReader.all()) {
        assertThat(watching.response().statusCode()).isEqualTo(200);
        while (join(crowd)) {}
      }
      await().atMost(Duration.ofSeconds(10)).until(() -> join(crowd));
    } finally {
      crowd.forEach(Subscription::close);
    }
  }

  @Test
  void whoeverBeginsToWatchIsToldSoAtOnce() throws IOException, InterruptedException {
    try (var watching = EventStreamReader.all()) {
      await().atMost(Duration.ofSeconds(5)).until(watching::lines, hasItem(":watching"));
    }
  }

  @Test
  void aProxyIsToldNotToKeepEventsBack() throws Exception {
    try (var watching = EventStreamReader.all()) {
      assertThat(watching.response().headers().allValues("X-Accel-Buffering"))
          .containsExactly("no");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/v1/projects", "/assets/onward.css", "/assets/onward.js"})
  void aCacheIsToldThatWhatMayBeCompressedDependsOnWhoAsks(String path) {
    for (String encoding : List.of("gzip", "identity")) {
      assertThat(
              RestAssured.given()
                  .header("Accept-Encoding", encoding)
                  .get(path)
                  .headers()
                  .getValues("Vary"))
          .as(encoding)
          .anyMatch(vary -> vary.equalsIgnoreCase("Accept-Encoding"));
    }
  }

  /** With its defaults, nginx once kept every event until there were four kilobytes of them. */
  @Test
  void eventsComeThroughNginxAsItIsInstalled() throws Exception {
    try (var nginx = Nginx.before(RestAssured.port);
        var watching = new EventStreamReader(nginx.port(), "", Optional.empty())) {
      await().atMost(Duration.ofSeconds(5)).until(watching::lines, hasItem(":watching"));
      post(PROD + "/hold", "{'reason': 'fire'}", 200);
      watching.await(it -> it.name().equals("intervention"));
    }
  }

  @Test
  void whoeverLeavesIsNotInTheLog() throws Exception {
    var logged = new CopyOnWriteArrayList<String>();
    var handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.WARNING.intValue()
                || line.getThrown() != null) {
              logged.add(line.getLoggerName() + ": " + line.getMessage() + " " + line.getThrown());
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    var crowd = new ArrayList<Subscription>();
    LogManager.getLogManager().getLogger("").addHandler(handler);
    try {
      for (String path : List.of("/api/v1/events", "/events", "/events?project=storage")) {
        for (int linger : new int[] {-1, 0}) {
          leave(path, linger);
        }
      }
      post(PROD + "/hold", "{'reason': 'fire'}", 200);
      post(PROD + "/resume", "{'reason': 'out'}", 200);
      // When there is room for as many as can watch, everybody has left.
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                crowd.forEach(Subscription::close);
                crowd.clear();
                while (join(crowd)) {}
                return crowd.size() >= MOST_WATCHING;
              });
      assertThat(logged).isEmpty();
    } finally {
      crowd.forEach(Subscription::close);
      LogManager.getLogManager().getLogger("").removeHandler(handler);
    }
  }

  @Test
  void whoeverLeavesBeforeTheFirstEventMakesRoomToo() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
        socket
            .getOutputStream()
            .write(
                "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.UTF_8));
        socket.setSoLinger(true, 0);
      }
    }
    var crowd = new ArrayList<Subscription>();
    try {
      await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () -> {
                while (join(crowd)) {}
                return crowd.size() >= MOST_WATCHING;
              });
    } finally {
      crowd.forEach(Subscription::close);
    }
  }

  /** Says goodbye, or breaks the connection off (a linger of 0). */
  private static void leave(String path, int linger) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
      socket.setSoTimeout(20_000);
      if (linger == 0) {
        socket.setSoLinger(true, 0);
      }
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                  .formatted(path)
                  .getBytes(StandardCharsets.UTF_8));
      assertThat(new String(socket.getInputStream().readNBytes(15), StandardCharsets.UTF_8))
          .isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void theOpenApiDocumentDescribesTheEvents() {
    RestAssured.get("/q/openapi?format=json")
        .then()
        .body("paths.'/api/v1/events'.get.responses.'200'.content", hasKey("text/event-stream"));
  }

  private boolean join(List<Subscription> crowd) {
    Optional<Subscription> one = feed.subscribe(Optional.empty(), event -> true);
    one.ifPresent(crowd::add);
    return one.isPresent();
  }
}
