package dev.onward.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody mistypes is refused before anything is installed, with the place. */
class RefusedValuesIT {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          replica: 2                                        | additional properties 'replica' not allowed
          replicas: '3'                                     | at '/replicas': got string, want integer
          replicas: -1                                      | at '/replicas': minimum: got -1, want 0
          image: {tag: 1.0}                                 | at '/image/tag': got number, want string
          image: {digest: 0a1b}                             | at '/image/digest': '0a1b' does not match pattern
          image: {pullPolicy: always}                       | at '/image/pullPolicy': value must be one of 'Always', 'IfNotPresent', 'Never'
          aws: {region: Ireland}                            | at '/aws/region': 'Ireland' does not match pattern
          aws: {roleArn: onward}                            | at '/aws/roleArn': 'onward' does not match pattern
          manifests: {files: {storage: ''}}                 | at '/manifests/files': additional properties 'storage' not allowed
          manifests: {projects: [storage]}                  | at '/manifests/projects': got array, want object
          manifests: {projects: {a/b: {}}}                  | invalid propertyName 'a/b'
          manifests: {projects: {a: {enviroments: []}}}     | at '/manifests/projects/a': additional properties 'enviroments' not allowed
          manifests: {projects: {a: {release: {quiet_period: 30}}}} | at '/manifests/projects/a/release/quiet_period': maximum: got 30, want 0
          manifests: {projects: {a: {release: {max_wait: 1 hour}}}} | at '/manifests/projects/a/release/max_wait': '1 hour' does not match pattern
          manifests: {projects: {a: {release: {services: [007]}}}} | at '/manifests/projects/a/release/services/0': got number, want string
          manifests: {projects: {a: {environments: [{name: P}]}}} | at '/manifests/projects/a/environments/0': missing property 'id'
          manifests: {projects: {a: {environments: [{id: no}]}}} | at '/manifests/projects/a/environments/0/id': got boolean, want string
          manifests: {projects: {a: {environments: [{id: p, promotion: {from: s, mode: always}}]}}} | /environments/0/promotion/mode': value must be one of 'auto', 'manual'
          manifests: {projects: {a: {environments: [{id: p, promotion: {from: s, gates: {aprovals: 1}}}]}}} | /promotion/gates': additional properties 'aprovals' not allowed
          manifests: {projects: {a: {environments: [{id: p, promotion: {from: s, gates: {windows: [{from: "9:00", to: "16:00"}]}}}]}}} | /gates/windows/0/from': '9:00' does not match pattern
          settings: {mode: watch}                           | at '/settings/mode': value must be one of 'act', 'observe'
          settings: {intervall: 15s}                        | at '/settings': additional properties 'intervall' not allowed
          settings: {interval: 15}                          | at '/settings/interval': got number, want string
          settings: {interval: 15 s}                        | at '/settings/interval': '15 s' does not match pattern
          settings: {interval: 0s}                          | at '/settings/interval': '0s' does not match pattern
          settings: {parallelism: 0}                        | at '/settings/parallelism': minimum: got 0, want 1
          settings: {projects: storage}                     | at '/settings/projects': got string, want array
          settings: {releasesTable: 'a b c'}                | at '/settings/releasesTable': 'a b c' does not match pattern
          settings: {createTables: 'yes'}                   | at '/settings/createTables': got string, want boolean
          settings: {projects: [a/b]}                       | at '/settings/projects/0': 'a/b' does not match pattern
          settings: {lease: {term: 2m}}                     | at '/settings/lease/term': '2m' does not match pattern
          settings: {lease: {name: a b}}                    | at '/settings/lease/name': 'a b' does not match pattern
          settings: {lease: {ttl: 10s}}                     | at '/settings/lease': additional properties 'ttl' not allowed
          settings: {ssm: {readsPerSecond: 0.5}}            | at '/settings/ssm/readsPerSecond': got number, want integer
          settings: {backoff: {maximum: ''}}                | at '/settings/backoff/maximum': '' does not match pattern
          settings: {api: {writes: everybody}}              | at '/settings/api/writes': value must be one of '', 'none', 'roles', 'loopback'
          settings: {access: {grants: {a: {groups: [], role: viewer}}}} | at '/settings/access/grants/a/groups': minItems: got 0, want 1
          settings: {access: {grants: {a: {groups: [x], role: owner}}}} | at '/settings/access/grants/a/role': value must be one of
          settings: {access: {grants: {a-b: {groups: [x], role: viewer}}}} | at '/settings/access/grants': additional properties 'a-b' not allowed
          settings: {access: {grants: {a: {groups: [x], role: viewer, projects: []}}}} | at '/settings/access/grants/a/projects': minItems: got 0, want 1
          oidc: {issuer: id.example.org}                    | at '/oidc/issuer': 'id.example.org' does not match pattern
          oidc: {clientSecret: abc}                         | at '/oidc/clientSecret': got string, want object
          extraEnv: [{name: A, value: 1}]                   | at '/extraEnv/0/value': got number, want string
          extraEnv: {A: b}                                  | at '/extraEnv': got object, want array
          runAsUser: 0                                      | at '/runAsUser': minimum: got 0, want 1
          podAnnotations: {a: true}                         | at '/podAnnotations/a': got boolean, want string
          spread: Never                                     | at '/spread': value must be one of 'ScheduleAnyway', 'DoNotSchedule'
          podDisruptionBudget: {maxUnavailable: 0}          | at '/podDisruptionBudget/maxUnavailable'
          service: {port: 70000}                            | at '/service/port': maximum: got 70,000, want 65,535
          ingress: {enabled: true}                          | at '/ingress/hosts': minItems: got 0, want 1
          route: {enabled: true}                            | at '/route/parentRefs': minItems: got 0, want 1
          route: {parentRefs: [{nam: a}]}                   | at '/route/parentRefs/0': additional properties 'nam' not allowed
          networkPolicy: {from: [{namespace: a}]}           | at '/networkPolicy/from/0': additional properties 'namespace' not allowed
          serviceMonitor: {enabled: 'true'}                 | at '/serviceMonitor/enabled': got string, want boolean
          route: {timeouts: {request: 5 s}}                 | at '/route/timeouts/request': '5 s' does not match pattern
          route: {timeouts: {backend: 5s}}                  | at '/route/timeouts': additional properties 'backend' not allowed
          podLabels: {app.kubernetes.io/name: other}        | podLabels: found app.kubernetes.io/name, which the chart sets; allowed: other labels
          serviceMonitor: {labels: {app.kubernetes.io/component: a}} | serviceMonitor.labels: found app.kubernetes.io/component, which the chart sets
          rules: {labels: {helm.sh/chart: a}}               | rules.labels: found helm.sh/chart, which the chart sets
          dashboards: {labels: {app.kubernetes.io/instance: a}} | dashboards.labels: found app.kubernetes.io/instance, which the chart sets
          rules: {disabled: OnwardX}                        | at '/rules/disabled': got string, want array
          rules: {disabled: [OnwardX]}                      | rules.disabled: found OnwardX; allowed: OnwardNoLeader, OnwardNoSuccessfulCycle,
          rules: {runbooks: ''}                             | at '/rules/runbooks': '' does not match pattern
          rules: {selector: '{job="onward"}'}               | at '/rules/selector': '{job="onward"}' does not match pattern
          rules: {selector: 'job="onward",'}                | at '/rules/selector': 'job="onward",' does not match pattern
          dashboards: {labels: {grafana_dashboard: 1}}      | at '/dashboards/labels/grafana_dashboard': got number, want string
          settings: {api: {writes: roles}}                  | settings.api.writes: found roles; allowed: none or loopback
          manifests: {existingConfigMap: mine}              | manifests: found existingConfigMap (mine) beside projects or files; allowed: either of them
          manifests: {files: {projects.yaml: ''}}           | manifests.files: found projects.yaml, the file that is generated from manifests.projects
          oidc: {issuer: 'https://id.example.org'}          | oidc.clientId: found nothing; allowed: the client id of Onward at the identity provider https://id.example.org
          oidc: {clientId: onward}                          | oidc.issuer: found nothing beside oidc.clientId (onward)
          extraEnv: [{name: ONWARD_MODE, value: act}]       | extraEnv: found ONWARD_MODE, which the chart sets
          """)
  void valuesThatCannotWorkAreRefusedWithTheirPlace(String values, String message) {
    assertThat(Chart.refusal(Chart.least(values))).contains(message);
  }

  @Test
  void whatIsMissingIsToldAtOnce() {
    assertThat(Chart.refusal("oidc: {issuer: 'https://id.example.org'}"))
        .contains(
            "Onward cannot be installed with these values:",
            "aws.region: found nothing; allowed: the Region",
            "manifests: found nothing; allowed: projects, files or existingConfigMap",
            "oidc.clientId: found nothing",
            "oidc.clientSecret.existingSecret: found nothing");
  }

  @Test
  void whoeverIsAtAPodMayNotPassByTheIdentityProvider() {
    assertThat(
            Chart.refusal(
                Chart.least(
                    """
                    oidc: {issuer: https://id.example.org, clientId: a, clientSecret: {existingSecret: b}}
                    settings: {api: {writes: loopback}}
                    """)))
        .contains("settings.api.writes: found loopback; allowed: roles or none");
  }
}
