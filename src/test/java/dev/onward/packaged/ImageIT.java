package dev.onward.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.onward.local.LocalAws;
import dev.onward.local.LocalAwsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Dockerfile makes, built and run without an engine for containers. */
class ImageIT {
  @TempDir Path root;

  @BeforeEach
  void thisMachineCanDoWithoutAnEngine() throws IOException {
    assumeTrue(
        UnpackedImage.isPossible(), "needs root, unshare and chroot to stand in for an engine");
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void theImageWorksWithoutRootOnAReadOnlyFileSystem() throws Exception {
    var image = UnpackedImage.build(Dockerfile.ours(), root);
    Path directory = image.onDisk("/onward");
    Map<Path, String> before = contents(directory);
    assertThat(before).containsKey(Path.of(Artifact.CACHE));
    try (var aws = LocalAws.start(LocalAwsOptions.defaults().onAnyPort());
        var operator = new Operator(root, aws)) {
      operator.publish("storage", "bags", "1");
      operator.writeManifest("storage");
      Map<String, String> environment = operator.environment(aws.endpoint());
      environment.put("ONWARD_MANIFESTS", "/manifests");
      environment.put("PATH", System.getenv("PATH"));
      try (var onward = OnwardProcess.start(image.start(), root, root, environment)) {
        doesItsWork(operator, onward);
        assertThat(onward.told("Uid")).hasValue("10001\t10001\t10001\t10001");
        assertThat(onward.told("CapEff")).hasValue("0000000000000000");
        assertThat(onward.terminate()).isLessThan(Duration.ofSeconds(10));
        assertThat(onward.log())
            .as("the JVM took the cache that the image made")
            .doesNotContain("[aot]")
            .doesNotContain("Read-only file system")
            .doesNotContain("Permission denied");
      }
    }
    assertThat(contents(directory)).isEqualTo(before);
    nothingCanBeWritten(image);
  }

  private static void doesItsWork(Operator operator, OnwardProcess onward) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () ->
                operator.stage("storage", "bags").equals(Optional.of(Operator.image("bags", "1"))));
    await().until(() -> onward.status("/q/health/ready") == 200);
    assertThat(onward.status("/q/health/live")).isEqualTo(200);
  }

  /** Or the test above would show nothing. */
  private void nothingCanBeWritten(UnpackedImage image) throws Exception {
    assertThat(exitOf(image.start(List.of("touch", "/onward/file")))).isNotZero();
    assertThat(exitOf(image.start(List.of("touch", "/file")))).isNotZero();
    assertThat(exitOf(image.start(List.of("touch", "/tmp/file")))).isZero();
  }

  private static int exitOf(List<String> command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static Map<Path, String> contents(Path directory) throws IOException {
    var contents = new TreeMap<Path, String>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        contents.put(
            directory.relativize(file), Files.getLastModifiedTime(file) + " " + Files.size(file));
      }
    }
    return contents;
  }
}
