package dev.onward.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files around the code: versions, workflows, the records of decisions, links. */
class RepositoryTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Pattern LINK =
      Pattern.compile("\\]\\((?!https?:|#)([^)#\\s]+)(#[^)\\s]*)?\\)");

  @Test
  void theVersionIsTheSameEverywhere() throws IOException {
    String version = first("pom.xml", "<version>([^<]+)</version>");
    String released = version.replace("-SNAPSHOT", "");
    assertThat(first("src/main/docker/Dockerfile.jvm", "ARG VERSION=(\\S+)")).isEqualTo(version);
    JsonNode chart = YAML.readTree(Path.of("helm/onward/Chart.yaml").toFile());
    assertThat(chart.path("version").asText()).isEqualTo(released);
    assertThat(chart.path("appVersion").asText()).isEqualTo(released);
    for (String overlay : List.of("production", "single")) {
      assertThat(first("k8s/overlays/" + overlay + "/kustomization.yaml", "newTag: (\\S+)"))
          .as("the image's tag in the overlay %s", overlay)
          .isEqualTo(released);
    }
  }

  @Test
  void theBuildWorkflowRunsWhatTheReadmeSays() throws IOException {
    JsonNode steps = workflow("build").at("/jobs/verify/steps");
    assertThat(steps).anyMatch(step -> step.path("run").asText().equals(".ci/run"));
    assertThat(text(".ci/run").lines().reduce((_, last) -> last)).contains("./mvnw verify");
    assertThat(text("README.md")).contains("\n./mvnw verify\n");
  }

  @Test
  void theReleaseWorkflowTestsBeforeItPublishes() throws IOException {
    List<String> runs =
        workflow("release").at("/jobs/release/steps").findValuesAsText("run").stream().toList();
    assertThat(runs.indexOf(".ci/run"))
        .isNotNegative()
        .isLessThan(
            runs.indexOf(
                runs.stream()
                    .filter(run -> run.contains("docker push"))
                    .findFirst()
                    .orElseThrow()));
  }

  @ParameterizedTest
  @MethodSource
  void everyWorkflowLimitsItsRightsAndItsTime(Path workflow) throws IOException {
    JsonNode file = YAML.readTree(workflow.toFile());
    assertThat(file.at("/permissions/contents").asText()).isEqualTo("read");
    assertThat(file.path("jobs")).allMatch(job -> job.path("timeout-minutes").asInt() > 0);
    assertThat(file.path("jobs"))
        .allSatisfy(
            job ->
                assertThat(job.path("steps"))
                    .allMatch(step -> step.has("run") != step.has("uses")));
  }

  static Stream<Path> everyWorkflowLimitsItsRightsAndItsTime() throws IOException {
    try (var files = Files.list(Path.of(".github/workflows"))) {
      return files.sorted().toList().stream();
    }
  }

  @Test
  void theIndexOfDecisionsListsEveryRecord() throws IOException {
    String index = text("docs/decisions/README.md");
    try (var records = Files.list(Path.of("docs/decisions"))) {
      assertThat(records.map(Path::getFileName).map(Path::toString))
          .filteredOn(name -> !name.equals("README.md"))
          .isNotEmpty()
          .allMatch(name -> index.contains("(" + name + ")"));
    }
  }

  /** Names of two words or more, as `TimeBounds`; those of one word may be anybody's. */
  @Test
  void everyClassThatARecordNamesExists() throws IOException {
    var name = Pattern.compile("`([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)+)\\b");
    Set<String> classes;
    try (var sources = Files.walk(Path.of("src"))) {
      classes =
          sources
              .map(source -> source.getFileName().toString().replace(".java", ""))
              .collect(Collectors.toSet());
    }
    try (var records = Files.list(Path.of("docs/decisions"))) {
      for (Path record : records.toList()) {
        assertThat(name.matcher(text(record.toString())).results().map(it -> it.group(1)))
            .as("classes that %s names", record)
            .allMatch(classes::contains);
      }
    }
  }

  @ParameterizedTest
  @MethodSource
  void everyLinkInADocumentLeadsToAFile(Path document) throws IOException {
    var broken =
        LINK.matcher(text(document.toString()))
            .results()
            .map(link -> link.group(1))
            .filter(link -> !Files.exists(document.toAbsolutePath().resolveSibling(link)))
            .toList();
    assertThat(broken).as("links of %s that lead nowhere", document).isEmpty();
  }

  static Stream<Path> everyLinkInADocumentLeadsToAFile() throws IOException {
    try (var top = Files.list(Path.of(""));
        var docs = Files.walk(Path.of("docs"));
        var examples = Files.walk(Path.of("examples"));
        var chart = Files.walk(Path.of("helm"))) {
      return Stream.of(top, docs, examples, chart)
          .flatMap(files -> files)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static JsonNode workflow(String name) throws IOException {
    return YAML.readTree(Path.of(".github/workflows/" + name + ".yml").toFile());
  }

  private static String first(String file, String pattern) throws IOException {
    var found = Pattern.compile(pattern).matcher(text(file));
    assertThat(found.find()).as("%s in %s", pattern, file).isTrue();
    return found.group(1);
  }

  private static String text(String file) throws IOException {
    return Files.readString(Path.of(file));
  }
}
