package dev.onward.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.manifest.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChartIT {
  private static final String CONTAINER = "/spec/template/spec/containers/0";

  /** A block of YAML that begins by saying that it is the values. */
  private static final Pattern SHOWN_VALUES =
      Pattern.compile("(?s)```yaml\n( *# values\\.yaml\n.*?)```");

  /** One of Onward's, and how what is chosen of it begins. */
  private static final Pattern METRIC = Pattern.compile("\\bonward_\\w+(\\{[^},]*,[^},]*)?");

  /** What the values below say is made by somebody else. */
  private static final Set<String> ELSEWHERE = Set.of("mine", "my-manifests", "my-client");

  /** Beside {@link Chart#LEAST}. */
  static Stream<Arguments> values() {
    return Stream.of(
        argumentSet("the least", ""),
        argumentSet("one replica", "{replicas: 1, settings: {lease: {enabled: false}}}"),
        argumentSet("only looking", "settings: {mode: observe, createTables: true}"),
        argumentSet(
            "another image",
            """
            image: {repository: registry.example.org/onward, tag: "2", pullPolicy: Always}
            imagePullSecrets: [{name: registry}]
            """),
        argumentSet(
            "an image by its digest",
            "image: {repository: r, digest: 'sha256:%s'}".formatted("0123456789abcdef".repeat(4))),
        argumentSet("other names", "{nameOverride: promoter, fullnameOverride: my-promoter}"),
        argumentSet(
            "IRSA",
            """
            aws: {roleArn: "arn:aws:iam::123456789012:role/onward"}
            serviceAccount: {name: releases, annotations: {team: platform}}
            """),
        argumentSet("a service account of mine", "serviceAccount: {create: false, name: mine}"),
        argumentSet(
            "files and projects", "manifests: {files: {more.json: '{}', again.yaml: '{}'}}"),
        argumentSet(
            "a part of the projects",
            "settings: {projects: [storage, 'catalogue-*', '!catalogue-old'], lease: {name: storage}}"),
        argumentSet(
            "an identity provider",
            """
            oidc:
              issuer: https://id.example.org
              clientId: onward
              clientSecret: {existingSecret: my-client}
              audience: https://onward.example.org
              scopes: [groups, email]
            settings:
              api: {writes: roles}
              access:
                claim: realm_access/roles
                grants:
                  everybody: {groups: ["*"], role: viewer}
                  storage: {groups: [a, b], role: deployer, projects: [storage], environments: [stage]}
            """),
        argumentSet(
            "more of everything that a pod has",
            """
            extraEnv:
              - {name: JDK_JAVA_OPTIONS, value: -Xmx400m}
              - {name: QUARKUS_OIDC_TOKEN_AUDIENCE, valueFrom: {secretKeyRef: {name: mine, key: aud}}}
            extraEnvFrom: [{secretRef: {name: mine}}, {configMapRef: {name: mine}}]
            extraVolumes: [{name: ca, secret: {secretName: mine}}]
            extraVolumeMounts: [{name: ca, mountPath: /ca, readOnly: true}]
            podAnnotations: {a: b}
            podLabels: {team: platform}
            priorityClassName: system-cluster-critical
            nodeSelector: {kubernetes.io/arch: arm64}
            tolerations: [{key: dedicated, operator: Exists}]
            affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Exists}]}]}}}
            spread: DoNotSchedule
            resources: {limits: {cpu: 2, memory: 1Gi}}
            """),
        argumentSet("no user of its own", "runAsUser: null"),
        argumentSet(
            "an Ingress",
            """
            ingress:
              enabled: true
              className: nginx
              annotations: {nginx.ingress.kubernetes.io/ssl-redirect: "true"}
              hosts: [onward.example.org, onward.example.com]
              tls: [{hosts: [onward.example.org], secretName: tls}]
            service: {type: NodePort, port: 8000, annotations: {a: b}}
            """),
        argumentSet(
            "a Gateway's route",
            """
            route:
              enabled: true
              parentRefs: [{name: public, namespace: gateways, sectionName: https}]
              hostnames: [onward.example.org]
              timeouts: {request: 0s, backendRequest: 1h30m}
              annotations: {a: b}
            """),
        argumentSet(
            "all of monitoring",
            """
            serviceMonitor: {enabled: true, interval: 15s, labels: {release: prometheus}}
            rules: {enabled: true, labels: {release: prometheus}}
            dashboards: {enabled: true, annotations: {grafana_folder: Onward}}
            """),
        argumentSet(
            "no budget and no policy",
            "{podDisruptionBudget: {enabled: false}, networkPolicy: {enabled: false}}"),
        argumentSet(
            "traffic of mine",
            """
            networkPolicy:
              from: [{podSelector: {matchLabels: {a: b}}}, {ipBlock: {cidr: 10.0.0.0/8}}]
              extraEgress: [{ports: [{port: 9090, protocol: TCP}], to: [{namespaceSelector: {}}]}]
            podDisruptionBudget: {maxUnavailable: 50%}
            """));
  }

  @ParameterizedTest
  @MethodSource("values")
  void whateverTheValuesItIsWhatAClusterTakes(String values) {
    ClusterObjects objects = Chart.render(Chart.least(values));

    assertThat(ClusterRules.problems(objects, ELSEWHERE)).isEmpty();
  }

  @Test
  void lintHasNothingToSay() {
    Tool.Answer answer = Chart.lint(Chart.LEAST);

    assertThat(answer.exit()).as(answer.text()).isZero();
  }

  @Test
  void aConfigMapOfManifestsThatSomebodyElseMakesIsMountedAndNoneIsMade() {
    ClusterObjects objects =
        Chart.render("{aws: {region: eu-west-1}, manifests: {existingConfigMap: my-manifests}}");

    assertThat(ClusterRules.problems(objects, ELSEWHERE)).isEmpty();
    assertThat(objects.ofKind("ConfigMap")).isEmpty();
    assertThat(
            objects.one("Deployment").at("/spec/template/spec/volumes/0/configMap/name").asText())
        .isEqualTo("my-manifests");
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/cluster.md", "helm/onward/README.md"})
  void theValuesThatTheDocumentsShowAreTaken(String document) throws IOException {
    List<String> shown =
        SHOWN_VALUES
            .matcher(Files.readString(Path.of(document)))
            .results()
            .map(block -> block.group(1).stripIndent())
            .toList();

    assertThat(shown).isNotEmpty();
    for (String values : shown) {
      ClusterObjects objects = Chart.render(values);
      assertThat(ClusterRules.problems(objects)).isEmpty();
      String manifest = objects.one("ConfigMap").at("/data/projects.yaml").asText();
      assertThat(Manifests.ofText("projects.yaml", manifest).problems()).isEmpty();
    }
  }

  @Test
  void aChangeOfManifestsRestartsNothingForOnwardNoticesIt() {
    JsonNode before = Chart.render(Chart.LEAST).one("Deployment");
    ClusterObjects after =
        Chart.render(
            Chart.least("manifests: {projects: {catalogue: {environments: [{id: prod}]}}}"));

    assertThat(after.one("ConfigMap").at("/data/projects.yaml").asText()).contains("catalogue");
    assertThat(after.one("Deployment")).isEqualTo(before);
  }

  @Test
  void aChangeOfSettingsRestartsThePods() {
    JsonNode before = Chart.render(Chart.LEAST).one("Deployment").at("/spec/template");

    assertThat(Chart.render(Chart.least("settings: {interval: 1m}")).one("Deployment"))
        .extracting(deployment -> deployment.at("/spec/template"))
        .isNotEqualTo(before);
  }

  /** The demo's, the plain manifests', and one with every key there is. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "k8s/base/manifests/storage.yaml",
        "src/local/demo/catalogue.yaml",
        "src/local/demo/storage.yaml",
        "src/test/resources/manifests/storage.yaml"
      })
  void projectsInTheValuesMeanWhatTheyMeanInAManifestFile(String file) throws IOException {
    String manifest = Files.readString(Path.of(file));
    String values = "aws: {region: eu-west-1}\nmanifests:\n  projects:\n" + manifest.indent(4);

    String rendered = Chart.render(values).one("ConfigMap").at("/data/projects.yaml").asText();

    Manifests meant = Manifests.ofText("storage.yaml", manifest);
    assertThat(meant.problems()).isEmpty();
    assertThat(Manifests.ofText("projects.yaml", rendered).projects()).isEqualTo(meant.projects());
  }

  @Test
  void partsOfTheProjectsHaveObjectsAndLeasesOfTheirOwn() {
    String values = Chart.least("settings: {projects: [storage]}");
    ClusterObjects one = Chart.render("one", values);
    ClusterObjects two = Chart.render("two", values);

    assertThat(one.names()).doesNotContainAnyElementsOf(two.names());
    assertThat(one.one("Deployment").at("/spec/selector"))
        .isNotEqualTo(two.one("Deployment").at("/spec/selector"));
    assertThat(lease(one)).isEqualTo("onward.one-onward");
    assertThat(lease(two)).isEqualTo("onward.two-onward");
  }

  @Test
  void theLeasesNameIsNeverLongerThanOnwardTakes() {
    String release = "o".repeat(50);
    ClusterObjects objects =
        Chart.render(release, Chart.least("settings: {projects: [storage]}"), "n".repeat(63));

    assertThat(lease(objects)).hasSizeLessThanOrEqualTo(64).endsWith(release);
  }

  private static String lease(ClusterObjects objects) {
    return OnwardSettings.environment(objects.one("Deployment").at(CONTAINER))
        .get("ONWARD_LEASE_NAME");
  }

  @Test
  void alertsComeThroughWithTheirOwnTemplatesUntouched() throws IOException {
    ClusterObjects objects = Chart.render(Chart.least("rules: {enabled: true}"));
    ClusterObjects file =
        ClusterObjects.of(Files.readString(Chart.DIRECTORY.resolve("files/alerts.yaml")));

    assertThat(withoutExpressions(objects.one("PrometheusRule").at("/spec/groups")))
        .isEqualTo(withoutExpressions(file.all().getFirst().path("groups")));
  }

  private static JsonNode withoutExpressions(JsonNode groups) {
    JsonNode others = groups.deepCopy();
    others.findParents("expr").forEach(rule -> ((ObjectNode) rule).remove("expr"));
    return others;
  }

  @Test
  void everyMetricInEveryAlertIsThatOfThisInstallation() {
    List<String> expressions =
        Chart.render("two", Chart.least("rules: {enabled: true}"))
            .one("PrometheusRule")
            .findValuesAsText("expr");

    assertThat(expressions)
        .isNotEmpty()
        .allSatisfy(
            expression ->
                assertThat(METRIC.matcher(expression).results().map(found -> found.group(1)))
                    .isNotEmpty()
                    .containsOnly("{namespace=\"onward\", job=\"two-onward\""));
  }

  @Test
  void whoeverScrapesInAnotherWaySaysWhatMarksTheSeries() {
    ClusterObjects objects =
        Chart.render(
            Chart.least("rules: {enabled: true, selector: 'cluster=\"a\", app=~\"on.*\"'}"));

    assertThat(objects.one("PrometheusRule").findValuesAsText("expr").getFirst())
        .contains("absent(onward_leader{cluster=\"a\", app=~\"on.*\"})");
  }

  @Test
  void everyAlertLeadsToWhereItsRunbookCanBeRead() {
    ClusterObjects objects =
        Chart.render(
            Chart.least("rules: {enabled: true, runbooks: 'https://git.example.org/runbooks.md'}"));

    assertThat(objects.one("PrometheusRule").findValuesAsText("runbook_url"))
        .hasSize((int) alerts(objects).count())
        .contains("https://git.example.org/runbooks.md#onwardnoleader")
        .allMatch(url -> url.startsWith("https://git.example.org/runbooks.md#onward"));
  }

  @Test
  void anAlertThatIsSwitchedOffIsLeftOutAndTheOthersStay() {
    ClusterObjects all = Chart.render(Chart.least("rules: {enabled: true}"));
    String name =
        alerts(all).findFirst().orElseThrow(() -> new AssertionError("there are no alerts"));

    ClusterObjects some =
        Chart.render(Chart.least("rules: {enabled: true, disabled: [%s]}".formatted(name)));

    assertThat(some.ofKind("PrometheusRule").flatMap(_ -> alerts(some)))
        .containsExactlyElementsOf(alerts(all).filter(alert -> !alert.equals(name)).toList());
  }

  private static Stream<String> alerts(ClusterObjects objects) {
    return objects
        .one("PrometheusRule")
        .at("/spec/groups")
        .valueStream()
        .flatMap(group -> group.path("rules").valueStream())
        .map(rule -> rule.path("alert").asText())
        .filter(alert -> !alert.isEmpty());
  }
}
