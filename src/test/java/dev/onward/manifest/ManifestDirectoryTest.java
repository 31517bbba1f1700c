package dev.onward.manifest;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.manifest.DirectoryContents.Listed;
import dev.onward.manifest.DirectoryContents.Unreadable;
import dev.onward.manifest.reader.SourceFile;
import dev.onward.manifest.reader.SourceFile.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestDirectoryTest {
  private static final Instant WRITTEN = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path path;
  private Instant now = WRITTEN;
  private ManifestDirectory directory;

  @BeforeEach
  void open() {
    directory = new ManifestDirectory(path, () -> now);
  }

  @Test
  void manifestsAreReadByNameAndEverythingElseIsLeftAlone() throws IOException {
    for (String name :
        List.of(
            "b.yaml",
            "a.json",
            "c.yml",
            "D.YAML",
            ".wellcome_project", // manifests
            ".hidden.yaml",
            "..data.yaml",
            "README.md",
            "a.json.bak",
            "yaml")) {
      write(name, "");
    }
    Files.createDirectory(path.resolve("folder.yaml"));
    assertThat(names()).containsExactly(".wellcome_project", "D.YAML", "a.json", "b.yaml", "c.yml");
  }

  @Test
  void aFileWhoseReadingDoesNotEndIsUnreadableAndTheOthersAreRead() throws IOException {
    write("a.yaml", "one");
    write("blocks.yaml", "");
    var ends = new CountDownLatch(1);
    var opened = new AtomicInteger();
    directory =
        new ManifestDirectory(
            path,
            () -> now,
            new TimeLimitedReader(Duration.ofMillis(200)),
            file -> {
              if (!file.endsWith("blocks.yaml")) {
                return Files.newInputStream(file);
              }
              opened.incrementAndGet();
              return new BlockingStream(ends);
            });
    for (int look = 0; look < 20; look++) {
      assertThat(text("a.yaml")).isEqualTo("one");
      assertThat(unreadable("blocks.yaml")).startsWith("a read that does not end within");
    }
    assertThat(opened).as("reads under way at once").hasValue(1);

    Files.delete(path.resolve("blocks.yaml"));
    assertThat(names()).containsExactly("a.yaml");
    ends.countDown();
  }

  @Test
  void aFileThatWasMendedIsReadThoughTheReadingOfTheOldOneNeverEnds() throws IOException {
    write("a.yaml", "one");
    var never = new CountDownLatch(1);
    var blocks = new AtomicBoolean(true);
    directory =
        new ManifestDirectory(
            path,
            () -> now,
            new TimeLimitedReader(Duration.ofMillis(200)),
            file -> blocks.get() ? new BlockingStream(never) : Files.newInputStream(file));
    assertThat(unreadable("a.yaml")).startsWith("a read that does not end within");

    blocks.set(false);
    Files.delete(path.resolve("a.yaml"));
    Files.writeString(path.resolve("a.yaml"), "two", UTF_8);
    assertThat(text("a.yaml")).isEqualTo("two");
    never.countDown();
  }

  @Test
  void aLinkToADirectoryIsNoManifestAndSaysSo() throws IOException {
    Files.createDirectory(path.resolve("folder"));
    Files.createSymbolicLink(path.resolve("link.yaml"), path.resolve("folder"));
    assertThat(unreadable("link.yaml")).isEqualTo("no regular file");
  }

  @Test
  void aConfigMapsSwapIsNoticed() throws IOException {
    mountConfigMap("..2026_01_01", "one");
    assertThat(names()).containsExactly("storage.yaml");
    assertThat(text("storage.yaml")).isEqualTo("one");
    mountConfigMap("..2026_01_02", "two");
    assertThat(text("storage.yaml")).isEqualTo("two");
  }

  @Test
  void aFileThatStayedIsNotReadAgain() throws IOException {
    write("a.yaml", "one");
    now = WRITTEN.plus(ManifestDirectory.YOUNG).plusMillis(1);
    assertThat(text("a.yaml")).isEqualTo("one");
    writeInPlace("a.yaml", "two"); // with the old stamp, to see whether anybody looks
    assertThat(text("a.yaml")).isEqualTo("one");
  }

  @Test
  void aYoungFilesStampIsNotBelieved() throws IOException {
    write("a.yaml", "one");
    now = WRITTEN.plus(ManifestDirectory.YOUNG);
    assertThat(text("a.yaml")).isEqualTo("one");
    writeInPlace("a.yaml", "two"); // in the same tick of the file system's clock
    now = WRITTEN.plus(Duration.ofDays(1));
    assertThat(text("a.yaml")).isEqualTo("two");
  }

  @Test
  void aFileFromTheFutureIsNotBelievedEither() throws IOException {
    now = WRITTEN.minus(Duration.ofDays(1));
    write("a.yaml", "one");
    assertThat(text("a.yaml")).isEqualTo("one");
    writeInPlace("a.yaml", "two");
    assertThat(text("a.yaml")).isEqualTo("two");
  }

  @Test
  void aFileReplacedByAnotherOfTheSameSizeAndAgeIsNoticed() throws IOException {
    now = WRITTEN.plus(Duration.ofDays(1));
    write("a.yaml", "one");
    assertThat(text("a.yaml")).isEqualTo("one");
    Files.move(path.resolve("a.yaml"), path.resolve("old")); // keeps the inode from being reused
    write("a.yaml", "two");
    assertThat(text("a.yaml")).isEqualTo("two");
  }

  @Test
  void aByteOrderMarkIsNoContent() throws IOException {
    write("a.yaml", "\uFEFFone");
    assertThat(text("a.yaml")).isEqualTo("one");
  }

  @Test
  void whatCannotBeReadIsSaidFileByFile() throws IOException {
    Files.write(path.resolve("a.yaml"), "p: {}".getBytes(UTF_16));
    Files.write(path.resolve("b.yaml"), new byte[ManifestDirectory.MAX_BYTES + 1]);
    Files.createSymbolicLink(path.resolve("c.yaml"), Path.of("..data/c.yaml"));
    write("d.yaml", "fine");
    assertThat(listed())
        .extracting(SourceFile::content)
        .containsExactly(
            new Content.Unreadable("bytes that are not UTF-8", "UTF-8 text"),
            new Content.Unreadable("more than 1,048,576 bytes", "at most 1,048,576 bytes"),
            new Content.Unreadable("nothing there", "a file that Onward can read"),
            new Content.Text("fine"));
  }

  @Test
  void aPipeIsNotWaitedFor() throws IOException, InterruptedException {
    Path pipe = path.resolve("a.yaml");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(listed())
        .extracting(SourceFile::content)
        .containsExactly(new Content.Unreadable("no regular file", "a regular file"));
  }

  @Test
  void aMissingDirectoryIsSaid() {
    Path missing = path.resolve("missing");
    assertThat(new ManifestDirectory(missing, () -> now).read())
        .isEqualTo(new Unreadable(missing.toString(), "nothing there"));
  }

  @Test
  void aFileInsteadOfADirectoryIsSaid() throws IOException {
    write("a.yaml", "");
    Path file = path.resolve("a.yaml");
    assertThat(new ManifestDirectory(file, () -> now).read())
        .isEqualTo(new Unreadable(file.toString(), "no directory"));
  }

  /** As kubelet does it: a directory of the content, and a symlink that is swapped in one step. */
  private void mountConfigMap(String version, String text) throws IOException {
    Files.createDirectory(path.resolve(version));
    write(version + "/storage.yaml", text);
    Path next = Files.createSymbolicLink(path.resolve("..data_tmp"), Path.of(version));
    Files.move(next, path.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    if (Files.notExists(path.resolve("storage.yaml"))) {
      Files.createSymbolicLink(path.resolve("storage.yaml"), Path.of("..data/storage.yaml"));
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(path.resolve(name), text, UTF_8);
    Files.setLastModifiedTime(path.resolve(name), FileTime.from(WRITTEN));
  }

  private void writeInPlace(String name, String text) throws IOException {
    assertThat((long) text.length()).isEqualTo(Files.size(path.resolve(name)));
    write(name, text);
  }

  private List<String> names() {
    return listed().stream().map(SourceFile::name).toList();
  }

  private String text(String name) {
    return listed().stream()
        .filter(file -> file.name().equals(name))
        .map(file -> ((Content.Text) file.content()).text())
        .findFirst()
        .orElseThrow();
  }

  private String unreadable(String name) {
    return listed().stream()
        .filter(file -> file.name().equals(name))
        .map(file -> ((Content.Unreadable) file.content()).found())
        .findFirst()
        .orElseThrow();
  }

  /** As a device that has nothing to say. */
  private static final class BlockingStream extends InputStream {
    private final CountDownLatch ends;

    BlockingStream(CountDownLatch ends) {
      this.ends = ends;
    }

    @Override
    public int read() throws IOException {
      return read(new byte[1], 0, 1);
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      try {
        ends.await();
        return -1;
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  private List<SourceFile> listed() {
    return ((Listed) directory.read()).files();
  }
}
