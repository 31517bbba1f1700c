package dev.onward.manifest.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onward.manifest.GateTexts;
import dev.onward.manifest.document.ManifestProblem;
import dev.onward.policy.Gate;
import dev.onward.policy.gate.GateType;
import dev.onward.policy.gate.GateType.Settings.Flag;
import dev.onward.policy.gate.GateType.Settings.PositiveDuration;
import dev.onward.policy.gate.GateType.Settings.Structured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schema has the keys that the reader has: what each says of itself is compared. */
public class ManifestSchemaTest {
  static final Path FILE = Path.of("docs", "manifest.schema.json");

  /** The schema's definitions by the sections of {@link ManifestGrammarTest}. */
  private static final Map<String, String> DEFINITIONS =
      Map.of(
          "environments", "environment",
          "windows", "window",
          "freezes", "freeze",
          "verifications", "verification",
          "json", "jsonValue");

  private final JsonNode schema = schema();

  public static JsonNode schema() {
    try {
      return new ObjectMapper().readTree(FILE.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everySectionHasTheKeysThatTheReaderKnowsAndNoOther() {
    ManifestGrammarTest.SECTIONS.forEach(
        (section, around) -> {
          var known = new TreeSet<>(ManifestGrammarTest.keysOf(section, around));
          if (section.equals("project")) {
            known.addAll(ProjectReader.OF_THE_OLDER_TOOL);
          }
          assertThat(keys(definition(section))).as(section).isEqualTo(known);
        });
  }

  @Test
  void anUnknownKeyIsRefusedExactlyWhereTheReaderRefusesIt() {
    ManifestGrammarTest.SECTIONS.forEach(
        (section, around) -> {
          String text = "p: " + around.formatted(ManifestGrammarTest.UNKNOWN + ": 1") + "\n";
          boolean rejected =
              ManifestTexts.read("a.yaml", text).problems().stream()
                  .filter(problem -> problem.path().endsWith(ManifestGrammarTest.UNKNOWN))
                  .anyMatch(ManifestProblem::isError);
          assertThat(definition(section).path("additionalProperties").asBoolean(true))
              .as(section)
              .isEqualTo(!rejected);
        });
  }

  @Test
  void namesThatEveryPolicyHasAreNoGates() {
    assertThat(texts(schema.at("/$defs/gates/propertyNames/not/enum")))
        .containsExactlyElementsOf(GateReader.RESERVED);
  }

  @ParameterizedTest
  @MethodSource("dev.onward.policy.gate.GateType#configurable")
  void everyExampleOfAGateIsReadAsThatGate(GateType type) {
    JsonNode examples = schema.at("/$defs/gates/properties/" + type.key() + "/examples");

    assertThat(examples).isNotEmpty();
    assertThat(examples)
        .allSatisfy(
            example ->
                assertThat(GateTexts.gates("%s: %s".formatted(type.key(), example)))
                    .singleElement()
                    .extracting(Gate::name)
                    .isEqualTo(type.key()));
  }

  @ParameterizedTest
  @MethodSource("dev.onward.policy.gate.GateType#configurable")
  void aGateHasTheFormOfItsSettings(GateType type) {
    JsonNode gate = schema.at("/$defs/gates/properties/" + type.key());

    switch (type.settings().orElseThrow()) {
      case Flag _ -> assertThat(gate.path("type").asText()).isEqualTo("boolean");
      case PositiveDuration _ ->
          assertThat(gate.path("$ref").asText()).isEqualTo("#/$defs/positiveDuration");
      // Keys and items are compared by the other tests.
      case Structured _ -> {}
    }
  }

  @Test
  void everyKeyAndEveryMapHasADescription() {
    var without = new ArrayList<String>();
    keysWithoutDescription("", schema, without);
    assertThat(without).isEmpty();
  }

  private static void keysWithoutDescription(String path, JsonNode node, List<String> without) {
    node.path("properties")
        .properties()
        .forEach(
            key -> {
              if (key.getValue().path("description").asText().isBlank()) {
                without.add(path + "/" + key.getKey());
              }
            });
    node.properties()
        .forEach(
            child ->
                keysWithoutDescription(path + "/" + child.getKey(), child.getValue(), without));
  }

  @Test
  void everyTimeZoneOfTheReadersIsOne() {
    Pattern timezone = Pattern.compile(schema.at("/$defs/timezone/pattern").asText());

    assertThat(ZoneId.getAvailableZoneIds())
        .filteredOn(ManifestSchemaTest::isRead)
        .hasSizeGreaterThan(300)
        .allMatch(name -> timezone.matcher(name).matches());
  }

  private static boolean isRead(String zone) {
    return ManifestTexts.messages(
            "a.yaml",
            GateTexts.fromEnvironment(
                "windows: [{from: '09:00', to: '16:00', timezone: %s}]".formatted(zone)))
        .isEmpty();
  }

  /** A definition that nothing refers to describes nothing. */
  @Test
  void everyDefinitionIsUsed() {
    String text = schema.toString();
    schema
        .path("$defs")
        .fieldNames()
        .forEachRemaining(name -> assertThat(text).contains("\"#/$defs/" + name + "\""));
  }

  private JsonNode definition(String section) {
    JsonNode definition = schema.path("$defs").path(DEFINITIONS.getOrDefault(section, section));
    assertThat(definition.path("type").asText()).as(section).isEqualTo("object");
    return definition;
  }

  private static SortedSet<String> keys(JsonNode definition) {
    var keys = new TreeSet<String>();
    definition.path("properties").fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }
}
