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

  private static final String USE_CACHE = "-XX:AOTCache=" + CACHE;
  private static final String MAIN_CLASS = "io.quarkus.runner.GeneratedMain";

  static Artifact underTest() {
    return new Artifact(
        Path.of(System.getProperty("artifact.under.test", "target/quarkus-app")).toAbsolutePath());
  }

  /**
   * Writes the argument file that {@code java} is started with in the directory. All jars stand on
   * the plain class path, for a cache holds no classes of a loader of one's own; Quarkus's
   * transformed classes come before those they replace.
   */
  void writeArguments(Path options) throws IOException {
    String classPath =
        Stream.of("quarkus/transformed-bytecode.jar", "quarkus", "app", "lib/boot", "lib/main")
            .flatMap(this::jars)
            .distinct()
            .collect(Collectors.joining(File.pathSeparator));
    Files.writeString(
        directory.resolve(ARGUMENTS),
        String.join(
            "\n", List.of(Files.readString(options).strip(), "-cp", classPath, MAIN_CLASS, "")));
  }

  /**
   * Writes another argument file, the same but for the cache.
   *
   * @param cacheOption takes the place of the option that uses the cache
   */
  Path writeArguments(String name, String cacheOption) throws IOException {
    String arguments = Files.readString(directory.resolve(ARGUMENTS));
    if (!arguments.contains(USE_CACHE)) {
      throw new IllegalStateException(
          "%s in %s has no line %s".formatted(ARGUMENTS, directory, USE_CACHE));
    }
    Path file = directory.resolve(name);
    Files.writeString(file, arguments.replace(USE_CACHE, cacheOption));
    return file;
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
