package dev.onward.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The options with which the artifact's JVM is started, for what it is compared with. */
final class JvmOptions {
  private static final Path SOURCE = Path.of("src", "main", "launch", "jvm.options");

  private JvmOptions() {}

  /** All but the cache, whose classes are the artifact's. */
  static List<String> ofTheArtifact() {
    try {
      return Files.readAllLines(SOURCE).stream()
          .filter(line -> !line.startsWith("#") && !line.startsWith("-XX:AOTCache"))
          .flatMap(line -> Arrays.stream(line.split(" ")))
          .filter(option -> !option.isBlank())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
