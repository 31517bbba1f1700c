package dev.onward.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.local.LocalAws;
import dev.onward.local.LocalAwsOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What computes for long, or never ends, stops no cycle: on a machine with one processor. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplayAttackIT {
  /** As many as a replay may have, in one chain. */
  private static final int ENVIRONMENTS = 50;

  /** What computes for seconds: more would only make the test longer. */
  private static final int RELEASES = 200;

  /** One replay runs, two wait. */
  private static final int CLIENTS = 3;

  private static final Duration SHORT = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofMinutes(1);

  private static final String REPLAYED = "every environment";
  private static final String TOOK_TOO_LONG = "the replay took longer than 10 s";

  private static final int PROBES = 50;

  /** Of builders that do much else meanwhile; the chart gives a liveness probe 5 s. */
  private static final Duration LONGEST_PROBE = Duration.ofSeconds(1);

  @TempDir static Path directory;

  private static LocalAws aws;
  private static Operator operator;
  private static OnwardProcess onward;

  @BeforeAll
  static void start() throws Exception {
    aws = LocalAws.start(LocalAwsOptions.defaults().onAnyPort());
    operator = new Operator(directory, aws);
    operator.publish("storage", "bags", "1");
    operator.writeManifest("storage");
    linkToWhatBlocks();
    Map<String, String> environment = operator.environment(aws.endpoint());
    environment.put("JDK_JAVA_OPTIONS", "-XX:ActiveProcessorCount=1");
    onward = OnwardProcess.start(directory, environment);
    eventually().until(() -> cycles() >= 2);
    recordReleases();
  }

  @AfterAll
  static void stop() {
    onward.close();
    operator.close();
    aws.close();
  }

  @Test
  @Order(1)
  void onOneProcessorReplaysOfTheLargestManifestDelayNeitherCyclesNorProbes() throws Exception {
    try (var clients = new ReplayClients()) {
      clients.start(CLIENTS);
      eventually().until(clients::areRefused);
      double before = cycles();
      long slowest = slowestProbe();
      eventually().until(() -> cycles() >= before + 3);
      operator.publish("storage", "bags", "2");
      eventually().until(() -> operator.stage("storage", "bags").equals(image("2")));
      // Still: whatever went on went on beside them.
      eventually().until(clients::areRefused);
      System.out.printf("Replays: a probe took %d ms at most%n", slowest);

      assertThat(Duration.ofMillis(slowest)).isLessThan(LONGEST_PROBE);
      eventually().until(() -> !clients.answers.isEmpty());
      // A replay that takes too long on a busy machine is ended: that is the limit at work.
      assertThat(clients.answers).isSubsetOf(REPLAYED, TOOK_TOO_LONG);
    }
    assertThat(onward.log()).doesNotContain("this is a bug in Onward");
  }

  @Test
  @Order(2)
  void manifestsThatAreLinksToWhatBlocksStopNeitherTheOthersNorTheEnd() throws Exception {
    String daemon = onward.body("/api/v1/daemon");
    assertThat(daemon).contains("pipe.yaml", "kernel.yaml");
    operator.writeManifest("later");
    eventually().until(() -> onward.status("/api/v1/projects/later") == 200);
    double before = cycles();
    eventually().until(() -> cycles() >= before + 2);
    assertThat(onward.status("/q/health/live")).isEqualTo(200);

    assertThat(onward.terminate()).isLessThan(Duration.ofSeconds(10));
  }

  /** A pipe that nobody writes to, and a file that root reads until the kernel says more. */
  private static void linkToWhatBlocks() throws IOException, InterruptedException {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path manifests = directory.resolve("manifests");
    Files.createSymbolicLink(manifests.resolve("pipe.yaml"), pipe);
    Files.createSymbolicLink(manifests.resolve("kernel.yaml"), Path.of("/proc/kmsg"));
  }

  /** As the old tool writes them: one an hour. */
  private static void recordReleases() {
    try (var dynamo =
        DynamoDbClient.builder()
            .endpointOverride(aws.endpoint())
            .region(Region.EU_WEST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("old", "any")))
            .build()) {
      Instant first = Instant.now().minus(RELEASES, ChronoUnit.HOURS);
      for (int i = 0; i < RELEASES; i++) {
        var item = item(i, first.plus(i, ChronoUnit.HOURS));
        dynamo.putItem(put -> put.tableName("onward-releases").item(item));
      }
    }
  }

  private static Map<String, AttributeValue> item(int number, Instant at) {
    return Map.of(
        "release_id", AttributeValue.fromS(new UUID(0, number).toString()),
        "project_id", AttributeValue.fromS("storage"),
        "date_created",
            AttributeValue.fromS(LocalDateTime.ofInstant(at, ZoneOffset.UTC).toString()),
        "images",
            AttributeValue.fromM(
                Map.of("bags", AttributeValue.fromS(Operator.image("bags", "old" + number)))));
  }

  private static String largestManifest() {
    return IntStream.range(0, ENVIRONMENTS)
        .mapToObj(
            i ->
                i == 0
                    ? "    - {id: e0, promotion: {from: latest, mode: auto}}"
                    : "    - {id: e%d, promotion: {from: e%d, mode: auto, gates: {soak: 1h}}}"
                        .formatted(i, i - 1))
        .collect(Collectors.joining("\n", "storage:\n  name: storage\n  environments:\n", "\n"));
  }

  private static long slowestProbe() {
    long slowest = 0;
    for (int i = 0; i < PROBES; i++) {
      for (String probe : new String[] {"live", "ready"}) {
        long start = System.nanoTime();
        assertThat(onward.status("/q/health/" + probe)).isEqualTo(200);
        slowest = Math.max(slowest, Duration.ofNanos(System.nanoTime() - start).toMillis());
      }
    }
    return slowest;
  }

  private static double cycles() {
    return onward.metric("onward_cycle_duration_seconds_count");
  }

  private static Optional<String> image(String tag) {
    return Optional.of(Operator.image("bags", tag));
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
  }

  /** Each sends its next replay as soon as the last was answered, and leaves in the end. */
  private static final class ReplayClients implements AutoCloseable {
    private final HttpClient http = http();
    private final HttpClient another = http();
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final String manifest = largestManifest();

    /** A connection for each request that is under way: whoever gives up closes it. */
    private static HttpClient http() {
      return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    void start(int clients) {
      for (int i = 0; i < clients; i++) {
        Thread.ofVirtual().start(this::replayAgainAndAgain);
      }
    }

    private void replayAgainAndAgain() {
      try {
        while (!http.isTerminated()) {
          HttpResponse<String> answer = replay(http, manifest, LONG);
          if (answer.statusCode() != 429) {
            answers.add(summary(answer.body()));
          }
        }
      } catch (IOException e) {
        answers.add(e.toString());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private static String summary(String body) {
      if (body.contains("\"environment\":\"e%d\"".formatted(ENVIRONMENTS - 1))) {
        return REPLAYED;
      }
      return body.contains(TOOK_TOO_LONG) ? TOOK_TOO_LONG : body;
    }

    /** Whether all places are taken, so that another client is refused and does not wait. */
    boolean areRefused() throws IOException, InterruptedException {
      assertThat(answers).isSubsetOf(REPLAYED, TOOK_TOO_LONG);
      try {
        return replay(another, "storage: {}", SHORT).statusCode() == 429;
      } catch (HttpTimeoutException e) {
        return false;
      }
    }

    private HttpResponse<String> replay(HttpClient client, String body, Duration patience)
        throws IOException, InterruptedException {
      URI address = onward.address("/api/v1/projects/storage/replay");
      var request =
          HttpRequest.newBuilder(address)
              .timeout(patience)
              .header("Content-Type", "application/yaml")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
      http.shutdownNow();
      another.shutdownNow();
    }
  }
}
