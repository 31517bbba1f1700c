package dev.onward.manifest.reader;

import static dev.onward.manifest.reader.ManifestTexts.STORAGE;
import static dev.onward.manifest.reader.ManifestTexts.messages;
import static dev.onward.manifest.reader.ManifestTexts.read;
import static dev.onward.manifest.reader.ManifestTexts.readOnly;
import static dev.onward.manifest.reader.ManifestTexts.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.manifest.GateTexts;
import dev.onward.manifest.document.ProblemCollector;
import dev.onward.manifest.reader.ManifestFile.Understood;
import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.ProjectId;
import dev.onward.model.RoleArn;
import dev.onward.model.ServiceId;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.DesiredState;
import dev.onward.policy.DriftPolicy;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.ReleasePolicy;
import dev.onward.policy.gate.GateType;
import dev.onward.policy.gate.PromotionPolicy;
import dev.onward.policy.gate.UnknownGate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ManifestReaderTest {
  private static final EnvironmentId STAGE = new EnvironmentId("stage");
  private static final EnvironmentId PROD = new EnvironmentId("prod");
  private static final Label LATEST = new Label("latest");
  private static final String GATES = "gates:\n";

  @Test
  void theOriginalManifestLoadsAsItStands() {
    String original = resource(".wellcome_project");
    assertThat(messages(".wellcome_project", original)).isEmpty();
    assertThat(readOnly("stacks", ".wellcome_project", original))
        .isEqualTo(
            new DesiredState(
                new ProjectId("stacks"),
                "Example project",
                Optional.empty(),
                ReleasePolicy.DEFAULT,
                List.of(
                    new DesiredEnvironment(STAGE, "Staging", Optional.empty(), DriftPolicy.REPORT),
                    new DesiredEnvironment(
                        PROD, "Production", Optional.empty(), DriftPolicy.REPORT))));
  }

  @Test
  void aManifestAsTheOlderToolsUsersWriteItIsReadWithoutAWarning() {
    String text = resource("older-tool.wellcome_project");
    assertThat(messages(".wellcome_project", text)).isEmpty();
    DesiredState bugfarm = readOnly("bugfarm", ".wellcome_project", text);
    assertThat(bugfarm.name()).isEqualTo("Bug farm");
    assertThat(bugfarm.role()).isEmpty();
    assertThat(bugfarm.environments())
        .extracting(DesiredEnvironment::id)
        .containsExactly(STAGE, PROD);
  }

  @Test
  void nothingInAKeyOfTheOlderToolIsItsAbsenceAndInAnyOtherAnError() {
    String text = "p: {environments: [], name: null, role_arn: ~, tf_stack_root: , %s: null}";
    assertThat(messages(STORAGE, text.formatted("github_repository"))).isEmpty();
    assertThat(readOnly("p", STORAGE, text.formatted("account_id")).name()).isEqualTo("p");
    assertThat(messages(STORAGE, text.formatted("release")))
        .containsExactly(
            "error: storage.yaml:1: p.release: found nothing; allowed: a map with from_label,"
                + " quiet_period and so on");
  }

  @Test
  void aFileOfTheOlderToolWithoutTheProjectsIdAroundItSaysSo() {
    String text =
        """
        {
          "environments": [{"id": "stage", "name": "Staging"}],
          "id": "bugfarm",
          "name": "Bug farm",
          "role_arn": null
        }
        """;
    assertThat(read(".wellcome_project", text)).isInstanceOf(ManifestFile.NotUnderstood.class);
    assertThat(messages(".wellcome_project", text))
        .containsExactly(
            "error: .wellcome_project:1: found the content of a project (environments, …) without"
                + " the project's id around it; allowed: a map of projects, by project id, such as"
                + " bugfarm: {environments: [{id: stage}]}");
  }

  @Test
  void everyKeyOfThisVersionIsRead() {
    var services = new TreeSet<>(Set.of(new ServiceId("archivist"), new ServiceId("bags")));
    DesiredState storage = readOnly("storage", STORAGE, resource(STORAGE));
    assertThat(storage.name()).isEqualTo("Storage service");
    assertThat(storage.role())
        .contains(new RoleArn("arn:aws:iam::123456789012:role/release-reader"));
    assertThat(storage.releases())
        .isEqualTo(
            new ReleasePolicy(LATEST, Duration.ofSeconds(30), Duration.ofMinutes(10), services));
    assertThat(storage.environments()).hasSize(2);
    assertThat(storage.environment(STAGE))
        .contains(
            new DesiredEnvironment(
                STAGE,
                "Staging",
                Optional.of(new PromotionPolicy(LATEST, PromotionMode.AUTO, List.of())),
                DriftPolicy.REPORT));
    PromotionPolicy toProd = storage.environment(PROD).orElseThrow().promotion().orElseThrow();
    assertThat(toProd.from()).isEqualTo(STAGE);
    assertThat(toProd.mode()).isEqualTo(PromotionMode.AUTO);
    assertThat(toProd.gates()).hasSize(10).doesNotHaveAnyElementsOfTypes(UnknownGate.class);
    assertThat(messages(STORAGE, resource(STORAGE))).isEmpty();
  }

  @Test
  void jsonAndYamlOfTheSameContentAskForTheSame() {
    String original = resource(".wellcome_project");
    assertThat(readOnly("stacks", "stacks.yml", original))
        .isEqualTo(readOnly("stacks", "stacks.json", original));
  }

  @Test
  void everyExampleOfTheReferenceIsValid() throws IOException {
    List<String> examples =
        Pattern.compile("(?s)```(?:yaml|json)\n(.*?)```")
            .matcher(Files.readString(Path.of("docs/manifest.md")))
            .results()
            .map(block -> block.group(1))
            .map(example -> example.startsWith(GATES) ? policyOf(example) : example)
            .toList();
    assertThat(examples).hasSize(5 + GateType.configurable().size());
    assertThat(examples).allSatisfy(text -> assertThat(messages(STORAGE, text)).isEmpty());
  }

  /** The reference shows a gate without the manifest around it. */
  private static String policyOf(String gates) {
    return GateTexts.fromEnvironment(gates.substring(GATES.length()).stripIndent());
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    assertThat(readOnly("p", STORAGE, "p: {environments: [{id: e, promotion: {from: e2}}]}"))
        .isEqualTo(
            new DesiredState(
                new ProjectId("p"),
                "p",
                Optional.empty(),
                new ReleasePolicy(
                    LATEST, Duration.ofSeconds(30), Duration.ofMinutes(10), new TreeSet<>()),
                List.of(
                    new DesiredEnvironment(
                        new EnvironmentId("e"),
                        "e",
                        Optional.of(
                            new PromotionPolicy(new Label("e2"), PromotionMode.AUTO, List.of())),
                        DriftPolicy.REPORT))));
  }

  @Test
  void aManifestWithoutEnvironmentsCutsReleasesAllTheSame() {
    assertThat(readOnly("p", STORAGE, "p: {name: P}").environments()).isEmpty();
    assertThat(messages(STORAGE, "p: {name: P}"))
        .containsExactly(
            "warning: storage.yaml:1: p: found no environments; allowed: a list of environments;"
                + " releases are cut all the same");
  }

  @Test
  void aLongQuietPeriodMovesTheDefaultOfTheLongestWait() {
    String text = "p: {environments: [], release: {quiet_period: 1h}}";
    assertThat(readOnly("p", STORAGE, text).releases().maxWait()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void anInvalidProjectDoesNotSpoilItsNeighbours() {
    String text = "bad: {environments: 7}\ngood: {environments: []}\nWorse!: {}\n";
    assertThat(read(STORAGE, text))
        .isInstanceOfSatisfying(
            Understood.class,
            file -> {
              assertThat(file.valid()).containsOnlyKeys(new ProjectId("good"));
              assertThat(file.invalid()).containsExactly(new ProjectId("bad"));
              assertThat(file.problems()).hasSize(2);
            });
  }

  @Test
  void allProblemsOfAProjectAreReportedAtOnceFromTopToBottom() {
    String text =
        """
        storage:
          name: [a]
          role_arn: arn:of:nothing
          release:
            from_label: a/b
            quiet_period: 30
          environments:
            - name: has no id
              promotion: {mode: sometimes}
            - {id: prod, parameter_drift: mend}
        """;
    assertThat(messages(STORAGE, text))
        .containsExactly(
            "error: storage.yaml:2: storage.name: found a list; allowed: a name of 1 to 200"
                + " characters on one line",
            "error: storage.yaml:3: storage.role_arn: found 'arn:of:nothing'; allowed: an ARN such"
                + " as arn:aws:iam::123456789012:role/release-reader",
            "error: storage.yaml:5: storage.release.from_label: found 'a/b'; allowed: 1 to 200"
                + " letters, digits, '_', '.' or '-', not only dots",
            "error: storage.yaml:6: storage.release.quiet_period: found the number 30; allowed: a"
                + " duration with its unit: 30s, 30m, 30h or 30d",
            "error: storage.yaml:8: storage.environments[0].id: found nothing; allowed: an"
                + " environment id",
            "error: storage.yaml:9: storage.environments[0].promotion.from: found nothing; allowed:"
                + " a label or an environment of this project",
            "error: storage.yaml:9: storage.environments[0].promotion.mode: found 'sometimes';"
                + " allowed: auto or manual",
            "error: storage.yaml:10: storage.environments[1].parameter_drift: found 'mend';"
                + " allowed: report or repair");
  }

  @Test
  void aFileThatIsNoManifestDoesNotFillTheLog() {
    var text = new StringBuilder("packages: {environments: []");
    for (int i = 0; i < 5000; i++) {
      text.append(", package").append(i).append(": 1");
    }
    assertThat(messages(STORAGE, text.append('}').toString()))
        .hasSize(ProblemCollector.LISTED + 1)
        .last()
        .isEqualTo(
            "warning: storage.yaml: found 4,900 more problems; allowed: a project manifest; is"
                + " this file one?");
  }

  @Test
  void aManifestMayNameItsSchemaForEditors() {
    String text = "{\"$schema\": \"../docs/manifest.schema.json\", \"a\": {\"environments\": []}}";

    assertThat(messages("a.json", text)).isEmpty();
    assertThat(readOnly("a", "a.json", text).environments()).isEmpty();
  }
}
