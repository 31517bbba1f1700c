{{/*
Environment variables of a tree of settings: {lease: {term: 10s}} under ONWARD is ONWARD_LEASE_TERM. Empty values are
omitted, because Onward would treat them as set.
*/}}
{{- define "onward.variables" -}}
{{- range $key, $value := .tree }}
{{- $name := printf "%s_%s" $.prefix (regexReplaceAll "([A-Z])" $key "_${1}" | upper) }}
{{- if kindIs "map" $value }}
{{- include "onward.variables" (dict "prefix" $name "tree" $value) }}
{{- else }}
{{- if kindIs "slice" $value }}
{{- $value = join "," $value }}
{{- else if kindIs "float64" $value }}
{{- $value = int64 $value }}
{{- end }}
{{- if not (or (kindIs "invalid" $value) (eq (toString $value) "")) }}
- name: {{ $name }}
  value: {{ toString $value | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* Of a part of the projects. At most 64 characters. */}}
{{- define "onward.leaseName" -}}
{{- $name := printf "%s.%s" .Release.Namespace (include "onward.fullname" .) }}
{{- if gt (len $name) 64 }}
{{- $name = printf "%s.%s" (.Release.Namespace | sha256sum | trunc 8) (include "onward.fullname" .) }}
{{- end }}
{{- $name }}
{{- end }}

{{/* The environment variables that the chart sets. */}}
{{- define "onward.env" -}}
{{- $settings := deepCopy .Values.settings }}
{{- if not (or $settings.lease.name (has (join "," $settings.projects) (list "" "*"))) }}
{{- $_ := set $settings.lease "name" (include "onward.leaseName" .) }}
{{- end }}
- name: AWS_REGION
  value: {{ .Values.aws.region | quote }}
- name: ONWARD_MANIFESTS
  value: /etc/onward
{{- include "onward.variables" (dict "prefix" "ONWARD" "tree" $settings) }}
{{- with .Values.oidc }}
{{- if .issuer }}
- name: QUARKUS_OIDC_AUTH_SERVER_URL
  value: {{ .issuer | quote }}
- name: QUARKUS_OIDC_CLIENT_ID
  value: {{ .clientId | quote }}
- name: QUARKUS_OIDC_CREDENTIALS_SECRET
  valueFrom:
    secretKeyRef:
      name: {{ .clientSecret.existingSecret }}
      key: {{ .clientSecret.key }}
{{- with .audience }}
- name: QUARKUS_OIDC_TOKEN_AUDIENCE
  value: {{ . | quote }}
{{- end }}
{{- with .scopes }}
- name: QUARKUS_OIDC_AUTHENTICATION_SCOPES
  value: {{ join "," . | quote }}
{{- end }}
{{- if .behindTlsProxy }}
- name: QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING
  value: "true"
- name: QUARKUS_OIDC_AUTHENTICATION_COOKIE_FORCE_SECURE
  value: "true"
{{- end }}
{{- end }}
{{- end }}
{{- end }}
