package dev.onward.packaged;

import static org.awaitility.Awaitility.await;

import dev.onward.local.LocalAws;
import dev.onward.local.LocalAwsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures how long the packaged artifact takes to answer with the board's pages when it manages a
 * thousand projects of three environments. It goes on reconciling them meanwhile, as a daemon does,
 * beside the local AWS. Started by {@code bench/board}; no test, for nothing here fails when a
 * machine is slow.
 */
public final class BoardSpeed {
  private static final int PROJECTS = 1_000;
  private static final int WARM_UP = 200;
  private static final int REQUESTS = 200;

  private BoardSpeed() {}

  public static void main(String[] args) throws IOException {
    Path directory = Files.createTempDirectory("onward-bench");
    try (var aws = LocalAws.start(LocalAwsOptions.defaults().onAnyPort());
        var operator = new Operator(directory, aws)) {
      for (int project = 0; project < PROJECTS; project++) {
        operator.writeManifest("project%04d.yaml".formatted(project), manifest(project));
        operator.publish("project%04d".formatted(project), "service", "1");
      }
      var settings = new HashMap<>(operator.environment(aws.endpoint()));
      settings.put("ONWARD_INTERVAL", "20s");
      // For a profiler, say: the artifact's own, not this process's.
      Optional.ofNullable(System.getenv("ARTIFACT_JAVA_OPTIONS"))
          .ifPresent(options -> settings.put("JDK_JAVA_OPTIONS", options));
      try (var onward = OnwardProcess.start(directory, Map.copyOf(settings))) {
        await()
            .atMost(Duration.ofMinutes(10))
            .pollInterval(Duration.ofSeconds(1))
            .until(() -> allInStep(onward));
        measure(onward, "/");
        measure(onward, "/?q=project0500");
        measure(onward, "/projects/project0500");
        measure(onward, "/api/v1/projects");
      }
    }
  }

  private static String manifest(int project) {
    return """
        project%1$04d:
          name: Project %1$d
          release: {quiet_period: 0s}
          environments:
            - id: stage
              name: Staging
              promotion: {from: latest}
            - id: canary
              name: Canary
              promotion: {from: stage}
            - id: prod
              name: Production
              promotion: {from: canary}
        """
        .formatted(project);
  }

  private static boolean allInStep(OnwardProcess onward) {
    if (onward.status("/q/health/started") != 200) {
      return false;
    }
    String all = onward.body("/api/v1/projects");
    return all.split("\"state\":\"in_step\"", -1).length - 1 == 3 * PROJECTS;
  }

  private static void measure(OnwardProcess onward, String path) {
    for (int i = 0; i < WARM_UP; i++) {
      onward.body(path);
    }
    List<Double> took = new ArrayList<>();
    int size = 0;
    for (int i = 0; i < REQUESTS; i++) {
      long begin = System.nanoTime();
      size = onward.body(path).length();
      took.add((System.nanoTime() - begin) / 1e6);
    }
    took.sort(null);
    System.out.printf(
        "GET %s with %,d projects: median %.1f ms, 99 in 100 within %.1f ms, %,d KB (%d times)%n",
        path,
        PROJECTS,
        took.get(took.size() / 2),
        took.get(took.size() * 99 / 100),
        size / 1024,
        took.size());
  }
}
