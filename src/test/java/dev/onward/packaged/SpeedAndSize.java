package dev.onward.packaged;

import static org.awaitility.Awaitility.await;

import dev.onward.local.LocalAws;
import dev.onward.local.LocalAwsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Measures the packaged artifact against the local AWS: from process start to the first cycle done,
 * resident memory with 100 projects of 10 services, and from a parameter's change to its
 * environment's parameters converged. Started by {@code bench/speed-and-size}; no test, for nothing
 * here fails when a machine is slow.
 */
public final class SpeedAndSize {
  private static final int PROJECTS = 100;
  private static final int SERVICES = 10;
  private static final int CHANGES = 30;
  private static final int STARTS = 5;

  private SpeedAndSize() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("onward-bench");
    try (var aws = LocalAws.start(LocalAwsOptions.defaults().onAnyPort());
        var operator = new Operator(directory, aws)) {
      operator.publish("first", "service", "1");
      operator.writeManifest("first");
      List<Long> starts = new ArrayList<>();
      for (int i = 0; i < STARTS; i++) {
        starts.add(firstCycle(directory, operator, aws));
      }
      print("start to first cycle done", starts);
      prepareEstate(operator);
      try (var onward = start(directory, operator, aws)) {
        awaitAll(operator);
        print("change to converged, 1 s interval", changes(operator));
        System.out.printf(
            "resident memory, %d projects of %d services: %d MB%n",
            PROJECTS, SERVICES, onward.residentMegabytes());
      }
    }
  }

  private static long firstCycle(Path directory, Operator operator, LocalAws aws) {
    try (var onward = start(directory, operator, aws)) {
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> onward.status("/q/health/started") == 200);
      return Duration.between(onward.startedAt(), Instant.now()).toMillis();
    }
  }

  private static void prepareEstate(Operator operator) {
    for (int project = 0; project < PROJECTS; project++) {
      operator.writeManifest("project" + project);
      for (int service = 0; service < SERVICES; service++) {
        operator.publish("project" + project, "service" + service, "1");
      }
    }
  }

  private static void awaitAll(Operator operator) {
    for (int project = 0; project < PROJECTS; project++) {
      awaitStage(operator, "project" + project, "service" + (SERVICES - 1), "1");
    }
  }

  private static List<Long> changes(Operator operator) {
    var took = new ArrayList<Long>();
    for (int i = 0; i < CHANGES; i++) {
      String project = "project" + i * 7 % PROJECTS;
      Instant published = Instant.now();
      operator.publish(project, "service0", "change" + i);
      awaitStage(operator, project, "service0", "change" + i);
      took.add(Duration.between(published, Instant.now()).toMillis());
    }
    return took;
  }

  private static void awaitStage(Operator operator, String project, String service, String tag) {
    await()
        .atMost(Duration.ofMinutes(5))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () ->
                operator.stage(project, service).equals(Optional.of(Operator.image(service, tag))));
  }

  private static OnwardProcess start(Path directory, Operator operator, LocalAws aws) {
    return OnwardProcess.start(directory, operator.environment(aws.endpoint()));
  }

  private static void print(String what, List<Long> millis) {
    List<Long> sorted = millis.stream().sorted().toList();
    System.out.printf(
        "%s: median %d ms, least %d ms, most %d ms (%d times)%n",
        what, sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast(), sorted.size());
  }
}
