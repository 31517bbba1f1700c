package dev.onward.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** Where Onward listens, and what whoever knocks there asks for. {@link DoorsIT} opens them. */
final class Doors {
  static final int PORT = 8080;
  static final String METRICS = "/q/metrics";

  /** The probes and their paths. */
  static final Map<String, String> PROBES =
      Map.of(
          "startupProbe", "/q/health/started",
          "livenessProbe", "/q/health/live",
          "readinessProbe", "/q/health/ready");

  private final Problems problems = new Problems();

  private Doors() {}

  static List<String> problems(ClusterObjects objects) {
    var check = new Doors();
    check.container(objects.one("Deployment").at("/spec/template/spec/containers/0"));
    objects.ofKind("ServiceMonitor").forEach(check::monitor);
    return check.problems.all();
  }

  private void container(JsonNode container) {
    problems.unless(
        container.path("ports").size() == 1
            && container.at("/ports/0/containerPort").asInt() == PORT
            && container.at("/ports/0/name").asText().equals("http"),
        "ports",
        "found %s; allowed: http, %d".formatted(container.path("ports"), PORT));
    PROBES.forEach(
        (probe, path) -> {
          JsonNode get = container.path(probe).path("httpGet");
          problems.unless(
              get.path("path").asText().equals(path) && get.path("port").asText().equals("http"),
              probe,
              "found %s; allowed: %s at http".formatted(get, path));
        });
  }

  private void monitor(JsonNode monitor) {
    JsonNode endpoints = monitor.at("/spec/endpoints");
    problems.unless(
        endpoints.size() == 1 && endpoints.at("/0/path").asText().equals(METRICS),
        "ServiceMonitor",
        "found %s; allowed: %s".formatted(endpoints, METRICS));
  }
}
