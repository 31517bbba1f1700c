package dev.onward.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.onward.local.LocalAws;
import dev.onward.local.LocalAwsOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process of little memory, and projects that nobody should have. */
class UnusualProjectsIT {
  /** As many standard parameters as an account may have. */
  private static final int PARAMETERS = 10_000;

  private static final int SERVICES = 50;
  private static final int READS_A_SECOND = 400;

  /** A third of what Onward's JVM takes for itself in the pod that our manifests ask for. */
  private static final String HEAP = "-Xmx96m";

  @TempDir static Path directory;

  private static final List<String> fetched = new CopyOnWriteArrayList<>();
  private static LocalAws aws;
  private static Operator operator;
  private static HttpServer registry;
  private static OnwardProcess onward;

  @BeforeAll
  static void start() throws IOException {
    aws = LocalAws.start(LocalAwsOptions.defaults().onAnyPort());
    operator = new Operator(directory, aws);
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext("/", exchange -> fetched.add(exchange.getRequestURI().toString()));
    registry.start();
    // Of branches that nobody follows, but for the services of latest and stage.
    for (int i = 0; i < PARAMETERS - SERVICES; i++) {
      String label = i < SERVICES ? "latest" : "branch" + i / SERVICES;
      aws.ssm()
          .putParameter(
              "/huge/images/%s/service%d".formatted(label, i % SERVICES),
              Operator.image("service" + i % SERVICES, "1"),
              "",
              "build");
    }
    operator.writeManifest("huge");
    operator.publish("small", "bags", "1");
    operator.writeManifest("small");
    Map<String, String> environment = operator.environment(aws.endpoint());
    environment.put("JDK_JAVA_OPTIONS", HEAP);
    environment.put("ONWARD_SSM_READS_PER_SECOND", Integer.toString(READS_A_SECOND));
    onward = OnwardProcess.start(directory, environment);
  }

  @AfterAll
  static void stop() {
    onward.close();
    registry.stop(0);
    operator.close();
    aws.close();
  }

  @Test
  void fault29TenThousandParametersFitIntoMemoryAndBudgetAndHoldUpNoOtherProject() {
    eventually().until(() -> hugeIsInStage());
    double listings = listings();
    double huge = cycles("huge");
    double small = cycles("small");
    Instant since = Instant.now();
    eventually().until(() -> cycles("huge") >= huge + 3);

    double seconds = Duration.between(since, Instant.now()).toMillis() / 1000.0;
    assertThat(cycles("small") - small)
        .as("the other is looked at more often, for it takes less")
        .isGreaterThan(3);
    assertThat(listings() - listings)
        .as("within the budget")
        .isBetween(2_000.0, READS_A_SECOND * (seconds + 1));
    assertThat(onward.log()).doesNotContain("OutOfMemory", "this is a bug in Onward");
    assertThat(onward.status("/q/health/live")).isEqualTo(200);
    assertThat(onward.body("/projects/huge")).contains("service49");
  }

  @Test
  void fault43AnImageIsNeverFetchedWhateverItsAddress() {
    String here = "127.0.0.1:" + registry.getAddress().getPort() + "/secrets/bags:latest";
    for (String image :
        List.of(here, "http://" + here, "http://169.254.169.254/latest/meta-data:1")) {
      operator.write("/small/images/latest/bags", image);
      eventually().until(() -> operator.stage("small", "bags").equals(Optional.of(image)));
      for (String path : List.of("environments/stage", "labels/latest/history", "images")) {
        eventually().until(() -> onward.body("/api/v1/projects/small/" + path).contains(image));
      }
      assertThat(onward.status("/projects/small")).isEqualTo(200);
    }
    assertThat(fetched).isEmpty();
  }

  private static boolean hugeIsInStage() {
    return onward
        .body("/api/v1/projects/huge/environments/stage")
        .contains("\"state\":\"in_sync\"");
  }

  private static double cycles(String project) {
    return onward.metric(
        "onward_cycles_total{project=\"%s\",outcome=\"succeeded\"".formatted(project));
  }

  private static double listings() {
    return onward.metric(
        "onward_aws_requests_total{operation=\"GetParametersByPath\",outcome=\"success\"");
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(50));
  }
}
