package dev.onward.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.local.LocalAws;
import dev.onward.local.LocalAwsOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagedArtifactIT {
  private static final String PROJECT = "storage";
  private static final int SERVICES = 10;
  private static final String DAEMON = "/api/v1/daemon";
  private static final Pattern OTHER_DIGITS = Pattern.compile("[\\p{Nd}&&[^0-9]]");

  @TempDir Path directory;

  @Test
  void standardAwsSettingsAreEnoughForStageToFollowLatest() throws InterruptedException {
    try (var aws = LocalAws.start(LocalAwsOptions.defaults().onAnyPort());
        var operator = published(aws);
        var onward = OnwardProcess.start(directory, operator.environment(aws.endpoint()))) {
      awaitStage(operator, "1");
      eventually().until(() -> onward.status("/q/health/ready") == 200);
      assertThat(onward.status("/q/health/started")).isEqualTo(200);
      assertThat(onward.log()).as("the JVM took its cache").doesNotContain("[aot]");
      assertThat(onward.body("/api/v1/projects/storage/environments/stage")).contains("in_sync");
      assertThat(onward.body("/api/v1/projects/storage/environments/prod"))
          .contains("mode is manual");
      assertThat(onward.status("/q/swagger-ui/")).isEqualTo(200);

      oneChangedServiceCostsOnePut(aws, operator);
      aSteadyCycleCostsOneListingAndOneReadAndWritesNothing(aws, onward);

      assertThat(onward.terminate()).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void startedAsAPlainJarInALocaleOfOtherDigitsItPromotesAndShowsTheSame() {
    var persian = Locale.of("fa", "IR");
    try (var aws = LocalAws.start(LocalAwsOptions.defaults().onAnyPort());
        var operator = published(aws)) {
      operator.writeManifest(
          PROJECT + ".yaml",
          """
          storage:
            release: {quiet_period: 0s}
            environments:
              - {id: stage, promotion: {from: latest, mode: auto}}
              - {id: prod, promotion: {from: stage, mode: auto, gates: {soak: 1s}}}
          """);
      try (var onward =
          OnwardProcess.startJar(directory, persian, operator.environment(aws.endpoint()))) {
        awaitImages(operator, "prod", "1");
        eventually().until(() -> onward.status("/q/health/ready") == 200);
        operator.publish(PROJECT, "service0", "a value that is no image");
        eventually().until(() -> onward.log().contains("a value that is no image"));
        for (String path :
            List.of("/", "/projects/storage", "/projects/storage/history", "/q/metrics", DAEMON)) {
          assertThat(onward.body(path)).as(path).isNotEmpty().doesNotContainPattern(OTHER_DIGITS);
        }
        assertThat(onward.log()).doesNotContainPattern(OTHER_DIGITS);
      }
    }
  }

  private static void oneChangedServiceCostsOnePut(LocalAws aws, Operator operator) {
    aws.resetCalls();
    operator.publish(PROJECT, "service3", "2");
    eventually()
        .until(
            () ->
                operator
                    .stage(PROJECT, "service3")
                    .equals(Optional.of(Operator.image("service3", "2"))));
    assertThat(aws.calls().get("ssm.PutParameter")).as("the build's and Onward's").isEqualTo(2);
  }

  private static void aSteadyCycleCostsOneListingAndOneReadAndWritesNothing(
      LocalAws aws, OnwardProcess onward) {
    String cycles = "onward_cycles_total{project=\"storage\",outcome=\"succeeded\"}";
    awaitCycles(onward, cycles, 2);
    Map<String, Long> before = aws.calls();
    double cyclesBefore = onward.metric(cycles);
    awaitCycles(onward, cycles, 4);
    Map<String, Long> after = aws.calls();
    // What is read last may have counted a cycle that is still under way.
    double cyclesDone = onward.metric(cycles) - cyclesBefore;
    long pages = (3 * SERVICES + 9) / 10;
    after.forEach(
        (operation, calls) -> {
          long more = calls - before.getOrDefault(operation, 0L);
          switch (operation) {
            case "ssm.GetParametersByPath" ->
                assertThat((double) more).isLessThanOrEqualTo((cyclesDone + 1) * pages);
            case "dynamodb.Query" -> assertThat((double) more).isLessThanOrEqualTo(cyclesDone + 1);
            // What operators have said about everything: once a round, for all projects together.
            case "dynamodb.GetItem" ->
                assertThat((double) more).isLessThanOrEqualTo(cyclesDone + 1);
            // The lease: three times a term of ten seconds, while a cycle comes every second.
            case "dynamodb.UpdateItem" ->
                assertThat((double) more).isLessThanOrEqualTo(cyclesDone / 2 + 1);
            default -> assertThat(more).as(operation).isZero();
          }
        });
  }

  @Test
  void unreachableAwsLeavesItAliveAndNotReadyUntilAwsIsThere() {
    int port = OnwardProcess.freePort();
    try (var closed = LocalAws.start(LocalAwsOptions.defaults().onAnyPort().withoutDynamoDb());
        var writer = new Operator(directory, closed);
        var onward =
            OnwardProcess.start(
                directory, writer.environment(URI.create("http://127.0.0.1:" + port)))) {
      writer.writeManifest(PROJECT);
      eventually().until(() -> onward.body("/q/health/ready").contains("cannot reach AWS"));
      assertThat(onward.status("/q/health/ready")).isEqualTo(503);
      assertThat(onward.status("/q/health/live")).isEqualTo(200);
      try (var aws = LocalAws.start(LocalAwsOptions.defaults().onPort(port));
          var operator = published(aws)) {
        awaitStage(operator, "1");
        eventually().until(() -> onward.status("/q/health/ready") == 200);
      }
      assertThat(onward.isAlive()).isTrue();
    }
  }

  @Test
  void aManifestThatBecomesInvalidLeavesTheLastGoodOneInForce() {
    try (var aws = LocalAws.start(LocalAwsOptions.defaults().onAnyPort());
        var operator = published(aws);
        var onward = OnwardProcess.start(directory, operator.environment(aws.endpoint()))) {
      awaitStage(operator, "1");
      operator.writeManifest(PROJECT + ".yaml", "storage: {environments: [{id: 'a b'}]}");
      eventually().until(() -> onward.log().contains("storage.environments[0].id"));
      assertThat(onward.body("/api/v1/daemon")).contains("storage.environments[0].id");
      operator.publish(PROJECT, "service0", "2");
      eventually()
          .until(
              () ->
                  operator
                      .stage(PROJECT, "service0")
                      .equals(Optional.of(Operator.image("service0", "2"))));
    }
  }

  @Test
  void missingTablesAreNamedAndNeverCreatedSilently() {
    try (var aws = LocalAws.start(LocalAwsOptions.defaults().onAnyPort());
        var operator = published(aws)) {
      Map<String, String> environment = operator.environment(aws.endpoint());
      environment.put("ONWARD_CREATE_TABLES", "false");
      try (var onward = OnwardProcess.start(directory, environment)) {
        eventually().until(() -> onward.log().contains("onward-state"));
        assertThat(onward.log()).contains("create-tables");
        assertThat(aws.calls()).doesNotContainKey("dynamodb.CreateTable");
      }
    }
  }

  private Operator published(LocalAws aws) {
    var operator = new Operator(directory, aws);
    for (int i = 0; i < SERVICES; i++) {
      operator.publish(PROJECT, "service" + i, "1");
    }
    operator.writeManifest(PROJECT);
    return operator;
  }

  private static void awaitStage(Operator operator, String tag) {
    awaitImages(operator, "stage", tag);
  }

  private static void awaitImages(Operator operator, String environment, String tag) {
    for (int i = 0; i < SERVICES; i++) {
      String service = "service" + i;
      eventually()
          .until(
              () ->
                  operator
                      .image(PROJECT, environment, service)
                      .equals(Optional.of(Operator.image(service, tag))));
    }
  }

  private static void awaitCycles(OnwardProcess onward, String metric, int more) {
    double before = onward.metric(metric);
    eventually().until(() -> onward.metric(metric) >= before + more);
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
  }
}
