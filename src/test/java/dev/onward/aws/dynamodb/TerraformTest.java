package dev.onward.aws.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.bertramlabs.plugins.hcl4j.HCLParser;
import com.bertramlabs.plugins.hcl4j.HCLParserException;
import dev.onward.OnwardConfig;
import dev.onward.aws.CalledOperations;
import dev.onward.aws.dynamodb.TableDefinition.KeySchema;
import dev.onward.aws.dynamodb.TableDefinition.SecondaryIndex;
import dev.onward.aws.dynamodb.release.ReleaseTable;
import dev.onward.aws.dynamodb.state.StateTable;
import dev.onward.model.ProjectId;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Terraform module says what the code wants: the same tables, and no right too many. */
class TerraformTest {
  /** Held on to, or its level would be forgotten. The parser tells of what it cannot evaluate. */
  private static final Logger PARSER_LOG = Logger.getLogger("com.bertramlabs.plugins.hcl4j");

  private static final Path MODULE = Path.of("examples", "terraform", "onward");
  private static final TableDefinition RELEASES =
      ReleaseTable.definition("onward-releases", new ProjectId("storage"));
  private static final TableDefinition STATE = StateTable.definition("onward-state");

  @BeforeAll
  static void onlyTheResultCounts() {
    PARSER_LOG.setLevel(Level.OFF);
  }

  @Test
  void theTablesAreAsOnwardChecksThem() {
    assertThat(declared("releases", RELEASES)).isEqualTo(RELEASES);
    assertThat(declared("state", STATE)).isEqualTo(STATE);
  }

  @Test
  void theIndexesProjectEverything() {
    assertThat(all(table("releases"), "global_secondary_index"))
        .extracting(index -> index.get("projection_type"))
        .hasSize(2)
        .containsOnly("ALL");
  }

  @Test
  void exactlyTheKeysAreDeclaredAsTexts() {
    Map.of("releases", RELEASES, "state", STATE)
        .forEach(
            (name, definition) ->
                assertThat(all(table(name), "attribute"))
                    .as(name)
                    .containsExactlyInAnyOrderElementsOf(
                        keys(definition)
                            .map(key -> Map.<String, Object>of("name", key, "type", "S"))
                            .toList()));
  }

  @Test
  void theTablesAreOnDemandAndHardToLose() {
    for (String name : List.of("releases", "state")) {
      assertThat(table(name))
          .as(name)
          .containsEntry("billing_mode", "PAY_PER_REQUEST")
          .containsEntry("deletion_protection_enabled", true)
          .containsEntry("point_in_time_recovery", Map.of("enabled", true));
    }
  }

  @Test
  void requestsExpireByTheAttributeThatOnwardWrites() {
    assertThat(table("state"))
        .containsEntry("ttl", Map.of("attribute_name", StateTable.EXPIRES_AT, "enabled", true));
    assertThat(table("releases")).doesNotContainKey("ttl");
  }

  @Test
  void theTablesHaveTheNamesThatOnwardLooksForByItself() throws Exception {
    assertThat(defaultOf("releases_table_name")).isEqualTo(settingDefault("releasesTable"));
    assertThat(defaultOf("state_table_name")).isEqualTo(settingDefault("stateTable"));
  }

  @Test
  void theRoleMayDoWhatOnwardDoesAndNothingElse() {
    // Terraform makes the tables; with onward.create-tables Onward would.
    Set<String> needed =
        CalledOperations.find().names().stream()
            .filter(action -> !action.equals("dynamodb:CreateTable"))
            .collect(Collectors.toSet());
    assertThat(permitted()).containsExactlyInAnyOrderElementsOf(needed);
  }

  @Test
  void theRoleNamesWhatItMayUse() {
    assertThat(statements())
        .isNotEmpty()
        .allSatisfy(
            statement ->
                assertThat(statement.toString()).doesNotContain("resources=[*]", "actions=[*]"));
  }

  private static Set<String> permitted() {
    return statements().stream()
        .flatMap(statement -> ((List<?>) statement.get("actions")).stream())
        .map(String.class::cast)
        .collect(Collectors.toSet());
  }

  private static List<Map<String, Object>> statements() {
    Map<String, Object> policy = at(read("role.tf"), "data", "aws_iam_policy_document", "onward");
    return Stream.concat(
            all(policy, "statement").stream(),
            all(at(policy, "dynamic"), "statement").stream()
                .map(conditional -> at(conditional, "content")))
        .toList();
  }

  private static TableDefinition declared(String name, TableDefinition expected) {
    Map<String, Object> table = table(name);
    return new TableDefinition(
        expected.name(),
        expected.setting(),
        key(table),
        all(table, "global_secondary_index").stream()
            .map(index -> new SecondaryIndex((String) index.get("name"), key(index)))
            .toList());
  }

  private static KeySchema key(Map<String, Object> block) {
    return new KeySchema(
        (String) block.get("hash_key"), Optional.ofNullable((String) block.get("range_key")));
  }

  private static Stream<String> keys(TableDefinition table) {
    return Stream.concat(Stream.of(table.key()), table.indexes().stream().map(SecondaryIndex::key))
        .flatMap(key -> Stream.concat(Stream.of(key.hash()), key.range().stream()))
        .distinct();
  }

  private static Map<String, Object> table(String name) {
    return at(read("tables.tf"), "resource", "aws_dynamodb_table", name);
  }

  private static Object defaultOf(String variable) {
    return at(read("variables.tf"), "variable", variable).get("default");
  }

  private static String settingDefault(String setting) throws NoSuchMethodException {
    return OnwardConfig.class.getMethod(setting).getAnnotation(WithDefault.class).value();
  }

  private static Map<String, Object> read(String file) {
    try {
      return new HCLParser().parse(MODULE.resolve(file).toFile(), UTF_8);
    } catch (HCLParserException | IOException e) {
      throw new AssertionError(file, e);
    }
  }

  @SuppressWarnings("unchecked") // What is parsed has blocks as maps.
  private static Map<String, Object> at(Map<String, Object> block, String... path) {
    Map<String, Object> found = block;
    for (String name : path) {
      found = (Map<String, Object>) found.get(name);
      assertThat(found).as(name).isNotNull();
    }
    return found;
  }

  /** The blocks of one kind; a single one is parsed as itself. */
  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> all(Map<String, Object> block, String kind) {
    Object found = block.getOrDefault(kind, List.of());
    return found instanceof List<?> list
        ? (List<Map<String, Object>>) list
        : List.of((Map<String, Object>) found);
  }
}
