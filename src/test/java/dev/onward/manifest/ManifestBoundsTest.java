package dev.onward.manifest;

import static dev.onward.manifest.reader.ManifestTexts.file;
import static dev.onward.manifest.reader.ManifestTexts.messages;
import static dev.onward.manifest.reader.ManifestTexts.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.onward.manifest.document.ManifestProblem;
import dev.onward.manifest.document.ProblemCollector;
import dev.onward.manifest.reader.ManifestFile;
import dev.onward.manifest.reader.SourceFile;
import dev.onward.model.ProjectId;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Valid files of the largest size allowed, made to be slow to read. What is quadratic in one of
 * them takes many minutes; the time allowed here is for a busy machine.
 */
class ManifestBoundsTest {
  private static final Duration WELL_WITHIN = Duration.ofSeconds(60);

  private static String repeated(int times, String pattern) {
    return IntStream.range(0, times)
        .mapToObj(i -> pattern.replace("%d", Integer.toString(i)))
        .collect(Collectors.joining());
  }

  private static Manifests reload(SourceFile... files) {
    return assertTimeoutPreemptively(
        WELL_WITHIN,
        () ->
            ManifestReload.apply(
                new DirectoryContents.Listed("manifests", List.of(files)), Manifests.NONE));
  }

  @Test
  void aFileOfNinetyThousandProjectsIsRefusedWhole() {
    String text = repeated(90_000, "p%d: {}\n");
    assertThat(text.length()).isLessThan(ManifestDirectory.MAX_BYTES);
    assertThat(messages("a.yaml", text))
        .containsExactly(
            "error: a.yaml:1: found 90,000 projects; allowed: at most 10,000 projects a file");
    assertThat(read("a.yaml", text)).isInstanceOf(ManifestFile.NotUnderstood.class);
  }

  @Test
  void seventyFiveThousandUnknownKeysOfAProjectAreCountedAndItIsInForce() {
    Manifests read =
        reload(file("a.yaml", "p:\n  environments: []\n" + repeated(75_000, "  k%d: 1\n")));
    assertThat(read.projects()).containsOnlyKeys(new ProjectId("p"));
    assertThat(read.problems()).hasSize(ProblemCollector.LISTED + 1);
    assertThat(read.problems()).extracting(ManifestProblem::found).contains("74,900 more problems");
  }

  @Test
  void tenThousandProjectsInEachOfSeveralFilesAreReadOnceAndTheirProblemsBounded() {
    String text = repeated(10_000, "p%d: {environments: [], odd: 1}\n");
    Manifests read = reload(file("a.yaml", text), file("b.yaml", text), file("c.yaml", text));
    assertThat(read.projects()).isEmpty();
    assertThat(read.problems()).hasSizeLessThan(5 * (ProblemCollector.LISTED + 1));
    assertThat(read.problems())
        .extracting(ManifestProblem::found)
        .contains("9,900 more projects that are in several files");
  }

  @Test
  void everyProjectOfAFullFileAsksForItsProblemsAtOnce() {
    Manifests read = reload(file("a.yaml", repeated(10_000, "p%d: {environments: [], odd: 1}\n")));
    assertThat(read.projects()).hasSize(10_000);
    long found =
        assertTimeoutPreemptively(
            WELL_WITHIN,
            () ->
                read.projects().keySet().stream()
                    .mapToLong(project -> read.problemsOf(project).size())
                    .sum());
    assertThat(found).isGreaterThan(ProblemCollector.LISTED);
    assertThat(
            assertTimeoutPreemptively(
                WELL_WITHIN, () -> ManifestChange.between(Manifests.NONE, read)))
        .hasSizeGreaterThan(10_000);
  }

  @Test
  void aProjectOfTwentyThousandEnvironmentsIsRefused() {
    String environments = repeated(20_000, "  - {id: e%d, promotion: {from: latest}}\n");
    Manifests read = reload(file("a.yaml", "p:\n  environments:\n" + environments));
    assertThat(read.projects()).isEmpty();
    assertThat(read.problems())
        .extracting(ManifestProblem::message)
        .containsExactly(
            "a.yaml:3: p.environments: found a list of 20000; allowed: a list of environments, 500"
                + " at most");
  }
}
