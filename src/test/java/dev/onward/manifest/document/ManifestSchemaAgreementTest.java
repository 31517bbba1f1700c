package dev.onward.manifest.document;

import static dev.onward.manifest.reader.ManifestTexts.resource;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.onward.manifest.GateTexts;
import dev.onward.manifest.reader.ManifestGrammarTest;
import dev.onward.manifest.reader.ManifestSchemaTest;
import dev.onward.manifest.reader.ManifestTexts;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Reader and published schema judge manifests alike. The schema refuses nothing that the reader
 * accepts; what only the reader can refuse is listed, with the reason.
 */
class ManifestSchemaAgreementTest {
  private static final int ROUNDS = Integer.getInteger("onward.fuzz.rounds", 500);

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(?:yaml|json)\n(.*?)^```$");

  /** What the reader says where it is stricter, and why a schema cannot be. */
  private static final Map<String, String> STRICTER =
      Map.ofEntries(
          Map.entry("' a second time; ", "compares with other items of a list"),
          Map.entry("which is the label that releases are cut from", "compares two keys"),
          Map.entry("a circle: ", "follows references"),
          Map.entry(" as source; allowed: an environment", "depends on what from refers to"),
          Map.entry("allowed: at least the quiet_period", "compares two keys"),
          Map.entry("allowed: a time after from", "compares two keys"),
          Map.entry("allowed: two different times", "compares two keys"),
          Map.entry("allowed: at most every", "compares two keys"),
          Map.entry("allowed: a duration from ", "calculates"),
          Map.entry("allowed: a time zone's name", "needs the time zone database"),
          Map.entry("found the number ", "a number's text is lost to a schema"),
          Map.entry("which is read as a boolean; ", "YAML's other spellings are lost to a schema"));

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final Schema schema = REGISTRY.getSchema(ManifestSchemaTest.schema());

  /** The reasons that a test has met. */
  private final TreeSet<String> met = new TreeSet<>();

  @Test
  void everyExampleIsValidToBoth() throws IOException {
    Map<String, String> examples = examples();
    assertThat(examples).hasSizeGreaterThan(15);
    examples.forEach(
        (place, text) -> {
          assertThat(errors(text)).as(place).isEmpty();
          assertThat(refusals(text)).as(place).isEmpty();
        });
  }

  private static Map<String, String> examples() throws IOException {
    var examples = new LinkedHashMap<String, String>();
    for (String name : List.of("storage.yaml", "older-tool.wellcome_project")) {
      examples.put(name, resource(name));
    }
    for (Path directory : List.of(Path.of("k8s/base/manifests"), Path.of("src/local/demo"))) {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file :
            files.filter(name -> name.toString().matches(".*\\.(?:yaml|json)")).toList()) {
          examples.put(file.toString(), Files.readString(file));
        }
      }
    }
    for (Path page : List.of(Path.of("README.md"), Path.of("docs/manifest.md"))) {
      List<String> blocks =
          BLOCK.matcher(Files.readString(page)).results().map(block -> block.group(1)).toList();
      for (String block : blocks) {
        String example = page + ": " + block;
        if (block.startsWith("gates:")) {
          String gates = block.substring(block.indexOf('\n') + 1);
          examples.put(example, GateTexts.fromEnvironment(gates.stripIndent()));
        } else if (block.contains("environments")) {
          examples.put(example, block);
        }
      }
    }
    return examples;
  }

  @Test
  void everyExampleInTheSchemaIsValid() {
    JsonNode root = ManifestSchemaTest.schema();
    var examples = new ArrayList<String>();
    for (JsonNode described : root.findParents("examples")) {
      ObjectNode alone = described.deepCopy();
      alone.set("$defs", root.path("$defs"));
      Schema part = REGISTRY.getSchema(alone);
      for (JsonNode example : described.path("examples")) {
        examples.add(example.toString());
        assertThat(part.validate(example)).as("%s", example).isEmpty();
      }
    }
    assertThat(examples).hasSizeGreaterThan(40);
  }

  @Test
  void aManifestThatLacksAnyKeyIsJudgedAlike() {
    judgeMutants(ManifestSchemaAgreementTest::without);
  }

  @Test
  void aManifestWithAnyKeyMisspeltIsJudgedAlike() {
    judgeMutants(
        (map, key) -> {
          ObjectNode changed = without(map, key).getFirst();
          changed.set(key + "x", map.get(key));
          return List.of(changed);
        });
  }

  @Test
  void aManifestWithAnyValueOfAnotherTypeOrEmptyIsJudgedAlike() {
    JsonNodeFactory make = JsonNodeFactory.instance;
    List<JsonNode> others =
        List.of(
            NullNode.instance,
            BooleanNode.TRUE,
            BooleanNode.FALSE,
            DecimalNode.valueOf(BigDecimal.ZERO),
            DecimalNode.valueOf(new BigDecimal("-1")),
            DecimalNode.valueOf(new BigDecimal("1.5")),
            DecimalNode.valueOf(new BigDecimal("250")),
            TextNode.valueOf(""),
            TextNode.valueOf(" "),
            TextNode.valueOf("2"),
            TextNode.valueOf("no such thing!"),
            TextNode.valueOf("a\nb"),
            TextNode.valueOf("x".repeat(201)),
            make.arrayNode(),
            make.arrayNode().add("a"),
            make.arrayNode().addNull(),
            make.objectNode(),
            make.objectNode().put("a", "b"));
    judgeMutants(
        (map, key) ->
            others.stream().map(other -> (ObjectNode) map.deepCopy().set(key, other)).toList());
  }

  @Test
  void everyManifestOfTheReadersOwnGrammarIsJudgedAlike() {
    long seed = Long.getLong("onward.fuzz.seed", System.nanoTime());
    System.out.println("ManifestSchemaAgreementTest: -Donward.fuzz.seed=" + seed);
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var keys = new TreeMap<String, List<String>>();
    ManifestGrammarTest.SECTIONS.forEach(
        (name, around) -> keys.put(name, ManifestGrammarTest.keysOf(name, around)));
    for (int round = 0; round < ROUNDS; round++) {
      String text = "p: " + ManifestGrammarTest.section("project", keys, random) + "\n";
      assertThat(errors(text).isEmpty() && !refusals(text).isEmpty())
          .as(
              "-Donward.fuzz.seed=%d: accepted by the reader only: %s %s",
              seed, text, refusals(text))
          .isFalse();
    }
  }

  @Test
  void theReaderIsStricterForEveryReasonListedAndForNoOther() {
    Stream.of(
            GateTexts.fromEnvironment(
                "verifications: [%1$s, %1$s]".formatted("{name: a, http: {url: 'http://a'}}")),
            "p: {environments: [{id: latest}]}",
            "p: {environments: [{id: a, promotion: {from: b}}, {id: b, promotion: {from: a}}]}",
            GateTexts.fromLabel("soak: 1h"),
            "p: {release: {quiet_period: 1m, max_wait: 1s}}",
            GateTexts.fromEnvironment(
                "freezes: [{from: '2026-12-18T17:00', to: '2026-12-18T17:00', reason: a}]"),
            GateTexts.fromEnvironment("windows: [{from: '09:00', to: '09:00'}]"),
            GateTexts.fromEnvironment(
                "verifications: [{name: a, http: {url: 'http://a'}, every: 5s, timeout: 6s}]"),
            GateTexts.fromEnvironment("soak: 367d"),
            GateTexts.fromEnvironment(
                "windows: [{from: '09:00', to: '10:00', timezone: Europe/Lodon}]"),
            "p: {environments: [{id: +1}]}",
            GateTexts.fromEnvironment("drift_free: no"))
        .forEach(this::judge);

    assertThat(met).isEqualTo(new TreeSet<>(STRICTER.keySet()));
  }

  private interface Mutation {
    List<ObjectNode> of(ObjectNode map, String key);
  }

  private static List<ObjectNode> without(ObjectNode map, String key) {
    ObjectNode less = map.deepCopy();
    less.remove(key);
    return List.of(less);
  }

  private void judgeMutants(Mutation mutation) {
    List<JsonNode> mutants = mutants(tree(resource("storage.yaml")), mutation);
    assertThat(mutants.size()).isGreaterThan(50);
    mutants.forEach(mutant -> judge(mutant.toString()));
  }

  /** Of every map at any depth, with one key mutated. */
  private static List<JsonNode> mutants(JsonNode node, Mutation mutation) {
    var mutants = new ArrayList<JsonNode>();
    if (node instanceof ObjectNode map) {
      for (Map.Entry<String, JsonNode> entry : map.properties()) {
        mutants.addAll(mutation.of(map, entry.getKey()));
        for (JsonNode inner : mutants(entry.getValue(), mutation)) {
          mutants.add(map.deepCopy().set(entry.getKey(), inner));
        }
      }
    } else if (node instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        for (JsonNode inner : mutants(list.get(i), mutation)) {
          ArrayNode copy = list.deepCopy();
          copy.set(i, inner);
          mutants.add(copy);
        }
      }
    }
    return mutants;
  }

  private void judge(String text) {
    List<String> errors = errors(text);
    List<String> refusals = refusals(text);
    if (errors.isEmpty()) {
      assertThat(refusals).as("accepted by the reader only: %s", text).isEmpty();
    } else if (refusals.isEmpty()) {
      for (String error : errors) {
        Optional<String> reason = STRICTER.keySet().stream().filter(error::contains).findFirst();
        assertThat(reason).as("accepted by the schema only: %s%n%s", text, error).isPresent();
        reason.ifPresent(met::add);
      }
    }
  }

  private static List<String> errors(String text) {
    return ManifestTexts.read("a.yaml", text).problems().stream()
        .filter(ManifestProblem::isError)
        .map(ManifestProblem::message)
        .toList();
  }

  private List<String> refusals(String text) {
    return schema.validate(tree(text)).stream().map(Object::toString).toList();
  }

  /** As editors see the document. */
  private static JsonNode tree(String text) {
    var findings = new ProblemCollector("a.yaml");
    return new DocumentReader(findings)
        .read(text)
        .map(ManifestSchemaAgreementTest::tree)
        .orElseThrow(
            () ->
                new AssertionError(
                    findings.problems().stream().map(Object::toString).collect(joining("\n"))));
  }

  private static JsonNode tree(Node node) {
    return switch (node) {
      case Node.Mapping(var entries, var _) -> {
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        entries.forEach(entry -> map.set(entry.key(), tree(entry.value())));
        yield map;
      }
      case Node.Sequence(var items, var _) -> {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        items.forEach(item -> list.add(tree(item)));
        yield list;
      }
      case Node.Unusable _ -> NullNode.instance;
      case Node.Scalar(var kind, var text, var _) ->
          switch (kind) {
            case TEXT -> TextNode.valueOf(text);
            case NUMBER -> number(text);
            case BOOLEAN -> BooleanNode.valueOf(text.equals("true"));
            case NULL -> NullNode.instance;
          };
    };
  }

  /** To YAML 1.2 a bare {@code 16:00} is text. */
  private static JsonNode number(String text) {
    try {
      return DecimalNode.valueOf(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return TextNode.valueOf(text);
    }
  }
}
