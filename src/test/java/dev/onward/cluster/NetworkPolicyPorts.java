package dev.onward.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * Where Onward listens, and what whoever knocks there asks for. {@link NetworkPolicyPortsIT} opens
 * them.
 */
final class NetworkPolicyPorts {
  static final int PORT = 8080;

  /** That of health and metrics. */
  static final int MANAGEMENT_PORT = 9000;

  static final String METRICS = "/q/metrics";

  /** The probes and their paths. */
  static final Map<String, String> PROBES =
      Map.of(
          "startupProbe", "/q/health/started",
          "livenessProbe", "/q/health/live",
          "readinessProbe", "/q/health/ready");

  private final Problems problems = new Problems();

  private NetworkPolicyPorts() {}

  static List<String> problems(ClusterObjects objects) {
    var check = new NetworkPolicyPorts();
    check.container(objects.one("Deployment").at("/spec/template/spec/containers/0"));
    objects.ofKind("ServiceMonitor").forEach(check::monitor);
    return check.problems.all();
  }

  private void container(JsonNode container) {
    problems.unless(
        container
            .path("ports")
            .valueStream()
            .map(port -> port.path("name").asText() + " " + port.path("containerPort").asText())
            .toList()
            .equals(List.of("http " + PORT, "management " + MANAGEMENT_PORT)),
        "ports",
        "found %s; allowed: http %d, management %d"
            .formatted(container.path("ports"), PORT, MANAGEMENT_PORT));
    PROBES.forEach(
        (probe, path) -> {
          JsonNode get = container.path(probe).path("httpGet");
          problems.unless(
              get.path("path").asText().equals(path)
                  && get.path("port").asText().equals("management"),
              probe,
              "found %s; allowed: %s at management".formatted(get, path));
        });
  }

  private void monitor(JsonNode monitor) {
    JsonNode endpoints = monitor.at("/spec/endpoints");
    problems.unless(
        endpoints.size() == 1
            && endpoints.at("/0/path").asText().equals(METRICS)
            && endpoints.at("/0/port").asText().equals("management"),
        "ServiceMonitor",
        "found %s; allowed: %s at management".formatted(endpoints, METRICS));
  }
}
