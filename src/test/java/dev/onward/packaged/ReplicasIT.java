package dev.onward.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onward.local.LocalAws;
import dev.onward.local.LocalAwsOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several processes on one lease. Its term is short, so that the test is; {@code LeaderElectorTest}
 * has the arithmetic of the default. What follows a clean stop depends on no term.
 */
class ReplicasIT {
  private static final String PROJECT = "storage";
  private static final String LISTINGS =
      "onward_aws_requests_total{operation=\"GetParametersByPath\",outcome=\"success\"";
  private static final String CYCLES =
      "onward_cycles_total{project=\"storage\",outcome=\"succeeded\"}";
  private static final Duration AFTER_A_CRASH = Duration.ofSeconds(20);
  private static final Duration AFTER_A_STOP = Duration.ofSeconds(2);

  @TempDir Path directory;

  @Test
  void oneLeadsTheOthersServeAndTakeItsPlace() throws Exception {
    try (var aws = LocalAws.start(LocalAwsOptions.defaults().onAnyPort());
        var operator = new Operator(directory, aws)) {
      operator.writeManifest(PROJECT);
      operator.publish(PROJECT, "bags", "1");
      try (var first = start(operator, aws)) {
        awaitLeading(first);
        try (var second = start(operator, aws)) {
          awaitStage(operator, "1");
          theStandbyShowsWhatIsThereAndSaysSo(second);
          onlyTheLeaderPolls(aws, first, second);
          whatIsSaidThroughTheStandbyHolds(operator, second);
          whoeverStoodStillForLongerThanTheTermLeadsNoMore(first, second);
          aCleanStopHandsOver(second, first);
          awaitWork(operator, "4");
          try (var third = start(operator, aws)) {
            eventually().until(() -> third.body("/api/v1/daemon").contains("\"standby\""));
            aCrashIsNoticed(first, third);
            awaitWork(operator, "5");
          }
        }
      }
    }
  }

  private OnwardProcess start(Operator operator, LocalAws aws) {
    Map<String, String> environment = operator.environment(aws.endpoint());
    environment.put("ONWARD_LEASE_TERM", "2s");
    environment.put("ONWARD_LEASE_STANDBY_INTERVAL", "10m");
    environment.put("ONWARD_API_WRITES", "loopback");
    return OnwardProcess.start(directory, environment);
  }

  private static void theStandbyShowsWhatIsThereAndSaysSo(OnwardProcess standby) {
    eventually().until(() -> standby.status("/q/health/ready") == 200);
    eventually().until(() -> standby.status("/q/health/started") == 200);
    eventually().until(() -> standby.body("/api/v1/projects/storage").contains("in_sync"));
    assertThat(standby.status("/q/health/live")).isEqualTo(200);
    assertThat(standby.body("/projects/storage")).contains("This replica stands by", " leads; it ");
    assertThat(standby.body("/api/v1/daemon")).contains("\"leadership\":\"standby\"");
    eventually().until(() -> count(standby.body("/api/v1/daemon"), "\"started_at\"") >= 3);
    assertThat(standby.body("/q/metrics"))
        .contains("onward_leader 0.0")
        .doesNotContain("onward_environment_state{")
        .doesNotContain("onward_last_successful_cycle_timestamp_seconds{")
        .doesNotContain("onward_cycles_total{");
  }

  private static void onlyTheLeaderPolls(
      LocalAws aws, OnwardProcess leader, OnwardProcess standby) {
    double standbysBefore = standby.metric(LISTINGS);
    double leadersBefore = leader.metric(LISTINGS);
    long before = aws.calls().get("ssm.GetParametersByPath");
    double cycles = leader.metric(CYCLES);
    eventually().until(() -> leader.metric(CYCLES) >= cycles + 4);

    long after = aws.calls().get("ssm.GetParametersByPath");
    assertThat(standby.metric(LISTINGS)).isEqualTo(standbysBefore);
    assertThat((double) (after - before))
        .isGreaterThanOrEqualTo(4)
        .isLessThanOrEqualTo(leader.metric(LISTINGS) - leadersBefore);
  }

  private static void whatIsSaidThroughTheStandbyHolds(Operator operator, OnwardProcess standby) {
    String stage = "/api/v1/projects/storage/environments/stage";
    assertThat(standby.post(stage + "/hold", "{\"reason\": \"a test\"}")).contains("\"done\":true");
    operator.publish(PROJECT, "bags", "2");
    eventually().until(() -> standby.body("/api/v1/projects/storage/releases").contains("bags:2"));
    assertThat(operator.stage(PROJECT, "bags")).contains(Operator.image("bags", "1"));
    assertThat(standby.post(stage + "/resume", "{\"reason\": \"it is over\"}"))
        .contains("\"done\":true");
    awaitStage(operator, "2");
  }

  private static void whoeverStoodStillForLongerThanTheTermLeadsNoMore(
      OnwardProcess leader, OnwardProcess standby) throws Exception {
    leader.standStill();
    Duration took = untilLeading(standby);
    leader.goOn();

    assertThat(took).isLessThan(AFTER_A_CRASH);
    assertThat(leader.metric("onward_leader")).isZero();
    eventually().until(() -> leader.body("/api/v1/daemon").contains("\"leadership\":\"standby\""));
    assertThat(standby.metric("onward_leader")).isEqualTo(1);
  }

  private static void aCleanStopHandsOver(OnwardProcess leader, OnwardProcess standby) {
    leader.askToStop();
    Duration took = untilLeading(standby);

    assertThat(took).isLessThan(AFTER_A_STOP);
    eventually().until(() -> !leader.isAlive());
  }

  private static void aCrashIsNoticed(OnwardProcess leader, OnwardProcess standby) {
    leader.kill();
    assertThat(untilLeading(standby)).isLessThan(AFTER_A_CRASH);
  }

  private static void awaitLeading(OnwardProcess onward) {
    eventually().until(() -> onward.metric("onward_leader") == 1);
  }

  private static Duration untilLeading(OnwardProcess onward) {
    Instant since = Instant.now();
    awaitLeading(onward);
    Duration took = Duration.between(since, Instant.now());
    System.out.printf("took the lead after %d ms%n", took.toMillis());
    return took;
  }

  private static void awaitWork(Operator operator, String tag) {
    operator.publish(PROJECT, "bags", tag);
    awaitStage(operator, tag);
  }

  private static void awaitStage(Operator operator, String tag) {
    eventually()
        .until(
            () -> operator.stage(PROJECT, "bags").equals(Optional.of(Operator.image("bags", tag))));
  }

  private static int count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
  }
}
