package dev.onward.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.local.LocalAws;
import dev.onward.local.LocalAwsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who only reads, or does not even read, stops nothing: with the memory of a container of 512 MiB.
 */
class OverloadAttackIT {
  private static final int PROJECTS = 100;
  private static final int SERVICES = 10;
  private static final int CONTAINER_MEGABYTES = 512;

  /** 60 % of the container's memory, as the artifact's own options have it. */
  private static final String HEAP = "-Xmx307m";

  /** Of builders that do much else meanwhile; the chart gives a liveness probe 5 s. */
  private static final Duration LONGEST_PROBE = Duration.ofSeconds(1);

  private static final int PROBES = 100;

  @TempDir static Path directory;

  private static LocalAws aws;
  private static Operator operator;
  private static OnwardProcess onward;

  @BeforeAll
  static void start() {
    aws = LocalAws.start(LocalAwsOptions.defaults().onAnyPort());
    operator = new Operator(directory, aws);
    for (int project = 0; project < PROJECTS; project++) {
      for (int service = 0; service < SERVICES; service++) {
        aws.ssm()
            .putParameter(
                "/p%d/images/latest/s%d".formatted(project, service),
                Operator.image("s" + service, "1"),
                "",
                "build");
      }
      operator.writeManifest("p" + project);
    }
    Map<String, String> environment = operator.environment(aws.endpoint());
    environment.put("JDK_JAVA_OPTIONS", HEAP);
    environment.put("ONWARD_INTERVAL", "5s");
    onward = OnwardProcess.start(directory, environment);
    eventually().until(() -> onward.status("/q/health/started") == 200);
    eventually().until(() -> cycles() >= PROJECTS);
  }

  @AfterAll
  static void stop() {
    onward.close();
    operator.close();
    aws.close();
  }

  @Test
  void answersThatNobodyReadsTakeBoundedMemoryWhileProbesAndCyclesGoOn() throws Exception {
    double before = cycles();
    long slowest;
    try (var attacker = new Attacker()) {
      attacker.askAndNotRead(onward.address("/q/metrics"), 20, 100);
      attacker.askAndNotRead(onward.address("/api/v1/projects"), 50, 100);
      attacker.askAndNotRead(onward.address("/"), 400, 20);

      slowest = percentile(99, probes());
      eventually().until(() -> cycles() >= before + PROJECTS);
    }
    System.out.printf("Overload: a probe took %d ms (p99), %d MB at most%n", slowest, peak());

    assertThat(Duration.ofMillis(slowest)).isLessThan(LONGEST_PROBE);
    assertThat(peak()).isLessThan(CONTAINER_MEGABYTES);
    assertIsWell();
  }

  @Test
  void readersBeyondTheLimitAreToldToComeBackAndActsAreAnsweredMeanwhile() throws Exception {
    try (var attacker = new Attacker()) {
      List<Integer> statuses = attacker.askAtOnce(onward.address("/projects/p1/history"), 300);

      assertThat(statuses).contains(200, 429).doesNotContain(0, 500);
      assertThat(onward.post("/api/v1/projects/p1/stop?dry_run=true", "{\"reason\": \"fire\"}"))
          .contains("\"status\":403");
    }
    assertIsWell();
  }

  @Test
  void twoHundredEventStreamsAreServedTheOthersAreRefusedAndNoneLeaks() throws Exception {
    eventually().until(() -> files() < 100);
    for (int round = 0; round < 3; round++) {
      try (var attacker = new Attacker()) {
        Map<Integer, Long> statuses =
            attacker.askAtOnce(onward.address("/api/v1/events"), 230).stream()
                .collect(Collectors.groupingBy(it -> it, Collectors.counting()));

        assertThat(statuses).isEqualTo(Map.of(200, 200L, 429, 30L));
      }
      // Whoever left is noticed.
      eventually().until(() -> files() < 100);
    }
    assertIsWell();
  }

  @Test
  void headersThatNeverEndAreCutOff() throws Exception {
    try (var attacker = new Attacker()) {
      assertThat(attacker.continueForEver(onward.address("/"), 1_000_000)).isLessThan(1_000_000);
    }
    assertIsWell();
  }

  private static void assertIsWell() {
    assertThat(onward.isAlive()).isTrue();
    assertThat(onward.log()).doesNotContain("OutOfMemory", "this is a bug in Onward");
    for (int i = 0; i < 20; i++) {
      eventually().until(() -> onward.status("/") == 200);
    }
  }

  /** In milliseconds, in order. */
  private static List<Long> probes() {
    return IntStream.range(0, PROBES)
        .mapToLong(
            _ -> {
              long start = System.nanoTime();
              assertThat(onward.status("/q/health/live")).isEqualTo(200);
              return Duration.ofNanos(System.nanoTime() - start).toMillis();
            })
        .sorted()
        .boxed()
        .toList();
  }

  private static long percentile(int percent, List<Long> sorted) {
    return sorted.get(sorted.size() * percent / 100 - 1);
  }

  private static double cycles() {
    return onward.metric("onward_cycle_duration_seconds_count");
  }

  /** The most that was ever resident. */
  private static long peak() {
    return onward
        .told("VmHWM")
        .map(it -> Long.parseLong(it.replaceAll("\\D+", "")) / 1024)
        .orElse(-1L);
  }

  private static long files() throws IOException {
    try (var open = Files.list(Path.of("/proc", Long.toString(onward.pid()), "fd"))) {
      return open.filter(Files::isSymbolicLink)
          .map(OverloadAttackIT::target)
          .filter(it -> it.startsWith("socket:"))
          .count();
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100));
  }
}
