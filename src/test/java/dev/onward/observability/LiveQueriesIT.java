package dev.onward.observability;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.DOUBLE;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
          "$namespace", "onward",
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
    var moody = started(new FlakyAws(aws.endpoint(), Scenario.DENIED));
    var operator = started(new Operator(directory, aws));
    Scenario.writeManifests(operator);
    Map<String, String> environment = operator.environment(moody.endpoint());
    environment.put("ONWARD_API_WRITES", "loopback");
    onward = started(OnwardProcess.start(directory, environment));
    prometheus = started(PrometheusProcess.start(directory, onward.management()));
    // Whatever happens from now on is an increase of what was there before.
    awaitData("count(onward_deployments_recorded_total == 0) == 24");
    started(new Scenario(onward, operator)).play();
    awaitData("onward_manifest_valid == 0");
    awaitData("onward_label_state{state=\"refused\"}");
    awaitData("increase(onward_denied_requests_total{reason=\"conflict\"}[2m]) > 0");
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
        var samples = awaitData(filledIn(query.expression()));
        assertThat(standsInForNothing(query, samples)).as(query.toString()).isFalse();
        figures.add("\n" + query);
        samples.forEach(sample -> figures.add(shown(sample)));
      }
      figures.add("");
    }
    Files.write(Path.of("target", "dashboard-figures.txt"), figures);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Environments                                |                                    | 7
          In sync                                     |                                    | 0.2857
          Waiting for operators                       |                                    | 2
          Parameters drifted                          |                                    | 1
          Rejected and still deployed                 |                                    | 1
          Release drift, Releases behind              | project=storage gate=mode          | 2
          Release drift, Releases behind              | project=catalogue gate=approvals   | 1
          Release drift, Releases behind              | project=items gate=freezes         | 1
          Release drift, Releases behind              | project=storage gate=in_sync       | 0
          Delivery by environment, Change failure rate | project=storage environment=prod   | 0.5
          Delivery by environment, Change failure rate | project=storage environment=stage  | 0
          Environments, Services with drift           | project=catalogue environment=stage | 1
          Labels                                      | project=items state=refused        | 1
          Projects                                    |                                    | 4
          Projects failing                            |                                    | 1
          Failing projects                            | project=archive kind=stalled       | 1
          Manifests invalid                           |                                    | 1
          Manifest files                              | file=items.yaml                    | 0
          Replicas                                    |                                    | 1
          Leaders                                     |                                    | 1
          """)
  void aFigureIsWhatTheScenarioMadeIt(String name, @Nullable String labels, double figure) {
    Dashboard.Query query =
        Dashboard.all().stream()
            .flatMap(dashboard -> dashboard.queries().stream())
            .filter(it -> it.toString().equals(name))
            .findFirst()
            .orElseThrow();
    assertThat(awaitData(filledIn(query.expression())))
        .filteredOn(sample -> labelsOf(sample).containsAll(labelled(labels)))
        .singleElement()
        .extracting(sample -> Double.parseDouble(value(sample)), as(DOUBLE))
        .isCloseTo(figure, within(0.001));
  }

  @Test
  void whatOnwardSaysOfAwsStaysBesideWhatTheOperatorSaysOfTheTarget() {
    assertThat(awaitData("group by (service, namespace, pod) (onward_aws_requests_total)"))
        .map(sample -> String.join(" ", labelsOf(sample).stream().sorted().toList()))
        .containsExactlyInAnyOrder(
            "namespace=onward pod=onward-7d9c5b6f4-x2x7k service=DynamoDB",
            "namespace=onward pod=onward-7d9c5b6f4-x2x7k service=SSM");
    assertThat(prometheus.query("{__name__=~\"exported_.+\"} or {exported_service!=\"\"}"))
        .isEmpty();
  }

  @Test
  void everyAlertWouldFireOnWhatTheScenarioLeavesBehindHadItLastedLongEnough() {
    for (Alert alert : Alert.installed()) {
      assertThat(awaitData(overItsThreshold(alert.expression()))).as(alert.name()).isNotEmpty();
    }
  }

  /** {@code > 1800} becomes {@code > -1}, and {@code < 1} becomes {@code < 2}. */
  private static String overItsThreshold(String expression) {
    return expression.replaceAll("> [\\d.* ]+(?=\\n|$)", "> -1").replaceAll("< 1(?=\\n|$)", "< 2");
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
      URI metrics = onward.address("/q/metrics");
      var request = HttpRequest.newBuilder(metrics).header("Accept", "text/plain").build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
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
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> prometheus.query(expression), LiveQueriesIT::isData);
  }

  private static boolean isData(List<JsonNode> samples) {
    return samples.stream().anyMatch(sample -> !value(sample).equals("NaN"));
  }

  /** A query that falls back to 0 always has data: it must have found some, too. */
  private static boolean standsInForNothing(Dashboard.Query query, List<JsonNode> samples) {
    boolean fallsBack =
        query.expression().contains("vector(0)") || query.expression().contains("* 0");
    return fallsBack && samples.stream().allMatch(sample -> value(sample).equals("0"));
  }

  private static String shown(JsonNode sample) {
    return "  %-60s %s".formatted(String.join(" ", labelsOf(sample)), value(sample));
  }

  private static List<String> labelsOf(JsonNode sample) {
    return sample.path("metric").properties().stream()
        .map(label -> label.getKey() + "=" + label.getValue().asText())
        .toList();
  }

  private static List<String> labelled(@Nullable String labels) {
    return labels == null ? List.of() : List.of(labels.split(" ", -1));
  }

  private static String value(JsonNode sample) {
    return sample.path("value").path(1).asText();
  }
}
