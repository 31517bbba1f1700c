package dev.onward.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
import org.junit.jupiter.api.Test;

/** The chart and the plain manifests for production say the same, each in its own way. */
class AgreementIT {
  /** What only those who tell one installation from another look at. */
  private static final List<String> HELMS_OWN_LABELS =
      List.of("helm.sh/chart", "app.kubernetes.io/managed-by", "app.kubernetes.io/version");

  private static final String CONTAINER = "/spec/template/spec/containers/0";

  @Test
  void theChartAndTheProductionOverlayAgree() throws IOException {
    assertThat(differences(chart(), Overlay.render("production"))).isEmpty();
  }

  @Test
  void whereTheyDifferIsToldByPlace() throws IOException {
    ClusterObjects other = Overlay.render("production").copy();
    ((ObjectNode) other.one("Deployment").path("spec")).put("replicas", 5);

    assertThat(differences(chart(), other))
        .containsExactly("Deployment onward /spec/replicas: 3 in the chart, 5 in k8s");
  }

  @Test
  void withoutMonitoringTheChartIsWhatTheBaseIs() throws IOException {
    ClusterObjects base = Overlay.render("single");

    ClusterObjects chart = Chart.render(values("aws: {region: eu-west-1}"));

    assertThat(meant(chart).names()).isEqualTo(meant(base).names());
  }

  private static ClusterObjects chart() throws IOException {
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
    SortedMap<String, String> left = flat(meant(chart));
    SortedMap<String, String> right = flat(meant(plain));
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
                        right.getOrDefault(place, "nothing")))
        .toList();
  }

  /** Without what only one of the two can have. */
  private static ClusterObjects meant(ClusterObjects objects) {
    var kept =
        new ClusterObjects(
            objects.copy().all().stream()
                // Helm makes no namespace of its own release, and kustomize has no test.
                .filter(object -> !object.path("kind").asText().equals("Namespace"))
                .filter(object -> !object.at("/metadata/annotations").has("helm.sh/hook"))
                .toList());
    kept.all().forEach(AgreementIT::withoutHelmsOwnLabels);
    kept.ofKind("NetworkPolicy").forEach(AgreementIT::withoutTheWayInForHelmsTest);
    return kept;
  }

  private static void withoutHelmsOwnLabels(ObjectNode object) {
    for (String place : List.of("/metadata/labels", "/spec/template/metadata/labels")) {
      if (object.at(place) instanceof ObjectNode labels) {
        labels.remove(HELMS_OWN_LABELS);
      }
    }
  }

  private static void withoutTheWayInForHelmsTest(ObjectNode policy) {
    var from = ((ArrayNode) policy.at("/spec/ingress/0/from")).elements();
    while (from.hasNext()) {
      if (from.next().has("podSelector")) {
        from.remove();
      }
    }
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

  /** Without those that say what is the case anyway. */
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
