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

  static List<Alert> all() {
    try {
      return new YAMLMapper()
          .readTree(FILE.toFile())
          .path("groups")
          .valueStream()
          .flatMap(group -> group.path("rules").valueStream())
          .map(Alert::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
