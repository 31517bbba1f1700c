package dev.onward.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.testing.Settings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverlayIT {
  /** How long Onward may take to stop; PackagedArtifactIT holds it to that. */
  private static final Duration GRACEFUL_SHUTDOWN = Duration.ofSeconds(10);

  @ParameterizedTest
  @ValueSource(strings = {"single", "production"})
  void everyOverlayIsWhatAClusterTakes(String overlay) {
    assertThat(ClusterRules.problems(Overlay.render(overlay))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"single", "production"})
  void theNamespaceLetsOnlyRestrictedPodsIn(String overlay) {
    JsonNode labels = Overlay.render(overlay).one("Namespace").at("/metadata/labels");

    assertThat(labels.path("pod-security.kubernetes.io/enforce").asText()).isEqualTo("restricted");
  }

  @Test
  void oneReplicaForTryingNeedsNoOperatorAndWritesNothing() {
    ClusterObjects single = Overlay.render("single");

    assertThat(single.one("Deployment").at("/spec/replicas").asInt()).isEqualTo(1);
    assertThat(OnwardSettings.environment(server(single))).containsEntry("ONWARD_MODE", "observe");
    assertThat(single.all())
        .extracting(object -> object.path("apiVersion").asText())
        .doesNotContain("monitoring.coreos.com/v1");
  }

  @Test
  void threeReplicasForProductionShareALeaseAndAreNeverAllGone() {
    ClusterObjects production = Overlay.render("production");
    JsonNode deployment = production.one("Deployment").path("spec");

    assertThat(deployment.path("replicas").asInt()).isEqualTo(3);
    assertThat(OnwardSettings.environment(server(production)))
        .containsEntry("ONWARD_LEASE_ENABLED", "true");
    assertThat(deployment.at("/template/spec/topologySpreadConstraints")).hasSize(2);
    assertThat(production.one("PodDisruptionBudget").at("/spec/maxUnavailable").asInt()).isOne();
  }

  @Test
  void aRollingUpdateLeavesTimeForTheLeaseAndForTheWorkUnderWay() {
    JsonNode deployment = Overlay.render("production").one("Deployment").path("spec");
    JsonNode pod = deployment.at("/template/spec");
    int preStop = pod.at("/containers/0/lifecycle/preStop/sleep/seconds").asInt();

    assertThat(deployment.at("/strategy/rollingUpdate/maxUnavailable").asInt(-1)).isZero();
    assertThat(Duration.ofSeconds(deployment.path("minReadySeconds").asInt()))
        .isGreaterThanOrEqualTo(Settings.of().lease().term());
    assertThat(Duration.ofSeconds(pod.path("terminationGracePeriodSeconds").asInt() - preStop))
        .isGreaterThan(GRACEFUL_SHUTDOWN);
  }

  private static JsonNode server(ClusterObjects objects) {
    return objects.one("Deployment").at("/spec/template/spec/containers/0");
  }
}
