package dev.onward.packaged;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The packaged artifact: a directory of jars, and how its JVM is started. */
record Artifact(Path directory) {
  static final String ARGUMENTS = "onward.args";
  static final String CACHE = "onward.aot";

  private static final Path OPTIONS = Path.of("src", "main", "launch", "jvm.options");
  private static final String MAIN_CLASS = "io.quarkus.runner.GeneratedMain";

  static Artifact underTest() {
    return new Artifact(
        Path.of(System.getProperty("artifact.under.test", "target/quarkus-app")).toAbsolutePath());
  }

  /**
   * Writes the argument file that {@code java} is started with in the directory. All jars stand on
   * the plain class path, for a cache holds no classes of a loader of one's own; Quarkus's
   * transformed classes come before those they replace.
   *
   * @param cacheOption takes the place of the option that uses the cache
   */
  Path writeArguments(String name, String cacheOption) throws IOException {
    String options =
        Files.readString(OPTIONS).replace("-XX:AOTCache=" + CACHE, cacheOption).stripTrailing();
    String classPath =
        Stream.of("quarkus/transformed-bytecode.jar", "quarkus", "app", "lib/boot", "lib/main")
            .flatMap(this::jars)
            .distinct()
            .collect(Collectors.joining(File.pathSeparator));
    Path file = directory.resolve(name);
    Files.writeString(file, String.join("\n", List.of(options, "-cp", classPath, MAIN_CLASS, "")));
    return file;
  }

  void writeArguments() throws IOException {
    writeArguments(ARGUMENTS, "-XX:AOTCache=" + CACHE);
  }

  private Stream<String> jars(String place) {
    Path path = directory.resolve(place);
    if (Files.isRegularFile(path)) {
      return Stream.of(place);
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .map(file -> place + "/" + file.getFileName())
          .filter(file -> file.endsWith(".jar"))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
