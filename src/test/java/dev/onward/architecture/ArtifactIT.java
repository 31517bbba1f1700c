package dev.onward.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is in the artifact that ships, and above all what is not. */
class ArtifactIT {
  private static final Path ARTIFACT = Path.of(System.getProperty("artifact.under.test", ""));

  @Test
  void theLocalAwsIsNotInTheArtifact() {
    List<String> entries = entries();
    assertThat(entries).as("the artifact was read").contains("dev/onward/OnwardConfig.class");
    assertThat(entries)
        .noneMatch(entry -> entry.startsWith("dev/onward/local/"))
        .noneMatch(entry -> entry.startsWith("dev/onward/bench/"))
        .noneMatch(entry -> entry.contains("dynamodbv2/local/"))
        .noneMatch(entry -> entry.contains("application-dev"));
  }

  @Test
  void nothingThatOnlyTestsNeedIsInTheArtifact() throws IOException {
    try (Stream<Path> files = Files.walk(ARTIFACT)) {
      assertThat(files.map(file -> file.getFileName().toString().toLowerCase(Locale.ROOT)))
          .noneMatch(name -> name.contains("dynamodblocal") || name.contains("sqlite"))
          .noneMatch(name -> name.contains("junit") || name.contains("assertj"))
          .noneMatch(name -> name.contains("jmh"))
          .noneMatch(name -> name.contains("archunit") || name.contains("rest-assured"));
    }
  }

  private static List<String> entries() {
    try (Stream<Path> files = Files.walk(ARTIFACT)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .flatMap(ArtifactIT::entriesOf)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> entriesOf(Path jar) {
    try (var file = new JarFile(jar.toFile())) {
      return file.stream().map(JarEntry::getName).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
