{{- define "onward.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "onward.fullname" -}}
{{- $name := include "onward.name" . }}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" }}
{{- else if contains $name .Release.Name }}
{{- .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 50 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{/* The labels that select the pods of this release: they must never change. */}}
{{- define "onward.selectorLabels" -}}
app.kubernetes.io/name: {{ include "onward.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: server
{{- end }}

{{- define "onward.commonLabels" -}}
app.kubernetes.io/name: {{ include "onward.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "onward.labels" -}}
{{ include "onward.commonLabels" . }}
app.kubernetes.io/component: server
{{- end }}

{{- define "onward.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "onward.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "onward.manifestsName" -}}
{{- default (printf "%s-manifests" (include "onward.fullname" .)) .Values.manifests.existingConfigMap }}
{{- end }}

{{- define "onward.image" -}}
{{- if .Values.image.digest }}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest }}
{{- else }}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) }}
{{- end }}
{{- end }}
