package dev.onward.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A command of the machine that tests run on. */
record Tool(Path program) {
  private static final int TIMEOUT_SECONDS = 30;

  /** Skips the test, with the tool's name, where the machine has none. */
  static Tool orSkip(String name) {
    Optional<Path> found =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .map(directory -> Path.of(directory, name))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), () -> name + " is not on the PATH; .ci/run installs it");
    return new Tool(found.orElseThrow());
  }

  /**
   * @param text what was written to either stream
   */
  record Answer(int exit, String text) {}

  Answer run(List<String> arguments) {
    try {
      // By way of a file: a full pipe would stop the process, and waiting for its end would be
      // vain.
      Path output = Files.createTempFile("onward-tool", ".out");
      try {
        Process process =
            new ProcessBuilder(
                    Stream.concat(Stream.of(program.toString()), arguments.stream()).toList())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new IllegalStateException(program + " " + arguments + " did not end");
        }
        return new Answer(process.exitValue(), Files.readString(output, UTF_8));
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What it says when all is well. */
  String output(List<String> arguments) {
    Answer answer = run(arguments);
    assertThat(answer.exit()).as("%s %s: %s", program, arguments, answer.text()).isZero();
    return answer.text();
  }
}
