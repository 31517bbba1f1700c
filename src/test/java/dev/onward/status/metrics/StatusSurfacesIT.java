package dev.onward.status.metrics;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.onward.plan.Words;
import dev.onward.testing.LocalAwsResource;
import dev.onward.testing.Management;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Metrics and health, as a cluster meets them. */
@QuarkusTest
@QuarkusTestResource(LocalAwsResource.class)
class StatusSurfacesIT {
  @BeforeEach
  void waitUntilReady() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> RestAssured.get(Management.url("/q/health/ready")).statusCode(), is(200));
  }

  @Test
  void theEndpointServesExactlyTheDocumentedMetrics() {
    await().until(() -> metrics().contains("onward_environment_state{project=\"storage\""));
    Collection<String> served =
        metrics()
            .lines()
            .filter(line -> line.startsWith("# TYPE onward_") && !line.contains("_seconds_max "))
            .map(line -> line.substring("# TYPE ".length()))
            .collect(Collectors.toSet());
    assertThat(served)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(OnwardMetric.values())
                .map(metric -> metric.prometheusName() + " " + Words.of(metric.type()))
                .toList());
  }

  @Test
  void noSeriesCarriesAReleaseIdOrAnImage() {
    assertThat(metrics().lines().filter(line -> line.startsWith("onward_")))
        .isNotEmpty()
        .noneMatch(line -> line.contains("example.com/"))
        .noneMatch(line -> line.matches(".*[0-9a-f]{8}-[0-9a-f]{4}-.*"));
  }

  @Test
  void fault19AnInvalidManifestIsNamedByTheHealthDetailAndByItsMetric() {
    when()
        .get(Management.url("/q/health/ready"))
        .then()
        .body("checks[0].data.manifest_errors", equalTo(1))
        .body("checks[0].data.'manifest error 1'", containsString("invalid.environments"));
    assertThat(metrics()).contains("onward_manifest_valid{file=\"invalid.yaml\",} 0.0");
  }

  @Test
  void oneProjectThatFailsIsNamedAndDoesNotMakeTheRestUnready() {
    await()
        .until(
            () ->
                RestAssured.get(Management.url("/q/health/ready"))
                        .path("checks[0].data.'failing: broken'")
                    != null);
    when()
        .get(Management.url("/q/health/ready"))
        .then()
        .statusCode(200)
        .body("checks[0].data.'failing: broken'", containsString("releases-broken"))
        .body("checks[0].data.failing_projects", equalTo(1));
  }

  @Test
  void theLoopIsAliveAndHasStarted() {
    when()
        .get(Management.url("/q/health/live"))
        .then()
        .statusCode(200)
        .body("status", equalTo("UP"));
    when()
        .get(Management.url("/q/health/started"))
        .then()
        .statusCode(200)
        .body("status", equalTo("UP"));
  }

  private static String metrics() {
    return given().accept("text/plain").get(Management.url("/q/metrics")).asString();
  }
}
