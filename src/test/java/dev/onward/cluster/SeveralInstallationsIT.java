package dev.onward.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each installation's alerts are about itself, even when it is gone altogether. */
class SeveralInstallationsIT {
  private static final String RULES = Chart.least("rules: {enabled: true}");

  @TempDir private Path directory;

  @Test
  void oneThatIsGoneIsMissedWhileTheOtherLeadsAndEachAlertComesOnce() throws IOException {
    write("one.yaml", Chart.render("onward", RULES, "onward"));
    write("two.yaml", Chart.render("second", RULES, "releases"));
    Path test =
        Files.writeString(
            directory.resolve("test.yaml"),
            """
            rule_files: [one.yaml, two.yaml]
            evaluation_interval: 1m
            tests:
              - name: the second one is gone after five minutes, and the first goes on, failing with one project
                interval: 1m
                input_series:
                  - {series: 'onward_leader{namespace="onward", job="onward", instance="a"}', values: 1x30}
                  - {series: 'onward_leader{namespace="releases", job="second-onward", instance="b"}', values: 1x5 stale}
                  - series: onward_project_failing{namespace="onward", job="onward", project="storage", kind="stalled"}
                    values: 1x30
                alert_rule_test:
                  - {eval_time: 7m, alertname: OnwardNoLeader}
                  - eval_time: 10m
                    alertname: OnwardNoLeader
                    exp_alerts:
                      - exp_labels: {severity: critical, namespace: releases, job: second-onward}
                        exp_annotations:
                          summary: Onward has no leader
                          description: >-
                            For 3 minutes no replica has held the lease, or no replica could be scraped. Replicas that
                            cannot reach the lease continue at standby pace; if none is running, nothing is promoted and
                            no drift is detected.
                          runbook_url: docs/runbooks.md#onwardnoleader
                promql_expr_test:
                  - expr: count by (alertname, namespace, job) (ALERTS{alertstate="firing"})
                    eval_time: 15m
                    exp_samples:
                      - {labels: '{alertname="OnwardNoLeader", namespace="releases", job="second-onward"}', value: 1}
                      - {labels: '{alertname="OnwardReconcileFailing", namespace="onward", job="onward"}', value: 1}
            """);

    Tool.orSkip("promtool").output(List.of("test", "rules", test.toString()));
  }

  private void write(String file, ClusterObjects chart) throws IOException {
    JsonNode groups = chart.one("PrometheusRule").path("spec");
    new YAMLMapper().writeValue(directory.resolve(file).toFile(), groups);
  }
}
