package dev.onward.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.policy.gate.GateType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GeneratedFilesTest {
  private static final Path FILES = Chart.DIRECTORY.resolve("files");
  private static final Path ALERTS = FILES.resolve("alerts.yaml");
  private static final Path MONITORING = Path.of("k8s", "components", "monitoring");

  @Test
  void theChartsTableIsMadeOfTheCommentsOnItsValues() throws IOException {
    Path readme = Chart.DIRECTORY.resolve("README.md");
    String before = Files.readString(readme);
    Pattern table = Pattern.compile("(?s)\\| value \\| default \\|.*?\n(?=\n|\\z)");
    assertThat(before).containsPattern(table);

    new Generated(readme)
        .is(
            table
                .matcher(before)
                .replaceFirst(Matcher.quoteReplacement(ValuesFile.read().table())));
  }

  /**
   * Embedded, for helm reads no other file. By then YAML has been read, so that a number is no
   * longer what was written, and a key of other tools has its place in {@code manifests.files}.
   */
  @Test
  void theChartsProjectsHaveTheManifestsSchemaButTakeNoNumbersForTextAndNoUnknownKeys()
      throws IOException {
    String manifest =
        Files.readString(Path.of("docs", "manifest.schema.json"))
            .replaceFirst("(?m)^  \"\\$schema\": \".*\n", "")
            .replace("\"#/$defs/", "\"#/definitions/manifest/$defs/")
            .replace("\"additionalProperties\": true", "\"additionalProperties\": false")
            .replace("\"type\": [\"string\", \"number\"]", "\"type\": \"string\"")
            .stripTrailing();
    Path values = Chart.DIRECTORY.resolve("values.schema.json");
    Pattern embedded = Pattern.compile("(?ms)^    \"manifest\": \\{$.*?^    }");
    assertThat(Files.readString(values)).containsPattern(embedded);

    new Generated(values)
        .is(
            embedded
                .matcher(Files.readString(values))
                .replaceFirst(
                    Matcher.quoteReplacement(
                        "    \"manifest\": " + manifest.replace("\n", "\n    "))));
  }

  @Test
  void everyValueIsDocumented() throws IOException {
    ValuesFile values = ValuesFile.read();

    assertThat(values.documented()).hasSizeGreaterThan(50);
    assertThat(values.undocumented()).isEmpty();
  }

  /** A hold that time or a person ends is no fault, however long it lasts. */
  @Test
  void theAlertForABlockedPromotionExcludesEveryGateThatTimeOrAPersonUnblocks() throws IOException {
    new Generated(ALERTS).is(alerts());
  }

  private static String alerts() throws IOException {
    String alerts = Files.readString(ALERTS);
    Pattern excluded = Pattern.compile("(?<=\\bgate!~\")[a-z_|]+");
    assertThat(excluded.matcher(alerts).results()).hasSize(1);
    return excluded
        .matcher(alerts)
        .replaceFirst(
            Stream.of(GateType.values())
                .filter(type -> type.unblocker() != GateType.Unblocker.SYSTEM)
                .map(GateType::key)
                .collect(Collectors.joining("|")));
  }

  /** Each looks at what is installed there only, as the chart's do. */
  @Test
  void theRulesForKustomizeAreTheChartsAlerts() throws IOException {
    String alerts =
        alerts()
            .replaceAll("onward_\\w+", "$0{SELECTOR}")
            .replace("SELECTOR}{", "SELECTOR, ")
            .replace("SELECTOR", "namespace=\"onward\", job=\"onward\"");

    new Generated(MONITORING.resolve("prometheusrule.yaml"))
        .is(
            """
            # Made of helm/onward/files/alerts.yaml by GeneratedFilesTest.
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata:
              name: onward
              namespace: onward
              labels:
                app.kubernetes.io/name: onward
                app.kubernetes.io/instance: onward
                app.kubernetes.io/component: server
            spec:
            """
                + alerts.lines().map(GeneratedFilesTest::indented).collect(Collectors.joining()));
  }

  private static String indented(String line) {
    return line.isEmpty() ? "\n" : "  " + line + "\n";
  }

  @Test
  void kustomizeHasEveryDashboardOfTheChart() throws IOException {
    try (var files = Files.list(FILES.resolve("dashboards"))) {
      String dashboards =
          files
              .map(file -> "      - dashboards/" + file.getFileName() + "\n")
              .filter(line -> line.endsWith(".json\n"))
              .sorted()
              .collect(Collectors.joining());
      Path kustomization = FILES.resolve("kustomization.yaml");
      new Generated(kustomization)
          .is(
              Files.readString(kustomization)
                  .replaceFirst(
                      "(?m)(^      - dashboards/.*\n)+", Matcher.quoteReplacement(dashboards)));
    }
  }
}
