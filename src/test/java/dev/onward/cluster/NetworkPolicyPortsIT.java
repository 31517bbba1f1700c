package dev.onward.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testing.LocalAwsResource;
import dev.onward.testing.Management;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The doors that manifests and chart knock at are Onward's own. */
@QuarkusTest
@QuarkusTestResource(LocalAwsResource.class)
class NetworkPolicyPortsIT {
  @ParameterizedTest
  @ValueSource(strings = {"startupProbe", "livenessProbe", "readinessProbe"})
  void everyProbeIsAnsweredByAHealthCheck(String probe) {
    var answer = RestAssured.get(Management.url(NetworkPolicyPorts.PROBES.get(probe)));

    assertThat(answer.statusCode()).isIn(200, 503);
    assertThat(answer.path("checks.size()").toString()).isNotEqualTo("0");
  }

  @Test
  void metricsAreWhereTheMonitorScrapesThem() {
    assertThat(RestAssured.get(Management.url(NetworkPolicyPorts.METRICS)).body().asString())
        .contains("onward_build_info");
  }
}
