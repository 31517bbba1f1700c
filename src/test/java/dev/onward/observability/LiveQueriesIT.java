package dev.onward.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.local.LocalAws;
import dev.onward.local.LocalAwsOptions;
import dev.onward.packaged.OnwardProcess;
import dev.onward.packaged.Operator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every dashboard's and alert's query, asked of a real Prometheus that has seen a real Onward. */
class LiveQueriesIT {
  private static final Deque<AutoCloseable> STARTED = new ArrayDeque<>();

  /** As Grafana would fill them in, with times that the scenario fits in. */
  private static final Map<String, String> VARIABLES =
      Map.of(
          "$__rate_interval", "15s",
          "$__range_s", "120",
          "$__range", "2m",
          "$__interval", "1m",
          "$job", "onward",
          "$project", ".*",
          "$environment", ".*");

  @TempDir private static Path directory;

  private static OnwardProcess onward;
  private static PrometheusProcess prometheus;

  @BeforeAll
  static void prometheusSeesABusyMorning() throws IOException {
    Promtool.assumeInstalled("prometheus");
    Promtool.assumeInstalled("promtool");
    LocalAws aws = started(LocalAws.start(LocalAwsOptions.defaults().onAnyPort()));
    var moody = started(new MoodyAws(aws.endpoint(), Scenario.DENIED));
    var operator = started(new Operator(directory, aws));
    Scenario.writeManifests(operator);
    Map<String, String> environment = operator.environment(moody.endpoint());
    environment.put("ONWARD_API_ACTING", "loopback");
    onward = started(OnwardProcess.start(directory, environment));
    prometheus = started(PrometheusProcess.start(directory, onward.address()));
    awaitData("count(onward_deployments_recorded_total == 0) == 18");
    started(new Scenario(onward, operator)).play();
  }

  private static <T extends AutoCloseable> T started(T it) {
    STARTED.push(it);
    return it;
  }

  @AfterAll
  static void stop() throws Exception {
    while (!STARTED.isEmpty()) {
      STARTED.pop().close();
    }
  }

  @Test
  void everyPanelOfEveryDashboardHasData() throws IOException {
    var figures = new ArrayList<String>();
    for (Dashboard dashboard : Dashboard.all()) {
      figures.add("# " + dashboard.title());
      for (Dashboard.Query query :
          Stream.concat(dashboard.variableQueries().stream(), dashboard.queries().stream())
              .toList()) {
        if (isServed(query.expression())) {
          figures.add("\n" + query);
          awaitData(filledIn(query.expression())).forEach(sample -> figures.add(shown(sample)));
        }
      }
      figures.add("");
    }
    Files.write(Path.of("target", "dashboard-figures.txt"), figures);
  }

  @Test
  void everyAlertWouldFireOnWhatTheScenarioLeavesBehindHadItLastedLongEnough() {
    for (Alert alert : Alert.all()) {
      if (isServed(alert.expression())) {
        assertThat(awaitData(alert.expression().replaceAll("> [\\d.* ]+(?=\\n|$)", "> -1")))
            .as(alert.name())
            .isNotEmpty();
      }
    }
  }

  @Test
  void prometheusEvaluatesEveryAlert() {
    await()
        .until(
            () -> prometheus.rules(),
            rules ->
                rules.size() == Alert.all().size()
                    && rules.stream().allMatch(rule -> rule.health().equals("ok")));
    assertThat(prometheus.log()).doesNotContain("level=error");
  }

  @Test
  void namesAndTypesOfOnwardsOwnMetricsAreAsPrometheusWantsThem()
      throws IOException, InterruptedException {
    String scraped = scrape();
    var outcome = Promtool.runWith(scraped, "check", "metrics");
    assertThat(scraped).contains("onward_build_info");
    assertThat(outcome.status()).as(outcome.output()).isIn(0, 3);
    assertThat(outcome.output().lines().filter(line -> line.startsWith("onward_"))).isEmpty();
  }

  @Test
  void whatTheFrameworkMeasuresIsCalledAsTheDocumentSays()
      throws IOException, InterruptedException {
    String scraped = scrape();
    List<String> documented =
        Files.readAllLines(Path.of("docs", "metrics.md")).stream()
            .map(Pattern.compile("\\| `((?:http|jvm|process)_\\w+)` \\| (\\w+) .*")::matcher)
            .filter(Matcher::matches)
            .map(row -> "# TYPE %s %s\n".formatted(row.group(1), row.group(2)))
            .toList();
    assertThat(documented).isNotEmpty().allSatisfy(type -> assertThat(scraped).contains(type));
  }

  /** In the text format, which is all that promtool reads. */
  private static String scrape() throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      URI metrics = onward.address().resolve("/q/metrics");
      var request = HttpRequest.newBuilder(metrics).header("Accept", "text/plain").build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  private static boolean isServed(String expression) {
    return !expression.contains(Alert.LEADING) || onward.body("/q/metrics").contains(Alert.LEADING);
  }

  private static String filledIn(String expression) {
    // Longer names first: some begin like others.
    List<String> names =
        VARIABLES.keySet().stream()
            .sorted((a, b) -> Integer.compare(b.length(), a.length()))
            .toList();
    String filled = expression;
    for (String name : names) {
      filled = filled.replace(name, VARIABLES.get(name));
    }
    return filled;
  }

  private static List<JsonNode> awaitData(String expression) {
    return await("data of " + expression)
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> prometheus.query(expression), LiveQueriesIT::isData);
  }

  private static boolean isData(List<JsonNode> samples) {
    return samples.stream().anyMatch(sample -> !value(sample).equals("NaN"));
  }

  private static String shown(JsonNode sample) {
    var labels = new ArrayList<String>();
    sample
        .path("metric")
        .properties()
        .forEach(it -> labels.add(it.getKey() + "=" + it.getValue().asText()));
    return "  %-60s %s".formatted(String.join(" ", labels), value(sample));
  }

  private static String value(JsonNode sample) {
    return sample.path("value").path(1).asText();
  }
}
