package dev.onward.observability;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Prometheus's own checks. */
final class Promtool {
  private static final Path UNIT_TESTS = Path.of("src", "test", "prometheus");

  private Promtool() {}

  /** How a run ended, and everything it said. */
  record Outcome(int status, String output) {}

  static List<Path> unitTests() {
    try (Stream<Path> files = Files.list(UNIT_TESTS)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Skips the test that asks, with the name of what is missing, unless the program is there. */
  static void assumeInstalled(String program) {
    boolean installed =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    assumeTrue(installed, program + " is not on the PATH (Debian: prometheus)");
  }

  static Outcome run(String... arguments) throws IOException, InterruptedException {
    return runWith("", arguments);
  }

  static Outcome runWith(String input, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Path given = Files.createTempFile("promtool", ".in");
    Path said = Files.createTempFile("promtool", ".out");
    try {
      Files.writeString(given, input);
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(given.toFile())
              .redirectOutput(said.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running after a minute: " + command);
      }
      return new Outcome(process.exitValue(), Files.readString(said));
    } finally {
      Files.delete(given);
      Files.delete(said);
    }
  }
}
