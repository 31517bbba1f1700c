package dev.onward.bench;

import static org.awaitility.Awaitility.await;

import dev.onward.packaged.OnwardProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged artifact at work, and what it tells of itself. */
final class Daemon implements AutoCloseable {
  private static final Pattern REQUESTS =
      Pattern.compile("onward_aws_requests_total\\{.*operation=\"(\\w+)\".*} (\\S+)");

  /** Long: an estate of ten thousand projects has more to tell than one does in seconds. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** No more often than a Prometheus would: a scrape of a large estate is work of its own. */
  private static final Duration BETWEEN_SCRAPES = Duration.ofSeconds(15);

  private final HttpClient http = HttpClient.newHttpClient();
  private final OnwardProcess process;
  private final Endpoint endpoint;

  private Daemon(OnwardProcess process, Endpoint endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /** Without limits to its own pace, unless the settings say otherwise. */
  static Daemon start(Endpoint endpoint, Path manifests, Map<String, String> settings) {
    return new Daemon(
        OnwardProcess.start(manifests.getParent(), environment(endpoint, manifests, settings)),
        endpoint);
  }

  /** Waits until a probe is answered as it should be, and says how long after the start it was. */
  Duration awaitHealth(String probe) {
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> process.status("/q/health/" + probe) == 200);
    return Duration.between(process.startedAt(), Instant.now());
  }

  private static Map<String, String> environment(
      Endpoint endpoint, Path manifests, Map<String, String> settings) {
    var environment = new HashMap<>(endpoint.settings());
    environment.put("ONWARD_MANIFESTS", manifests.toString());
    environment.put("ONWARD_CREATE_TABLES", "true");
    environment.put("ONWARD_SSM_READS_PER_SECOND", "1000000");
    environment.put("ONWARD_SSM_WRITES_PER_SECOND", "1000000");
    // For a profiler, say: the artifact's own, not this process's.
    Optional.ofNullable(System.getenv("ARTIFACT_JAVA_OPTIONS"))
        .ifPresent(options -> environment.put("JDK_JAVA_OPTIONS", options));
    environment.putAll(settings);
    return environment;
  }

  OnwardProcess process() {
    return process;
  }

  /**
   * Waits until so many cycles have ended.
   *
   * @param projects how many there are, which says how much it costs to look
   */
  void awaitCycles(double cycles, int projects) {
    awaitHealth("started");
    Duration between = Duration.ofMillis(Math.max(500, 15L * projects));
    await()
        .atMost(Duration.ofMinutes(30))
        .pollDelay(Duration.ZERO)
        .pollInterval(between.compareTo(BETWEEN_SCRAPES) < 0 ? between : BETWEEN_SCRAPES)
        .until(() -> process.isAlive() && counters().cycles() >= cycles);
  }

  Counters counters() {
    var requests = new HashMap<String, Double>();
    var cycles = new double[2];
    Duration at = Duration.ofNanos(System.nanoTime());
    Duration cpu = process.cpu();
    scrape()
        .lines()
        .forEach(
            line -> {
              Matcher request = REQUESTS.matcher(line);
              if (request.matches()) {
                requests.merge(request.group(1), number(line), Double::sum);
              } else if (line.startsWith("onward_cycle_duration_seconds_count")) {
                cycles[0] = number(line);
              } else if (line.startsWith("onward_cycle_duration_seconds_sum")) {
                cycles[1] = number(line);
              }
            });
    return new Counters(
        requests,
        cycles[0],
        Duration.ofNanos((long) (cycles[1] * 1e9)),
        cpu,
        endpoint.consumption().orElse(Consumption.UNTOLD),
        at);
  }

  private static double number(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }

  private String scrape() {
    HttpResponse<String> scraped = get("/q/metrics");
    if (scraped.statusCode() != 200) {
      throw new IllegalStateException("Onward tells no metrics; its log:\n" + process.log());
    }
    return scraped.body();
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(process.address(path)));
  }

  /** As somebody who may act. */
  HttpResponse<String> post(String path, String json) {
    return send(
        HttpRequest.newBuilder(process.address().resolve(path))
            .header("Content-Type", "application/json")
            .header("Onward-Caller", "benchmark")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private HttpResponse<String> send(HttpRequest.Builder asked) {
    HttpRequest request = asked.timeout(PATIENCE).build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException("Onward does not answer; its log:\n" + process.log(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.close();
    http.close();
  }
}
