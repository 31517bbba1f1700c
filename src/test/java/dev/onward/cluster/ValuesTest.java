package dev.onward.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {
  /** Set by the chart, so that it is where the manifests are mounted. */
  private static final String MANIFESTS = "onward.manifests";

  @Test
  void everySettingOfOnwardsIsAValueWithTheSameDefault() throws IOException {
    SortedMap<String, String> settings = OnwardSettings.defaults();
    assertThat(settings.remove(MANIFESTS)).isNotNull();
    // One for each grant that somebody names, and no default.
    settings.keySet().removeIf(property -> property.startsWith("onward.access.grants"));
    settings.keySet().removeIf(property -> property.endsWith("[*]"));
    // The release's own name, where several share the projects.
    settings.put("onward.lease.name", "");

    var values = new TreeMap<String, String>();
    collect("onward", ValuesFile.read().tree().path("settings"), values);
    values.remove("onward.access.grants");

    assertThat(values).isEqualTo(settings);
  }

  private static void collect(String property, JsonNode node, SortedMap<String, String> values) {
    if (node.isObject() && !node.isEmpty()) {
      node.properties()
          .forEach(
              field ->
                  collect(
                      property
                          + "."
                          + field.getKey().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT),
                      field.getValue(),
                      values));
    } else {
      values.put(
          property,
          node.isContainerNode()
              ? StreamSupport.stream(node.spliterator(), false)
                  .map(JsonNode::asText)
                  .collect(Collectors.joining(","))
              : node.asText());
    }
  }

  @Test
  void theSchemaKnowsEveryValueAndNoOther() throws IOException {
    JsonNode schema =
        new ObjectMapper().readTree(Chart.DIRECTORY.resolve("values.schema.json").toFile());
    var known = new TreeSet<String>();
    names("", schema, known);
    // Helm's own; what somebody else makes the shape of.
    known.remove("global");

    assertThat(unmatched(names(ValuesFile.read().tree()), known)).isEmpty();
    assertThat(unmatched(known, names(ValuesFile.read().tree()))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "### Project, project",
    "### `release`, release",
    "### `environments`, environment",
    "### `promotion`, promotion",
    "#### `freezes`, freeze",
    "#### `windows`, window",
    "#### `verifications`, verification",
    "'`http`:', http",
    "'`prometheus`:', prometheus",
    "#### `approvals`, approvals",
    "#### `budget`, budget"
  })
  void theManifestsSchemaHasEveryKeyOfTheReferenceAndNoOther(String section, String definition)
      throws IOException {
    String reference = Files.readString(Path.of("docs", "manifest.md"));
    String rows = reference.substring(reference.indexOf("\n" + section + "\n"));

    assertThat(keys(definition)).isEqualTo(firstTable(rows));
  }

  /** A policy's own gates are not named in it; the others have a section each. */
  @Test
  void theManifestsSchemaHasEveryGateOfTheReferenceAndNoOther() throws IOException {
    SortedSet<String> gates =
        Pattern.compile("(?m)^#### `(\\w+)`$")
            .matcher(Files.readString(Path.of("docs", "manifest.md")))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(keys("gates")).isEqualTo(gates);
  }

  private static final String OLDER_TOOL = "A key of the older tool, which Onward ignores.";

  private static SortedSet<String> keys(String definition) throws IOException {
    var keys = new TreeSet<String>();
    new ObjectMapper()
            .readTree(Path.of("docs", "manifest.schema.json").toFile())
            .at("/$defs/" + definition + "/properties")
            .properties()
            .stream()
            .filter(key -> !key.getValue().path("description").asText().equals(OLDER_TOOL))
            .forEach(key -> keys.add(key.getKey()));
    return keys;
  }

  /** The keys in its first column; a row may be of several. */
  private static SortedSet<String> firstTable(String text) {
    return text.lines()
        .dropWhile(line -> !line.startsWith("| key |"))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .flatMap(line -> Pattern.compile("`(\\w+)`").matcher(line.split("\\|", -1)[1]).results())
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> unmatched(SortedSet<String> names, SortedSet<String> others) {
    var unmatched = new ArrayList<>(names);
    unmatched.removeAll(others);
    return unmatched;
  }

  /** Of everything that the schema gives names to. */
  private static void names(String name, JsonNode schema, SortedSet<String> names) {
    JsonNode properties = schema.path("properties");
    if (properties.isEmpty()) {
      names.add(name);
    }
    properties
        .properties()
        .forEach(
            field ->
                names(
                    name.isEmpty() ? field.getKey() : name + "." + field.getKey(),
                    field.getValue(),
                    names));
  }

  private static SortedSet<String> names(JsonNode values) {
    var flat = new TreeSet<String>();
    collectNames("", values, flat);
    return flat;
  }

  private static void collectNames(String name, JsonNode node, SortedSet<String> names) {
    // Resources and labels are maps of the cluster's, not of the chart's.
    boolean leaf = !node.isObject() || node.isEmpty() || name.endsWith("labels");
    if (leaf || name.equals("resources.requests") || name.equals("resources.limits")) {
      names.add(name);
      return;
    }
    node.properties()
        .forEach(
            field ->
                collectNames(
                    name.isEmpty() ? field.getKey() : name + "." + field.getKey(),
                    field.getValue(),
                    names));
  }
}
