package dev.onward.packaged;

import static org.awaitility.Awaitility.await;

import dev.onward.local.LocalAws;
import dev.onward.local.LocalAwsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Completes an artifact: writes how its JVM is started, and trains the JVM's cache by one run
 * against the local AWS that does what a start does and answers what people and probes ask. Run by
 * the build when the jars are there, with the JVM's options; and again, without them, where the
 * artifact gets another JVM: in an image.
 */
public final class StartCache {
  private static final String TRAINING = "training.args";

  private StartCache() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    var artifact = new Artifact(Path.of(args[0]).toAbsolutePath().normalize());
    Path cache = artifact.directory().resolve(Artifact.CACHE);
    Files.deleteIfExists(cache);
    if (args.length > 1) {
      artifact.writeArguments(Path.of(args[1]));
    }
    Path training =
        artifact.writeArguments(
            TRAINING, "-XX:AOTCacheOutput=" + Artifact.CACHE + " -Xlog:aot=error");
    Path directory = Files.createTempDirectory("onward-training");
    try (var aws = LocalAws.start(LocalAwsOptions.defaults().onAnyPort());
        var operator = new Operator(directory, aws)) {
      operator.publish("storage", "bags", "1");
      operator.writeManifest("storage");
      try (var onward =
          OnwardProcess.start(
              artifact, List.of("@" + TRAINING), directory, operator.environment(aws.endpoint()))) {
        use(operator, onward);
        onward.terminate();
        if (!Files.exists(cache)) {
          throw new IllegalStateException("the JVM wrote no cache; its log:\n" + onward.log());
        }
      }
    }
    Files.delete(training);
  }

  private static void use(Operator operator, OnwardProcess onward) {
    var image = Optional.of(Operator.image("bags", "1"));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> operator.stage("storage", "bags").equals(image));
    for (String path :
        new String[] {
          "/q/health/live",
          "/q/health/ready",
          "/q/health/started",
          "/q/metrics",
          "/q/openapi",
          "/api/v1/projects",
          "/api/v1/projects/storage",
          "/api/v1/projects/storage/environments/stage",
          "/api/v1/projects/storage/releases",
          "/api/v1/daemon"
        }) {
      await().until(() -> onward.status(path) == 200);
    }
  }
}
