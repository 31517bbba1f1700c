package dev.onward.manifest;

import static dev.onward.manifest.reader.ManifestTexts.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.manifest.document.ManifestProblem;
import dev.onward.manifest.document.ManifestProblem.Severity;
import dev.onward.manifest.reader.SourceFile;
import dev.onward.model.ProjectId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which projects are in force after a reload, by the rules of {@link ManifestReload}. */
class ManifestReloadTest {
  private static final ProjectId P = new ProjectId("p");
  private static final ProjectId Q = new ProjectId("q");

  private Manifests manifests = Manifests.NONE;

  @Test
  void validProjectsOfAllFilesAreInForce() {
    reload(file("a.yaml", project("p", "one")), file("b.yaml", project("q", "one")));
    assertThat(manifests.projects()).containsOnlyKeys(P, Q);
    assertThat(manifests.files()).isEqualTo(Map.of(P, "a.yaml", Q, "b.yaml"));
    assertThat(manifests.problems()).isEmpty();
    assertThat(manifests.valid()).isTrue();
  }

  @Test
  void theProblemsOfTwoBrokenFilesAreReportedAtOnce() {
    reload(file("b.json", "{"), file("a.yaml", "p: 7"), file("c.yaml", project("q", "one")));
    assertThat(manifests.projects()).containsOnlyKeys(Q);
    assertThat(manifests.problems())
        .extracting(ManifestProblem::file)
        .containsExactly("a.yaml", "b.json");
    assertThat(manifests.valid()).isFalse();
  }

  @Test
  void theLastGoodVersionOfAProjectWithErrorsStays() {
    reload(file("a.yaml", project("p", "one") + project("q", "one")));
    reload(file("a.yaml", "p: {name: two, environments: 7}\n" + project("q", "two")));
    assertThat(name(P)).isEqualTo("one");
    assertThat(name(Q)).isEqualTo("two");
    assertThat(manifests.stale()).containsExactly(P);
    assertThat(manifests.problemsOf(P)).hasSize(1);
    assertThat(manifests.problemsOf(Q)).isEmpty();
  }

  @Test
  void everythingOfAFileThatNoLongerParsesStays() {
    reload(file("a.yaml", project("p", "one") + project("q", "one")));
    reload(file("a.yaml", "p: {"));
    assertThat(manifests.projects()).containsOnlyKeys(P, Q);
    assertThat(manifests.stale()).containsExactly(P, Q);
    assertThat(manifests.problemsOf(P)).isEqualTo(manifests.problems()).hasSize(1);
  }

  @Test
  void theLastGoodVersionOutlivesManyBadOnes() {
    reload(file("a.yaml", project("p", "one")));
    for (String bad : List.of("p: {", "p: 7", "", "[]", "p: {environments: [7]}")) {
      reload(file("a.yaml", bad));
      assertThat(name(P)).isEqualTo("one");
    }
    reload(file("a.yaml", project("p", "two")));
    assertThat(name(P)).isEqualTo("two");
    assertThat(manifests.stale()).isEmpty();
  }

  @Test
  void anEmptiedFileIsAnAccidentAndAnEmptyMapIsNot() {
    reload(file("a.yaml", project("p", "one")));
    reload(file("a.yaml", ""));
    assertThat(manifests.stale()).containsExactly(P);
    reload(file("a.yaml", "{}"));
    assertThat(manifests.projects()).isEmpty();
  }

  @Test
  void aProjectWhoseKeyIsGoneIsRemoved() {
    reload(file("a.yaml", project("p", "one") + project("q", "one")));
    reload(file("a.yaml", project("q", "one")));
    assertThat(manifests.projects()).containsOnlyKeys(Q);
  }

  @Test
  void aProjectWhoseFileIsGoneIsRemoved() {
    reload(file("a.yaml", project("p", "one")), file("b.yaml", project("q", "one")));
    reload(file("b.yaml", project("q", "one")));
    assertThat(manifests.projects()).containsOnlyKeys(Q);
    assertThat(manifests.stale()).isEmpty();
  }

  @Test
  void aProjectMayMoveToAnotherFile() {
    reload(file("a.yaml", project("p", "one")), file("b.yaml", "{}"));
    reload(file("a.yaml", "{}"), file("b.yaml", project("p", "two")));
    assertThat(name(P)).isEqualTo("two");
    assertThat(manifests.files()).isEqualTo(Map.of(P, "b.yaml"));
  }

  @Test
  void aProjectThatMovedWithAnErrorBelongsToItsNewFile() {
    reload(file("a.yaml", project("p", "one")));
    reload(file("a.yaml", "{}"), file("b.yaml", "p: 7"));
    reload(file("a.yaml", "{}"), file("b.yaml", "p: {"));
    assertThat(name(P)).isEqualTo("one");
    reload(file("a.yaml", "{}"));
    assertThat(manifests.projects()).isEmpty();
  }

  @Test
  void aProjectInTwoFilesIsAnErrorThatNamesBoth() {
    reload(file("a.yaml", project("p", "one")), file("b.yaml", project("p", "two")));
    assertThat(manifests.projects()).isEmpty();
    assertThat(manifests.problems())
        .extracting(ManifestProblem::toString)
        .containsExactly(
            "error: b.yaml: p: found a project that is in several files: a.yaml, b.yaml; allowed:"
                + " each project in one file");
  }

  @Test
  void aSecondFileForAProjectDoesNotTakeItOver() {
    reload(file("b.yaml", project("p", "one")));
    reload(file("a.yaml", project("p", "two")), file("b.yaml", project("p", "one")));
    assertThat(name(P)).isEqualTo("one");
    assertThat(manifests.files()).isEqualTo(Map.of(P, "b.yaml"));
    assertThat(manifests.stale()).containsExactly(P);
    reload(file("a.yaml", project("p", "two")));
    assertThat(name(P)).isEqualTo("two");
  }

  @Test
  void anUnreadableFileKeepsWhatWasLoadedFromIt() {
    reload(file("a.yaml", project("p", "one")));
    reload(
        new SourceFile(
            "a.yaml",
            new SourceFile.Content.Unreadable("no permission to read it", "a readable file")));
    assertThat(manifests.stale()).containsExactly(P);
    assertThat(manifests.problems())
        .extracting(ManifestProblem::message)
        .containsExactly("a.yaml: found no permission to read it; allowed: a readable file");
  }

  @Test
  void anUnreadableDirectoryKeepsEverything() {
    reload(file("a.yaml", project("p", "one")));
    manifests =
        ManifestReload.apply(
            new DirectoryContents.Unreadable("/etc/manifests", "nothing there"), manifests);
    assertThat(manifests.stale()).containsExactly(P);
    assertThat(manifests.problems())
        .extracting(ManifestProblem::toString)
        .containsExactly(
            "error: /etc/manifests: found nothing there; allowed: a directory of manifests that"
                + " Onward can read");
  }

  @Test
  void anEmptyDirectoryIsAWarning() {
    reload();
    assertThat(manifests.valid()).isTrue();
    assertThat(manifests.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.severity()).isEqualTo(Severity.WARNING));
  }

  private String name(ProjectId id) {
    return manifests.projects().get(id).name();
  }

  private void reload(SourceFile... files) {
    manifests =
        ManifestReload.apply(
            new DirectoryContents.Listed("manifests", Stream.of(files).toList()), manifests);
  }

  private static String project(String id, String name) {
    return "%s: {name: %s, environments: []}%n".formatted(id, name);
  }
}
