package dev.onward.observability;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.onward.packaged.OnwardProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real Prometheus that looks at one Onward every second, with the alerts loaded; it scrapes as
 * the Prometheus operator makes it scrape by the ServiceMonitor.
 */
final class PrometheusProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path MONITORING = Path.of("k8s", "components", "monitoring");
  private static final YAMLMapper YAML = new YAMLMapper();

  /** What the operator says of every target. Onward has a label of its own that is called so. */
  private static final Map<String, String> TARGET =
      Map.of(
          "namespace", "onward",
          "service", "onward",
          "pod", "onward-7d9c5b6f4-x2x7k",
          "container", "onward",
          "endpoint", "http");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final Path log;
  private final URI address;

  private PrometheusProcess(Process process, Path log, URI address) {
    this.process = process;
    this.log = log;
    this.address = address;
  }

  /** A rule as Prometheus has it: {@code ok}, or what is wrong with it. */
  record Rule(String name, String health, String lastError) {}

  static PrometheusProcess start(Path directory, URI onward) throws IOException {
    Path rules = directory.resolve("rules.yaml");
    YAML.writeValue(rules.toFile(), spec("prometheusrule.yaml"));
    Path configuration = directory.resolve("prometheus.yaml");
    Files.writeString(
        configuration,
        """
        global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
        rule_files: ["%s"]
        scrape_configs:
          - job_name: onward
            metrics_path: %s
            honor_labels: %s
            static_configs: [{targets: ["%s"], labels: %s}]
        """
            .formatted(
                rules,
                endpoint().path("path").asText(),
                endpoint().path("honorLabels").asBoolean(false),
                onward.getAuthority(),
                JSON.writeValueAsString(TARGET)));
    String listen = "127.0.0.1:" + OnwardProcess.freePort();
    Path log = directory.resolve("prometheus.log");
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + directory.resolve("prometheus-data"),
                "--storage.tsdb.retention.size=64MB",
                "--web.listen-address=" + listen,
                "--log.level=warn")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new PrometheusProcess(process, log, URI.create("http://" + listen));
  }

  private static JsonNode endpoint() throws IOException {
    return spec("servicemonitor.yaml").path("endpoints").path(0);
  }

  private static JsonNode spec(String file) throws IOException {
    return YAML.readTree(MONITORING.resolve(file).toFile()).path("spec");
  }

  /**
   * The samples of an instant query, each with its labels under {@code metric} and its {@code
   * value}; none as long as nobody listens.
   *
   * @throws AssertionError if Prometheus does not take the query
   */
  List<JsonNode> query(String expression) {
    JsonNode answer = get("/api/v1/query?query=" + URLEncoder.encode(expression, UTF_8));
    if (answer.path("status").asText().equals("error")) {
      throw new AssertionError(answer.path("error").asText() + " in\n" + expression);
    }
    return answer.path("data").path("result").valueStream().toList();
  }

  List<Rule> rules() {
    return get("/api/v1/rules")
        .path("data")
        .path("groups")
        .valueStream()
        .flatMap(group -> group.path("rules").valueStream())
        .map(
            rule ->
                new Rule(
                    rule.path("name").asText(),
                    rule.path("health").asText(),
                    rule.path("lastError").asText()))
        .toList();
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode get(String path) {
    var request =
        HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(10)).build();
    try {
      return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      return JSON.createObjectNode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).exceptionally(e -> killed()).join();
    http.close();
  }

  private Process killed() {
    return process.destroyForcibly();
  }
}
