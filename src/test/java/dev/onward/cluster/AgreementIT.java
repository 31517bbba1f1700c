package dev.onward.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The chart and the plain manifests for production say the same, each in its own way, but for the
 * differences that are named here.
 */
class AgreementIT {
  private static final String CONTAINER = "/spec/template/spec/containers/0";

  /** As patterns, with the reason of each. */
  private static final Map<String, String> DIFFERENCES =
      Map.of(
          "Namespace onward: only in k8s",
          "Helm makes no namespace of its own release",
          "Pod onward-test: only in the chart",
          "kustomize has no test",
          "Service onward-pods: only in the chart",
          "by which that test finds the pods",
          "NetworkPolicy onward /spec/ingress/[01]/from/1/podSelector/.*: .* in the chart, nothing"
              + " in k8s",
          "the test's way in",
          ".* (/spec/template)?/metadata/labels/(helm.sh/chart|app.kubernetes.io/(managed-by|version)):"
              + " .* in the chart, nothing in k8s",
          "what only those look at who tell one version of a chart from another");

  /** And where nobody asked the chart for it. */
  private static final Map<String, String> MONITORING =
      Map.of(
          "ServiceMonitor onward: only in k8s", "needs the Prometheus operator",
          "PrometheusRule onward: only in k8s", "needs the Prometheus operator",
          "ConfigMap onward-dashboards: only in k8s", "needs Grafana's sidecar");

  @Test
  void withDefaultValuesTheChartIsTheProductionOverlayButForMonitoring() throws IOException {
    var named = new TreeMap<>(DIFFERENCES);
    named.putAll(MONITORING);

    // The Region and the manifests have no default.
    assertAgreement(Chart.render(values("aws: {region: eu-west-1}")), named);
  }

  @Test
  void withMonitoringTheChartIsTheProductionOverlay() throws IOException {
    assertAgreement(withMonitoring(), DIFFERENCES);
  }

  @Test
  void whereTheyDifferIsToldByPlace() throws IOException {
    ClusterObjects other = Overlay.render("production").copy();
    ((ObjectNode) other.one("Deployment").path("spec")).put("replicas", 5);

    assertThat(unnamed(differences(withMonitoring(), other), DIFFERENCES))
        .containsExactly("Deployment onward /spec/replicas: 3 in the chart, 5 in k8s");
  }

  /** No other difference than those, and each of them. */
  private static void assertAgreement(ClusterObjects chart, Map<String, String> named) {
    List<String> found = differences(chart, Overlay.render("production"));

    assertThat(unnamed(found, named)).isEmpty();
    assertThat(named)
        .allSatisfy(
            (pattern, why) -> assertThat(found).as(why).anyMatch(it -> it.matches(pattern)));
  }

  private static List<String> unnamed(List<String> differences, Map<String, String> named) {
    return differences.stream()
        .filter(difference -> named.keySet().stream().noneMatch(difference::matches))
        .toList();
  }

  private static ClusterObjects withMonitoring() throws IOException {
    return Chart.render(
        values(Files.readString(Chart.DIRECTORY.resolve("ci/production-values.yaml"))));
  }

  /** With the manifests that the plain ones have. */
  private static String values(String values) throws IOException {
    Path manifest = Path.of("k8s", "base", "manifests", "storage.yaml");
    return Chart.and(
        values,
        "manifests:\n  files:\n    storage.yaml: |\n" + Files.readString(manifest).indent(6));
  }

  private static List<String> differences(ClusterObjects chart, ClusterObjects plain) {
    return Stream.of(
            missing(chart, plain).map(name -> name + ": only in the chart"),
            missing(plain, chart).map(name -> name + ": only in k8s"),
            differencesOfBoth(flat(common(chart, plain)), flat(common(plain, chart))))
        .flatMap(found -> found)
        .toList();
  }

  private static Stream<String> missing(ClusterObjects here, ClusterObjects there) {
    return here.names().stream().filter(name -> there.find(name).isEmpty());
  }

  private static ClusterObjects common(ClusterObjects here, ClusterObjects there) {
    return new ClusterObjects(
        here.copy().all().stream()
            .filter(object -> there.find(ClusterObjects.name(object)).isPresent())
            .toList());
  }

  private static Stream<String> differencesOfBoth(
      SortedMap<String, String> left, SortedMap<String, String> right) {
    var places = new TreeSet<>(left.keySet());
    places.addAll(right.keySet());
    return places.stream()
        .filter(place -> !left.getOrDefault(place, "").equals(right.getOrDefault(place, "")))
        .map(
            place ->
                "%s: %s in the chart, %s in k8s"
                    .formatted(
                        place,
                        left.getOrDefault(place, "nothing"),
                        right.getOrDefault(place, "nothing")));
  }

  /** Every value by its place; the environment as the settings that it makes. */
  private static SortedMap<String, String> flat(ClusterObjects objects) {
    var values = new TreeMap<String, String>();
    for (ObjectNode object : objects.all()) {
      String name = ClusterObjects.name(object) + " ";
      if (object.at(CONTAINER) instanceof ObjectNode container) {
        settings(container)
            .forEach((variable, value) -> values.put(name + "environment " + variable, value));
        container.remove("env");
      }
      flatten(name, object, values);
    }
    return values;
  }

  /** Without those that say what is the case anyway: the chart says them all. */
  private static Map<String, String> settings(JsonNode container) {
    Map<String, String> defaults =
        OnwardSettings.defaults().entrySet().stream()
            .collect(
                Collectors.toMap(
                    property ->
                        property.getKey().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"),
                    Map.Entry::getValue));
    Map<String, String> settings = OnwardSettings.environment(container);
    settings.entrySet().removeIf(entry -> entry.getValue().equals(defaults.get(entry.getKey())));
    return settings;
  }

  private static void flatten(String place, JsonNode node, Map<String, String> values) {
    if (node.isObject() && !node.isEmpty()) {
      node.properties()
          .forEach(field -> flatten(place + "/" + field.getKey(), field.getValue(), values));
    } else if (node.isArray() && !node.isEmpty()) {
      List<JsonNode> elements = new ArrayList<>();
      node.forEach(elements::add);
      for (int i = 0; i < elements.size(); i++) {
        flatten(place + "/" + i, elements.get(i), values);
      }
    } else {
      values.put(place, node.isTextual() ? node.asText() : node.toString());
    }
  }
}
