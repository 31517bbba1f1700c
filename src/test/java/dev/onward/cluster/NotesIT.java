package dev.onward.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What whoever has installed the chart is told to do next. */
class NotesIT {
  @Test
  void theNextStepsAreTold() {
    assertThat(Chart.notes(Chart.LEAST))
        .containsSubsequence(
            "promotes all projects of its manifests, in eu-west-1",
            "helm test onward -n onward --logs",
            "kubectl -n onward port-forward service/onward 8080:80",
            "add-on eks-pod-identity-agent",
            "aws eks create-pod-identity-association",
            "--namespace onward --service-account onward",
            "oidc.issuer, oidc.clientId",
            "serviceMonitor.enabled, rules.enabled, dashboards.enabled")
        .doesNotContain("network policy", "replicas all", "searchNamespace");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ingress: {enabled: true, hosts: [a.example.org]}   | admits only these to port 8080; the ingress controller must be among them
          route: {enabled: true, parentRefs: [{name: a}]}    | the Gateway must be among them
          service: {type: LoadBalancer}                      | clients of the Service of type LoadBalancer must be among them
          serviceMonitor: {enabled: true}                    | admits only these to port 9000; Prometheus must be among them
          serviceMonitor: {enabled: true}                    | kubernetes.io/metadata.name: monitoring
          {ingress: {enabled: true, hosts: [a.example.org]}, service: {type: NodePort}} | the ingress controller and clients of the Service of type NodePort must
          {route: {enabled: true, parentRefs: [{name: a}]}, networkPolicy: {from: []}} | admits no traffic to port 8080; networkPolicy.from must name the Gateway
          {serviceMonitor: {enabled: true}, networkPolicy: {managementFrom: []}} | admits no traffic to port 9000; networkPolicy.managementFrom must name Prometheus
          settings: {mode: observe}                          | 3 replicas all poll AWS, because in mode observe no replica takes the lease
          settings: {mode: observe}                          | Nothing is written
          settings: {lease: {enabled: false}}                | 3 replicas without a lease all reconcile
          serviceMonitor: {enabled: true}                    | serviceMonitor.labels.release
          rules: {enabled: true}                             | rules.labels.release
          dashboards: {enabled: true}                        | sidecar.dashboards.searchNamespace is ALL
          ingress: {enabled: true, hosts: [a.example.org]}   | http://a.example.org
          """)
  void whatTheValuesAskForIsTold(String values, String note) {
    assertThat(Chart.notes(Chart.least(values))).contains(note);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {networkPolicy: {enabled: false}, serviceMonitor: {enabled: true}}       | network policy
          {serviceMonitor: {enabled: true, labels: {release: prometheus}}}         | kube-prometheus-stack
          {replicas: 1, settings: {mode: observe}}                                 | replicas all
          aws: {roleArn: "arn:aws:iam::123456789012:role/onward"}                  | eks-pod-identity-agent
          """)
  void whatIsNoConcernOfTheirsIsNot(String values, String note) {
    assertThat(Chart.notes(Chart.least(values))).doesNotContain(note);
  }
}
