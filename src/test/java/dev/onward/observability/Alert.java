package dev.onward.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** One alert that the chart brings along. */
record Alert(String name, String expression, String severity, String summary, String runbook) {
  static final Path FILE = Path.of("helm", "onward", "files", "alerts.yaml");
  private static final Path INSTALLED =
      Path.of("k8s", "components", "monitoring", "prometheusrule.yaml");

  /** About whatever is scraped. */
  static List<Alert> all() {
    return in(read(FILE));
  }

  /** About the installation that Kustomize makes. */
  static List<Alert> installed() {
    return in(read(INSTALLED).path("spec"));
  }

  private static JsonNode read(Path file) {
    try {
      return new YAMLMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Alert> in(JsonNode rules) {
    return rules
        .path("groups")
        .valueStream()
        .flatMap(group -> group.path("rules").valueStream())
        .map(Alert::of)
        .toList();
  }

  private static Alert of(JsonNode rule) {
    return new Alert(
        rule.path("alert").asText(),
        rule.path("expr").asText(),
        rule.path("labels").path("severity").asText(),
        rule.path("annotations").path("summary").asText(),
        rule.path("annotations").path("runbook_url").asText());
  }
}
