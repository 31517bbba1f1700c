package dev.onward.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.cluster.ClusterObjects.Pod;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The pod security standard "restricted", control by control as Kubernetes documents it, and what
 * Onward promises beyond: a root file system that nobody writes to, and no token for Kubernetes.
 */
final class RestrictedPods {
  private static final Set<String> VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "persistentVolumeClaim",
          "projected",
          "secret");

  private final Problems problems = new Problems();

  private RestrictedPods() {}

  static List<String> problems(ClusterObjects objects) {
    var check = new RestrictedPods();
    objects.pods().forEach(check::pod);
    return check.problems.all();
  }

  private void pod(Pod pod) {
    String place = pod.owner();
    JsonNode spec = pod.spec();
    for (String namespace : List.of("hostNetwork", "hostPID", "hostIPC")) {
      problems.unless(!spec.path(namespace).asBoolean(), place, namespace);
    }
    problems.unless(
        isFalse(spec.path("automountServiceAccountToken")),
        place,
        "a token for Kubernetes is mounted");
    JsonNode security = spec.path("securityContext");
    problems.unless(
        security.path("runAsNonRoot").asBoolean(), place, "runAsNonRoot is not set to true");
    problems.unless(
        !security.has("runAsUser") || security.path("runAsUser").asInt() > 0,
        place,
        "runs as root");
    problems.unless(
        Set.of("RuntimeDefault", "Localhost")
            .contains(security.at("/seccompProfile/type").asText()),
        place,
        "no seccomp profile");
    problems.unless(!security.has("sysctls"), place, "sysctls");
    spec.path("volumes").forEach(volume -> volume(place, volume));
    pod.containers().forEach(container -> container(place, container));
  }

  private void volume(String pod, JsonNode volume) {
    volume
        .fieldNames()
        .forEachRemaining(
            field ->
                problems.unless(
                    field.equals("name") || VOLUMES.contains(field), pod, "a volume: " + volume));
  }

  private void container(String pod, JsonNode container) {
    String place = pod + ", container " + container.path("name").asText();
    JsonNode security = container.path("securityContext");
    problems.unless(!security.path("privileged").asBoolean(), place, "privileged");
    problems.unless(
        isFalse(security.path("allowPrivilegeEscalation")), place, "may escalate its privileges");
    problems.unless(
        texts(security.at("/capabilities/drop")).anyMatch("ALL"::equals),
        place,
        "keeps capabilities");
    problems.unless(
        texts(security.at("/capabilities/add")).allMatch("NET_BIND_SERVICE"::equals),
        place,
        "adds capabilities");
    problems.unless(
        security.path("readOnlyRootFilesystem").asBoolean(), place, "may write to its root");
    for (String weaker : List.of("runAsNonRoot", "runAsUser", "seccompProfile", "procMount")) {
      problems.unless(!security.has(weaker), place, "has its own " + weaker);
    }
    container
        .path("ports")
        .forEach(port -> problems.unless(!port.has("hostPort"), place, "takes a host's port"));
  }

  private static boolean isFalse(JsonNode value) {
    return value.isBoolean() && !value.asBoolean();
  }

  private static Stream<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asText);
  }
}
