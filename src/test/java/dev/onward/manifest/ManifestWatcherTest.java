package dev.onward.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.manifest.ManifestChange.FileMended;
import dev.onward.manifest.ManifestChange.ProblemAppeared;
import dev.onward.manifest.ManifestChange.ProjectAdded;
import dev.onward.manifest.ManifestChange.ProjectChanged;
import dev.onward.manifest.ManifestChange.ProjectKept;
import dev.onward.manifest.ManifestChange.ProjectRemoved;
import dev.onward.manifest.reader.ManifestTexts;
import dev.onward.manifest.reader.SourceFile;
import dev.onward.model.ProjectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestWatcherTest {
  private static final ProjectId P = new ProjectId("p");

  @TempDir Path path;

  @Test
  void eachChangeIsToldOnce() throws IOException {
    var watcher = new ManifestWatcher(path);
    assertThat(watcher.current()).isEqualTo(Manifests.NONE);

    write("a.yaml", "p: {environments: []}");
    assertThat(watcher.poll()).containsExactly(new ProjectAdded(P, "a.yaml"));
    assertThat(watcher.poll()).isEmpty();

    write("a.yaml", "p: {environments: [{id: stage}]}");
    assertThat(watcher.poll()).containsExactly(new ProjectChanged(P, "a.yaml"));
    assertThat(watcher.poll()).isEmpty();

    write("a.yaml", "p: {environments: 7}");
    assertThat(watcher.poll())
        .satisfiesExactly(
            appeared -> assertThat(appeared).isInstanceOf(ProblemAppeared.class),
            kept -> assertThat(kept).isEqualTo(new ProjectKept(P, "a.yaml")));
    assertThat(watcher.poll()).isEmpty();
    assertThat(watcher.current().projects().get(P).environments()).hasSize(1);

    write("a.yaml", "p: {environments: [{id: stage}]}");
    assertThat(watcher.poll()).containsExactly(new FileMended("a.yaml"));

    Files.delete(path.resolve("a.yaml"));
    assertThat(watcher.poll())
        .satisfiesExactly(
            noManifest -> assertThat(noManifest).isInstanceOf(ProblemAppeared.class),
            removed -> assertThat(removed).isEqualTo(new ProjectRemoved(P)));
    assertThat(watcher.current().projects()).isEmpty();
  }

  @Test
  void onlySelectedProjectsAreInForceAndWhatIsWrongWithAnyIsTold() throws IOException {
    write("a.yaml", "p: {environments: []}\nq: {environments: []}\nr: {environments: 7}");
    var watcher = new ManifestWatcher(path, ProjectSelection.of(List.of("p")));

    assertThat(watcher.poll())
        .satisfiesExactlyInAnyOrder(
            added -> assertThat(added).isEqualTo(new ProjectAdded(P, "a.yaml")),
            wrong -> assertThat(wrong).isInstanceOf(ProblemAppeared.class));
    assertThat(watcher.current().projects()).containsOnlyKeys(P);
  }

  @Test
  void aProblemThatOnlyMovedToAnotherLineIsNoNews() throws IOException {
    write("a.yaml", "p: {environments: [], x: 1}");
    var watcher = new ManifestWatcher(path);
    assertThat(watcher.poll()).hasSize(2);
    write("a.yaml", "# a comment\np: {environments: [], x: 1}");
    assertThat(watcher.poll()).isEmpty();
    assertThat(watcher.current().problems().getFirst().line()).hasValue(2);
  }

  @Test
  void aMissingDirectoryIsToldOnceAndItsReturnToo() throws IOException {
    Path directory = path.resolve("mount");
    var watcher = new ManifestWatcher(directory);
    assertThat(watcher.poll()).singleElement().isInstanceOf(ProblemAppeared.class);
    assertThat(watcher.poll()).isEmpty();
    Files.createDirectory(directory);
    write("mount/a.yaml", "p: {environments: []}");
    assertThat(watcher.poll())
        .satisfiesExactly(
            added -> assertThat(added).isEqualTo(new ProjectAdded(P, "a.yaml")),
            mended -> assertThat(mended).isInstanceOf(FileMended.class));
  }

  @Test
  void aDirectoryThatChangesWhileItIsReadWaitsForTheNextPoll() {
    DirectoryContents before = contents(ManifestTexts.file("a.yaml", "p: {environments: []}"));
    DirectoryContents half = contents();
    DirectoryContents after = contents(ManifestTexts.file("b.yaml", "p: {environments: []}"));
    var reads = new ArrayDeque<>(List.of(before, before, half, after, after, after));
    var watcher = new ManifestWatcher(reads::remove, Duration.ofSeconds(30));
    watcher.poll();
    assertThat(watcher.poll()).isEmpty();
    assertThat(watcher.current().files()).containsEntry(P, "a.yaml");
    assertThat(watcher.poll()).isEmpty(); // the project only moved
    assertThat(watcher.current().files()).containsEntry(P, "b.yaml");
  }

  @Test
  void theLastGoodManifestsStayInForceWhileNewOnesTakeLongToRead() throws Exception {
    DirectoryContents first = contents(ManifestTexts.file("a.yaml", "p: {environments: []}"));
    DirectoryContents next = contents(ManifestTexts.file("b.yaml", "q: {environments: []}"));
    var slow = new CountDownLatch(1);
    var readings = new AtomicInteger();
    var watcher =
        new ManifestWatcher(
            () -> {
              if (readings.getAndIncrement() < 2) {
                return first;
              }
              await(slow);
              return next;
            },
            Duration.ofMillis(500));
    assertThat(watcher.hasRead()).isFalse();
    while (!watcher.hasRead()) {
      watcher.poll();
    }

    assertThat(watcher.poll()).isEmpty();
    assertThat(watcher.isReading()).isTrue();
    assertThat(watcher.poll()).isEmpty();
    assertThat(watcher.current().projects()).containsOnlyKeys(P);
    assertThat(readings).as("nothing is read twice at once").hasValue(3);

    slow.countDown();
    while (watcher.isReading()) {
      watcher.poll();
    }
    assertThat(watcher.current().projects()).containsOnlyKeys(new ProjectId("q"));
  }

  @Test
  void everyChangeHasALineForTheLog() {
    Manifests before = reload(Manifests.NONE, "p: {environments: []}\nq: {environments: []}");
    Manifests after = reload(before, "p: 7\nr: {environments: []}");
    assertThat(ManifestChange.between(before, after))
        .extracting(ManifestChange::message)
        .containsExactly(
            "a.yaml:1: p: found the number 7; allowed: a project: a map with name, environments,"
                + " release and role_arn",
            "project p stays on its last good manifest: what is now in a.yaml cannot be used",
            "project r is managed from now on, by a.yaml",
            "project q is no longer managed: no manifest names it; nothing of it was deleted");
    assertThat(ManifestChange.between(after, before))
        .extracting(ManifestChange::message)
        .last()
        .isEqualTo("a.yaml: no problem any more");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Manifests reload(Manifests previous, String text) {
    return ManifestReload.apply(contents(ManifestTexts.file("a.yaml", text)), previous);
  }

  private static DirectoryContents contents(SourceFile... files) {
    return new DirectoryContents.Listed("manifests", List.of(files));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(path.resolve(name), text);
  }
}
