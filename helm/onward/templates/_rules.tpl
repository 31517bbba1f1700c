{{/* An expression restricted to the series of this installation: every metric of Onward gets the selector. */}}
{{- define "onward.selected" -}}
{{- $own := first . }}
{{- $selector := default (printf "namespace=%q, job=%q" $own.Release.Namespace (include "onward.fullname" $own)) $own.Values.rules.selector }}
{{- regexReplaceAll "onward_\\w+" (last .) "${0}{SELECTOR}" | replace "SELECTOR}{" "SELECTOR, " | replace "SELECTOR" $selector }}
{{- end }}

{{- define "onward.alertNames" -}}
{{- range (.Files.Get "files/alerts.yaml" | fromYaml).groups }}
{{- range .rules }}
- {{ .alert }}
{{- end }}
{{- end }}
{{- end }}
