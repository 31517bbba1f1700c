package dev.onward.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One dashboard that the chart brings along. */
record Dashboard(String file, JsonNode json) {
  private static final Path DIRECTORY = Path.of("helm", "onward", "files", "dashboards");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LABEL_VALUES =
      Pattern.compile("label_values\\((?<series>.+), (?<label>\\w+)\\)");

  /** A panel's query, named for people. */
  record Query(String panel, String name, String expression) {
    @Override
    public String toString() {
      return name.isEmpty() ? panel : "%s, %s".formatted(panel, name);
    }
  }

  static List<Dashboard> all() {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.sorted().map(Dashboard::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Dashboard read(Path file) {
    try {
      return new Dashboard(file.getFileName().toString(), JSON.readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String title() {
    return json.path("title").asText();
  }

  /** Rows included. */
  List<JsonNode> panels() {
    return json.path("panels").valueStream().toList();
  }

  /** Without rows, which show nothing themselves. */
  List<JsonNode> figures() {
    return panels().stream().filter(panel -> !panel.path("type").asText().equals("row")).toList();
  }

  List<JsonNode> variables() {
    return json.path("templating").path("list").valueStream().toList();
  }

  List<Query> queries() {
    return figures().stream().flatMap(Dashboard::queries).toList();
  }

  private static Stream<Query> queries(JsonNode panel) {
    return panel
        .path("targets")
        .valueStream()
        .map(target -> new Query(panel.path("title").asText(), name(panel, target), expr(target)));
  }

  private static String name(JsonNode panel, JsonNode target) {
    if (panel.path("targets").size() == 1) {
      return "";
    }
    String reference = target.path("refId").asText();
    return renamed(panel, "Value #" + reference).orElse(target.path("legendFormat").asText());
  }

  /** As a table's column is called. */
  private static Optional<String> renamed(JsonNode panel, String field) {
    return panel
        .path("transformations")
        .valueStream()
        .map(it -> it.path("options").path("renameByName").path(field))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .findFirst();
  }

  private static String expr(JsonNode target) {
    return target.path("expr").asText();
  }

  /** What the variables ask for, as queries that return the values they would offer. */
  List<Query> variableQueries() {
    return variables().stream()
        .filter(variable -> variable.path("type").asText().equals("query"))
        .map(
            variable ->
                new Query(
                    "variable " + variable.path("name").asText(),
                    "",
                    LABEL_VALUES
                        .matcher(variable.path("query").path("query").asText())
                        .replaceFirst("group by (${label}) (${series})")))
        .toList();
  }
}
