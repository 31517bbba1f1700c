package dev.onward.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.cluster.ClusterObjects.Pod;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Whether what one object says of another is true: selectors find what they mean and nothing else,
 * names and ports are there.
 */
final class References {
  private static final String SELECTOR = "/spec/selector/matchLabels";

  private final ClusterObjects objects;
  private final Set<String> elsewhere;
  private final Problems problems = new Problems();

  private References(ClusterObjects objects, Set<String> elsewhere) {
    this.objects = objects;
    this.elsewhere = elsewhere;
  }

  /**
   * @param elsewhere names of ConfigMaps, Secrets and ServiceAccounts that somebody else makes
   */
  static List<String> problems(ClusterObjects objects, Set<String> elsewhere) {
    var check = new References(objects, elsewhere);
    check.nothingIsThereTwice();
    check.selectors();
    check.ports();
    objects.pods().forEach(check::whatAPodNeeds);
    return check.problems.all();
  }

  private void nothingIsThereTwice() {
    List<String> names = objects.names();
    problems.unless(
        names.stream().distinct().count() == names.size(), "names", "one is there twice: " + names);
    List<String> namespaces =
        objects.all().stream()
            .filter(object -> !object.path("kind").asText().equals("Namespace"))
            .map(object -> object.at("/metadata/namespace").asText())
            .distinct()
            .toList();
    problems.unless(
        namespaces.equals(List.of("onward")), "namespaces", "not all in onward: " + namespaces);
  }

  private void selectors() {
    objects.ofKind("Deployment").forEach(object -> selectsTheServers(object, SELECTOR));
    objects.ofKind("Service").forEach(object -> selectsTheServers(object, "/spec/selector"));
    objects.ofKind("PodDisruptionBudget").forEach(object -> selectsTheServers(object, SELECTOR));
    objects
        .ofKind("NetworkPolicy")
        .forEach(object -> selectsTheServers(object, "/spec/podSelector/matchLabels"));
    objects.ofKind("Deployment").forEach(this::spreadsItsOwnPods);
    objects.ofKind("ServiceMonitor").forEach(this::scrapesTheService);
  }

  /** The Deployment's pods, and not that of {@code helm test}. */
  private void selectsTheServers(JsonNode object, String pointer) {
    JsonNode selector = object.at(pointer);
    List<String> owners =
        objects.pods().filter(pod -> matches(selector, pod.labels())).map(Pod::owner).toList();
    List<String> servers = objects.ofKind("Deployment").map(o -> ClusterObjects.name(o)).toList();
    problems.unless(
        owners.equals(servers),
        ClusterObjects.name(object),
        "%s selects %s instead of %s".formatted(pointer, owners, servers));
  }

  private void spreadsItsOwnPods(JsonNode deployment) {
    JsonNode template = deployment.at("/spec/template");
    for (JsonNode spread : template.at("/spec/topologySpreadConstraints")) {
      problems.unless(
          spread.at("/labelSelector/matchLabels").equals(deployment.at(SELECTOR)),
          ClusterObjects.name(deployment),
          "spreads other pods: " + spread);
    }
  }

  private void scrapesTheService(JsonNode monitor) {
    JsonNode service = service();
    problems.unless(
        objects
            .ofKind("Service")
            .filter(other -> matches(monitor.at(SELECTOR), other.at("/metadata/labels")))
            .toList()
            .equals(List.of(service)),
        ClusterObjects.name(monitor),
        "does not select the service, or not only that");
    for (JsonNode endpoint : monitor.at("/spec/endpoints")) {
      problems.unless(
          service
              .at("/spec/ports")
              .valueStream()
              .anyMatch(port -> port.path("name").equals(endpoint.path("port"))),
          ClusterObjects.name(monitor),
          "the service has no port " + endpoint.path("port"));
    }
  }

  /** That through which people come. */
  private JsonNode service() {
    List<ObjectNode> services = objects.ofKind("Service").filter(o -> !isHeadless(o)).toList();
    if (services.size() != 1) {
      throw new AssertionError("one Service is for people, not " + services);
    }
    return services.getFirst();
  }

  private static boolean isHeadless(JsonNode service) {
    return service.at("/spec/clusterIP").asText().equals("None");
  }

  private void ports() {
    Stream.of(
            objects.ofKind("Service").flatMap(o -> named(o, "/spec/ports", "targetPort")),
            objects
                .ofKind("NetworkPolicy")
                .flatMap(
                    o ->
                        o.at("/spec/ingress")
                            .valueStream()
                            .flatMap(rule -> named(o, rule.path("ports"), "port"))))
        .flatMap(ports -> ports)
        .forEach(
            port ->
                problems.unless(
                    hasContainerPort(port.name()), port.place(), "no port " + port.name()));
    objects
        .ofKind("Ingress")
        .flatMap(o -> o.at("/spec/rules").valueStream())
        .flatMap(rule -> rule.at("/http/paths").valueStream())
        .map(path -> path.at("/backend/service"))
        .forEach(
            to ->
                leadsToTheService("Ingress", to, p -> p.path("name").equals(to.at("/port/name"))));
    objects
        .ofKind("HTTPRoute")
        .flatMap(o -> o.at("/spec/rules").valueStream())
        .flatMap(rule -> rule.path("backendRefs").valueStream())
        .forEach(
            to -> leadsToTheService("HTTPRoute", to, p -> p.path("port").equals(to.path("port"))));
  }

  private record NamedPort(String place, String name) {}

  private static Stream<NamedPort> named(JsonNode object, String pointer, String field) {
    return named(object, object.at(pointer), field);
  }

  private static Stream<NamedPort> named(JsonNode object, JsonNode ports, String field) {
    return ports
        .valueStream()
        .map(port -> new NamedPort(ClusterObjects.name(object), port.path(field).asText()));
  }

  private boolean hasContainerPort(String name) {
    return objects
        .one("Deployment")
        .at("/spec/template/spec/containers")
        .valueStream()
        .flatMap(container -> container.path("ports").valueStream())
        .anyMatch(port -> port.path("name").asText().equals(name));
  }

  private void leadsToTheService(String place, JsonNode to, Predicate<JsonNode> port) {
    JsonNode service = service();
    problems.unless(
        service.at("/metadata/name").equals(to.path("name"))
            && service.at("/spec/ports").valueStream().anyMatch(port),
        place,
        "leads nowhere: " + to);
  }

  private void whatAPodNeeds(Pod pod) {
    JsonNode spec = pod.spec();
    Optional.of(spec.path("serviceAccountName").asText())
        .filter(name -> !name.isEmpty() && !name.equals("default"))
        .ifPresent(name -> exists(pod, "ServiceAccount", name));
    for (JsonNode volume : spec.path("volumes")) {
      if (volume.has("configMap")) {
        exists(pod, "ConfigMap", volume.at("/configMap/name").asText());
      }
    }
    pod.containers().forEach(container -> mounts(pod, container));
  }

  private void mounts(Pod pod, JsonNode container) {
    for (JsonNode mount : container.path("volumeMounts")) {
      problems.unless(
          pod.spec()
              .path("volumes")
              .valueStream()
              .anyMatch(volume -> volume.path("name").equals(mount.path("name"))),
          pod.owner(),
          "mounts a volume that is not there: " + mount);
      problems.unless(
          !mount.has("subPath"), pod.owner(), "a file mounted by subPath never changes: " + mount);
    }
    for (JsonNode variable : container.path("env")) {
      JsonNode secret = variable.at("/valueFrom/secretKeyRef/name");
      if (!secret.isMissingNode()) {
        exists(pod, "Secret", secret.asText());
      }
    }
  }

  private void exists(Pod pod, String kind, String name) {
    problems.unless(
        elsewhere.contains(name) || objects.find(kind + " " + name).isPresent(),
        pod.owner(),
        "there is no %s %s".formatted(kind, name));
  }

  private static boolean matches(JsonNode selector, JsonNode labels) {
    return !selector.isEmpty()
        && selector.properties().stream()
            .allMatch(label -> label.getValue().equals(labels.path(label.getKey())));
  }
}
