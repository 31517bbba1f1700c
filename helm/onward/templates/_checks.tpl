{{/*
Checks that the schema cannot express well. All problems are reported at once; each line names the value, what was found and
what is allowed.
*/}}
{{- define "onward.checks" -}}
{{- $problems := list }}
{{- if not .Values.aws.region }}
{{- $problems = append $problems "aws.region: found nothing; allowed: the Region of the parameters and tables, such as eu-west-1" }}
{{- end }}
{{- with .Values.manifests }}
{{- if and .existingConfigMap (or .projects .files) }}
{{- $problems = append $problems (printf "manifests: found existingConfigMap (%s) beside projects or files; allowed: either of them" .existingConfigMap) }}
{{- else if not (or .existingConfigMap .projects .files) }}
{{- $problems = append $problems "manifests: found nothing; allowed: projects, files or existingConfigMap, because Onward is not ready without a project" }}
{{- end }}
{{- if and .projects (hasKey .files "projects.yaml") }}
{{- $problems = append $problems "manifests.files: found projects.yaml, the file that is generated from manifests.projects; allowed: another name" }}
{{- end }}
{{- end }}
{{- with .Values.oidc }}
{{- if and .issuer (not .clientId) }}
{{- $problems = append $problems (printf "oidc.clientId: found nothing; allowed: the client id of Onward at the identity provider %s" .issuer) }}
{{- end }}
{{- if and .issuer (not .clientSecret.existingSecret) }}
{{- $problems = append $problems "oidc.clientSecret.existingSecret: found nothing; allowed: the name of a Secret, because all replicas encrypt sessions with the client secret" }}
{{- end }}
{{- if and .clientId (not .issuer) }}
{{- $problems = append $problems (printf "oidc.issuer: found nothing beside oidc.clientId (%s); allowed: the identity provider's URL" .clientId) }}
{{- end }}
{{- $acting := $.Values.settings.api.writes }}
{{- if and .issuer (eq $acting "loopback") }}
{{- $problems = append $problems "settings.api.writes: found loopback; allowed: roles or none, because oidc.issuer names an identity provider" }}
{{- end }}
{{- end }}
{{- $provided := .Values.extraEnvFrom }}
{{- range .Values.extraEnv }}
{{- if eq .name "QUARKUS_OIDC_AUTH_SERVER_URL" }}
{{- $provided = list .name }}
{{- end }}
{{- end }}
{{- if and (eq .Values.settings.api.writes "roles") (not (or .Values.oidc.issuer $provided)) }}
{{- $problems = append $problems "settings.api.writes: found roles; allowed: none or loopback, because there is no identity provider to assign roles; set oidc.issuer" }}
{{- end }}
{{- $own := list }}
{{- range include "onward.env" . | fromYamlArray }}
{{- $own = append $own .name }}
{{- end }}
{{- range .Values.extraEnv }}
{{- if has .name $own }}
{{- $problems = append $problems (printf "extraEnv: found %s, which the chart sets; allowed: the value for it (settings, oidc, aws)" .name) }}
{{- end }}
{{- end }}
{{- $labels := include "onward.labels" . | fromYaml }}
{{- range $place, $further := dict "podLabels" .Values.podLabels "serviceMonitor.labels" .Values.serviceMonitor.labels "rules.labels" .Values.rules.labels "dashboards.labels" .Values.dashboards.labels }}
{{- range $label, $_ := $further }}
{{- if hasKey $labels $label }}
{{- $problems = append $problems (printf "%s: found %s, which the chart sets; allowed: other labels" $place $label) }}
{{- end }}
{{- end }}
{{- end }}
{{- $alerts := include "onward.alertNames" . | fromYamlArray }}
{{- range .Values.rules.disabled }}
{{- if not (has . $alerts) }}
{{- $problems = append $problems (printf "rules.disabled: found %s; allowed: %s" . (join ", " $alerts)) }}
{{- end }}
{{- end }}
{{- if $problems }}
{{- fail (printf "\n\nOnward cannot be installed with these values:\n  %s\n" (join "\n  " $problems)) }}
{{- end }}
{{- end }}
