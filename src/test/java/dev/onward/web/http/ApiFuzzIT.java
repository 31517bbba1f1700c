package dev.onward.web.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onward.testing.LocalAwsResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * Whatever is sent, the API answers soon, in the form that it promises, and tells nobody about its
 * insides. Prints its seed; {@code -Dtest.seed} replays it.
 */
@QuarkusTest
@QuarkusTestResource(LocalAwsResource.class)
@TestProfile(WritesAllowed.class)
class ApiFuzzIT {
  private static final int REQUESTS = 1_000;
  private static final int AT_ONCE = 8;
  private static final long SECONDS = 15;

  private static final Pattern INSIDES =
      Pattern.compile(
          "dev\\.onward|java\\.|jakarta\\.|io\\.(quarkus|vertx|netty|smallrye)|com\\.fasterxml|software\\.amazon|Exception|\\bat"
              + " [a-z]+\\.[a-z]+\\.|\\(\\w+\\.java|/home/|/tmp/|/usr/");

  @Inject SsmClient ssm;
  @Inject Vertx vertx;

  private final ObjectMapper json = new ObjectMapper();

  private record Answer(int status, String type, boolean encoded, String body) {
    boolean isBareRefusal() {
      return status == 400 && body.isEmpty();
    }

    /** An address or headers that are too long are not read to their end. */
    boolean isTooLong() {
      return (status == 414 || status == 431) && body.isEmpty();
    }
  }

  @AfterEach
  void leaveNothingStanding() {
    new StorageProject(ssm).clear();
  }

  @Test
  void whateverIsAskedIsAnsweredAsPromised() throws Exception {
    long seed = Long.getLong("test.seed", System.nanoTime());
    System.out.println("ApiFuzzIT: -Dtest.seed=" + seed);
    areAnsweredAsPromised(
        new MalformedRequests(seed, operations()).make(REQUESTS), "-Dtest.seed=" + seed);
  }

  /** A blank text once reached a converter that makes null of it. */
  @Test
  void everyBlankTextOfEveryOperationIsAnsweredAsPromised() throws Exception {
    List<MalformedRequest> requests = MalformedRequests.blank(operations());
    assertThat(requests).hasSizeGreaterThan(REQUESTS);
    areAnsweredAsPromised(requests, "all of them");
  }

  private void areAnsweredAsPromised(List<MalformedRequest> requests, String which)
      throws Exception {
    // A connection each: the server ends one on which it was sent what is no request, and whatever
    // else was sent into it would never be answered.
    HttpClient client =
        vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(AT_ONCE).setKeepAlive(false));
    try (var people = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Callable<List<String>>> asked =
          requests.stream().<Callable<List<String>>>map(it -> () -> wrong(client, it)).toList();
      List<Future<List<String>>> answers = people.invokeAll(asked);
      List<String> wrong =
          IntStream.range(0, requests.size())
              .boxed()
              .flatMap(i -> answers.get(i).resultNow().stream().map(it -> i + ": " + it))
              .toList();
      assertThat(wrong).as("with %s", which).isEmpty();
    } finally {
      client.close().toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    }
  }

  private static List<MalformedRequests.Operation> operations() {
    Map<String, Map<String, Object>> paths =
        given().get("/q/openapi?format=json").then().statusCode(200).extract().path("paths");
    List<MalformedRequests.Operation> operations = MalformedRequests.of(paths);
    assertThat(operations).hasSizeGreaterThan(30);
    return operations;
  }

  private List<String> wrong(HttpClient client, MalformedRequest request) {
    try {
      Answer answer = ask(client, request);
      if (answer.isTooLong() || (answer.isBareRefusal() && !isUrl(request.path()))) {
        return List.of();
      }
      return wrong(answer).stream().map(it -> it + "\n  of " + request).toList();
    } catch (Exception e) {
      return List.of("no answer: " + e + "\n  to " + request);
    }
  }

  /** What is none is refused by the server before Onward hears of it. */
  private static boolean isUrl(String path) {
    try {
      return path.chars().allMatch(c -> c < 128) && new URI(path).getRawPath() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private Answer ask(HttpClient client, MalformedRequest request) throws Exception {
    return client
        .request(
            HttpMethod.valueOf(request.method()), RestAssured.port, "localhost", request.path())
        .compose(
            asking -> {
              request.headers().forEach(asking::putHeader);
              return asking.send(Buffer.buffer(request.body().orElse("")));
            })
        .compose(
            answer ->
                answer
                    .body()
                    .map(
                        body ->
                            new Answer(
                                answer.statusCode(),
                                String.valueOf(answer.getHeader("Content-Type")),
                                answer.headers().contains("Content-Encoding"),
                                body.toString())))
        .toCompletionStage()
        .toCompletableFuture()
        .get(SECONDS, TimeUnit.SECONDS);
  }

  private List<String> wrong(Answer answer) {
    if (INSIDES.matcher(answer.body()).find()) {
      return List.of("it tells of insides: " + answer);
    }
    // One project's table is none, and says so.
    if (answer.status() >= 500 && !answer.body().contains("table releases-broken")) {
      return List.of("it broke: " + answer);
    }
    if (answer.status() >= 400 && !isProblem(answer)) {
      return List.of("no problem detail: " + answer);
    }
    return List.of();
  }

  private boolean isProblem(Answer answer) {
    if (answer.encoded()) {
      return answer.type().startsWith(ProblemDetail.MEDIA_TYPE);
    }
    try {
      JsonNode problem = json.readTree(answer.body());
      return answer.type().startsWith(ProblemDetail.MEDIA_TYPE)
          && problem.path("status").asInt() == answer.status()
          && !problem.path("detail").asText().isBlank()
          && !problem.path("request_id").asText().isBlank();
    } catch (IOException e) {
      return false;
    }
  }
}
