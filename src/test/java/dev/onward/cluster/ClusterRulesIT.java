package dev.onward.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules can fail: every one of them finds what is broken in manifests that are right. */
class ClusterRulesIT {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Deployment | /spec/replica | 3 | Unrecognized field "replica"
          Deployment | /spec/template/spec/containers/0/livenessProbe/httpGet/pth | /x | Unrecognized field "pth"
          Deployment | /spec/replicas | three | not a valid `java.lang.Integer` value
          Deployment | /spec/template/spec/containers/0/env/0/value | 3 | Cannot coerce Integer value
          ServiceMonitor | /spec/endpoints/0/intervall | 30s | Unrecognized field "intervall"
          Service | /apiVersion | v2 | no model of v2 Service
          Deployment | /spec/template/spec/hostNetwork | true | hostNetwork
          Deployment | /spec/template/spec/automountServiceAccountToken | true | a token for Kubernetes is mounted
          Deployment | /spec/template/spec/securityContext/runAsNonRoot | false | runAsNonRoot is not set to true
          Deployment | /spec/template/spec/securityContext/runAsUser | 0 | runs as root
          Deployment | /spec/template/spec/securityContext/seccompProfile/type | Unconfined | no seccomp profile
          Deployment | /spec/template/spec/securityContext/sysctls | [] | sysctls
          Deployment | /spec/template/spec/volumes/1 | {name: tmp, hostPath: {path: /tmp}} | a volume
          Deployment | /spec/template/spec/containers/0/securityContext/privileged | true | privileged
          Deployment | /spec/template/spec/containers/0/securityContext/allowPrivilegeEscalation | true | may escalate its privileges
          Deployment | /spec/template/spec/containers/0/securityContext/capabilities/drop | [KILL] | keeps capabilities
          Deployment | /spec/template/spec/containers/0/securityContext/capabilities/add | [SYS_ADMIN] | adds capabilities
          Deployment | /spec/template/spec/containers/0/securityContext/readOnlyRootFilesystem | false | may write to its root
          Deployment | /spec/template/spec/containers/0/securityContext/runAsUser | 0 | has its own runAsUser
          Deployment | /spec/template/spec/containers/0/ports/0/hostPort | 80 | takes a host's port
          Deployment | /spec/template/metadata/labels/app.kubernetes.io~1name | other | /spec/selector/matchLabels selects []
          Service | /spec/selector/app.kubernetes.io~1component | web | Service onward: /spec/selector selects []
          PodDisruptionBudget | /spec/selector/matchLabels/a | b | PodDisruptionBudget onward: /spec/selector/matchLabels selects []
          NetworkPolicy | /spec/podSelector/matchLabels | {} | NetworkPolicy onward: /spec/podSelector/matchLabels selects []
          Deployment | /spec/template/spec/topologySpreadConstraints/0/labelSelector/matchLabels/a | b | spreads other pods
          ServiceMonitor | /spec/selector/matchLabels/a | b | does not select the service
          ServiceMonitor | /spec/endpoints/0/port | metrics | the service has no port
          ServiceMonitor | /spec/endpoints/0/path | /metrics | allowed: /q/metrics
          ServiceMonitor | /spec/endpoints/0/port | http | allowed: /q/metrics at management
          Service | /spec/ports/0/targetPort | web | Service onward: no port web
          NetworkPolicy | /spec/ingress/0/ports/0/port | web | NetworkPolicy onward: no port web
          Service | /metadata/namespace | default | not all in onward
          ServiceAccount | /metadata/name | other | there is no ServiceAccount onward
          Deployment | /spec/template/spec/volumes/0/configMap/name | other | there is no ConfigMap other
          Deployment | /spec/template/spec/containers/0/volumeMounts/0/name | other | mounts a volume that is not there
          Deployment | /spec/template/spec/containers/0/volumeMounts/0/subPath | a.yaml | a file mounted by subPath never changes
          Deployment | /spec/template/spec/containers/0/env/0 | {name: A, valueFrom: {secretKeyRef: {name: s, key: k}}} | there is no Secret s
          Deployment | /spec/template/spec/containers/0/ports/0/containerPort | 80 | allowed: http 8080, management 9000
          Deployment | /spec/template/spec/containers/0/startupProbe/httpGet/path | /q/health/live | allowed: /q/health/started at management
          Deployment | /spec/template/spec/containers/0/livenessProbe/httpGet/path | / | allowed: /q/health/live at management
          Deployment | /spec/template/spec/containers/0/readinessProbe/httpGet/port | 80 | allowed: /q/health/ready at management
          Deployment | /spec/template/spec/containers/0/env/0 | {name: ONWARD_INTERVALL, value: 15s} | ONWARD_INTERVALL: no setting has this name
          Deployment | /spec/template/spec/containers/0/env/0 | {name: QUARKUS_OIDC_ISSUER, value: x} | QUARKUS_OIDC_ISSUER: no setting has this name
          Deployment | /spec/template/spec/containers/0/env/0 | {name: ONWARD_INTERVAL, value: soon} | SRCFG00039: The config property onward.interval
          Deployment | /spec/template/spec/containers/0/env/0 | {name: ONWARD_API_WRITES, value: roles} | start: onward.api.writes: found roles
          Deployment | /spec/template/spec/containers/0/env/0 | {name: ONWARD_ACCESS_GRANTS_A_ROLE, value: ''} | start: ONWARD_ACCESS_GRANTS_A_ROLE: found an empty text
          """)
  void whatIsBrokenIsFound(String kind, String place, String value, String problem)
      throws IOException {
    ClusterObjects broken = Overlay.render("production").copy();
    set(broken.one(kind), JsonPointer.compile(place), YAML.readTree(value));

    assertThat(ClusterRules.problems(broken)).anyMatch(found -> found.contains(problem));
  }

  private static void set(ObjectNode object, JsonPointer place, JsonNode value) {
    String last = place.last().getMatchingProperty();
    switch (object.at(place.head())) {
      case ObjectNode parent -> parent.set(last, value);
      case ArrayNode parent -> parent.set(place.last().getMatchingIndex(), value);
      case JsonNode nothing -> throw new AssertionError("nothing at " + place + ": " + nothing);
    }
  }
}
