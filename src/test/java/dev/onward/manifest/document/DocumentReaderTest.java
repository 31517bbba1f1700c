package dev.onward.manifest.document;

import static dev.onward.manifest.reader.ManifestTexts.messages;
import static dev.onward.manifest.reader.ManifestTexts.read;
import static dev.onward.manifest.reader.ManifestTexts.readOnly;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.manifest.reader.ManifestFile;
import dev.onward.manifest.reader.ManifestFile.NotUnderstood;
import dev.onward.plan.DesiredEnvironment;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that are broken as such, and YAML's traps. */
class DocumentReaderTest {

  @ParameterizedTest
  @ValueSource(strings = {"a.json", "a.yaml", ".wellcome_project"})
  void brokenJsonIsReportedWithItsLineWhateverTheFileIsCalled(String name) {
    String broken = "{\"p\": {\n\t\"name\": \"P\"\n\t\"x\": 1\n}}";
    assertThat(read(name, broken)).isInstanceOf(NotUnderstood.class);
    assertThat(messages(name, broken))
        .singleElement()
        .asString()
        .startsWith("error: " + name + ":3: found Unexpected character ('\"'")
        .endsWith("allowed: valid JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.json", "a.yaml", ".wellcome_project"})
  void theContentAndNotTheNameTellsHowItIsWritten(String name) {
    String json = "{\n\t\"p\": {\"environments\": [], \"name\": \"a\\/b \\ud83d\\ude80\"}}";
    String yaml = "# a comment\np:\n  environments: []\n  name: a/b 🚀\n";
    String flow = "{p: {environments: [], name: a/b 🚀},}";
    for (String text : List.of(json, yaml, flow)) {
      assertThat(messages(name, text)).isEmpty();
      assertThat(readOnly("p", name, text).name()).isEqualTo("a/b 🚀");
    }
  }

  @Test
  void aDocumentThatTakesTooLongToReadIsGivenUp() {
    var findings = new ProblemCollector("a.yaml");
    var clock = new AtomicLong();
    var reader = new DocumentReader(findings, () -> clock.addAndGet(1_000_000_000));
    assertThat(reader.read("p: [" + "1, ".repeat(40) + "2]")).isEmpty();
    assertThat(findings.problems())
        .extracting(ManifestProblem::message)
        .containsExactly(
            "a.yaml: found a document that takes more than 30 s to read; allowed: a shorter one");
  }

  @Test
  void brokenYamlIsReportedWithItsLine() {
    assertThat(messages("a.yaml", "p:\n  name: a: b\n"))
        .containsExactly(
            "error: a.yaml:2: found mapping values are not allowed here; allowed: valid YAML");
  }

  @Test
  void aCutOffDocumentIsNotHalfAManifest() {
    assertThat(read("a.json", "{\"p\": {\"environments\": [{\"id\": \"stage\"}"))
        .isInstanceOf(NotUnderstood.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n", "# nothing here\n", "---\n", "~", "---\n...\n"})
  void anEmptyFileIsAWarningAndSaysNothingOfAnyProject(String text) {
    assertThat(read("a.yaml", text)).isInstanceOf(NotUnderstood.class);
    assertThat(messages("a.yaml", text))
        .containsExactly(
            "warning: a.yaml: found an empty file; allowed: a map of projects, by project id");
  }

  @Test
  void anEmptyMapAsksForNoProject() {
    assertThat(read("a.json", "{}")).isInstanceOf(ManifestFile.Understood.class);
    assertThat(messages("a.json", "{}"))
        .containsExactly(
            "warning: a.json: found no project; allowed: a map of projects, by project id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[p]", "p", "17", "true", "- p: {}"})
  void theTopLevelMustBeAMap(String text) {
    assertThat(read("a.yaml", text)).isInstanceOf(NotUnderstood.class);
    assertThat(messages("a.yaml", text))
        .singleElement()
        .asString()
        .startsWith("error: a.yaml:1: found ")
        .endsWith("; allowed: a map of projects, by project id");
  }

  @Test
  void aSecondDocumentInAFileIsAnError() {
    String text = "p: {environments: []}\n---\nq: {environments: []}\n";
    assertThat(read("a.yaml", text)).isInstanceOf(NotUnderstood.class);
    assertThat(messages("a.yaml", text))
        .containsExactly(
            "error: a.yaml:3: found something after the end of the first document; allowed: one"
                + " document a file");
    assertThat(read("a.json", "{} {}")).isInstanceOf(NotUnderstood.class);
  }

  @Test
  void numbersAreIdsAsTheyAreWritten() {
    String text = "7: {name: 1.10, environments: [{id: 007}, {id: 1_0}, {id: 1e3}, {id: 0x1F}]}";
    assertThat(readOnly("7", "a.yaml", text).name()).isEqualTo("1.10");
    assertThat(readOnly("7", "a.yaml", text).environments())
        .extracting(DesiredEnvironment::id)
        .extracting(Object::toString)
        .containsExactly("007", "1_0", "1e3", "0x1F");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no", "on", "Yes", "OFF", "true", "False"})
  void whatYamlReadsAsABooleanMustBeQuotedToBeAnId(String id) {
    assertThat(messages("a.yaml", "p: {environments: [{id: " + id + "}]}"))
        .containsExactly(
            "error: a.yaml:1: p.environments[0].id: found "
                + id
                + ", which is read as a boolean; allowed: an environment id, in quotes");
    assertThat(messages("a.yaml", "p: {environments: [{id: '" + id + "'}]}")).isEmpty();
  }

  @Test
  void aBareNoIsFineAsAKey() {
    assertThat(readOnly("no", "a.yaml", "no: {environments: []}").name()).isEqualTo("no");
  }

  @Test
  void aliasesAreRefusedSoThatNoneCanGrow() {
    var bomb = new StringBuilder("p: {environments: []}\nx0: &x0 {a: 1}\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("x%d: &x%d [*x%d, *x%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(messages("a.yaml", bomb.toString()))
        .contains(
            "error: a.yaml:3: x1[0]: found the alias *x0; allowed: the value itself, written out");
    assertThat(readOnly("p", "a.yaml", bomb.toString()).environments()).isEmpty();
  }

  @Test
  void aMergeKeyIsAnAliasToo() {
    assertThat(messages("a.yaml", "p: &p {environments: []}\nq: {<<: *p}\n"))
        .contains(
            "error: a.yaml:2: q[\"<<\"]: found the alias *p; allowed: the value itself, written"
                + " out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.json", "a.yaml"})
  void nestingIsBounded(String name) {
    String text = "{\"p\":" + "[".repeat(100_000);
    assertThat(messages(name, text))
        .singleElement()
        .asString()
        .startsWith("error: " + name + ": found Document nesting depth (33)")
        .endsWith("allowed: at most 32 levels");
  }

  @ParameterizedTest
  @ValueSource(strings = {"p: {? [a, b] : c}", "*a : b", "p:\n\t- x", "p: 'x", "\u0000", "p: @x"})
  void oddYamlIsAProblemAndNeverAnException(String text) {
    assertThat(read("a.yaml", text)).isInstanceOf(NotUnderstood.class);
    assertThat(messages("a.yaml", text))
        .singleElement()
        .asString()
        .endsWith("; allowed: valid YAML");
  }

  @Test
  void jsonMayBeIndentedWithTabs() {
    assertThat(messages("a.json", "{\n\t\"p\": {\n\t\t\"environments\": []\n\t}\n}")).isEmpty();
  }
}
