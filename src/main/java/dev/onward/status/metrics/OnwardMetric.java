package dev.onward.status.metrics;

import java.util.List;

/**
 * Every metric of Onward's own, by the name Prometheus sees. Labels are bounded by the manifests
 * and by fixed lists of words; there is never a release id or an image among them. {@code
 * docs/metrics.md} says what each means, and a test holds the two together.
 */
enum OnwardMetric {
  BUILD_INFO(
      Type.GAUGE,
      "onward_build_info",
      "Always 1; the labels say which version runs, and whether it acts or only observes.",
      "version",
      "mode"),

  LEADING(
      Type.GAUGE,
      "onward_leading",
      "1 while this process has the lease, or needs none. 0 on a standby, and on every process"
          + " while nobody can be known to lead: they act then, at a standby's pace."),

  // Manifests.
  PROJECTS(Type.GAUGE, "onward_projects", "Projects whose manifest is in force."),
  MANIFEST_VALID(
      Type.GAUGE,
      "onward_manifest_valid",
      "Whether all of a manifest file could be used (1) or something in it is wrong (0).",
      "file"),
  MANIFEST_PROBLEMS(
      Type.GAUGE,
      "onward_manifest_problems",
      "Problems in the manifest files, by severity.",
      "severity"),
  MANIFEST_STALE(
      Type.GAUGE,
      "onward_manifest_stale",
      "1 while a project follows an older manifest because the one on disk cannot be used.",
      "project"),

  // Cycles.
  CYCLES(Type.COUNTER, "onward_cycles_total", "Cycles, by how they ended.", "project", "outcome"),
  CYCLE_DURATION(
      Type.HISTOGRAM, "onward_cycle_duration_seconds", "How long a cycle over one project took."),
  LAST_SUCCESSFUL_CYCLE(
      Type.GAUGE,
      "onward_last_successful_cycle_timestamp_seconds",
      "When a cycle last ended well, in Unix time; absent before the first.",
      "project"),
  PROJECT_FAILING(
      Type.GAUGE,
      "onward_project_failing",
      "1 while a project's cycles fail; the kind says what happens next.",
      "project",
      "kind"),
  STRAY_PARAMETERS(
      Type.GAUGE,
      "onward_stray_parameters",
      "Parameters under a project's images path that name no service, and are ignored.",
      "project"),

  // Labels and releases.
  LABEL_STATE(
      Type.GAUGE,
      "onward_label_state",
      "1 for the state that a watched label is in.",
      "project",
      "label",
      "state"),
  RELEASES_CREATED(
      Type.COUNTER,
      "onward_releases_created_total",
      "Releases that this process cut from a label.",
      "project",
      "label"),

  // Environments.
  ENVIRONMENT_STATE(
      Type.GAUGE,
      "onward_environment_state",
      "1 for the state that an environment is in.",
      "project",
      "environment",
      "state"),
  ENVIRONMENT_HELD(
      Type.GAUGE,
      "onward_environment_held",
      "1 for every gate that holds an environment: its candidate or, without one, whatever comes.",
      "project",
      "environment",
      "gate"),
  ENVIRONMENT_SYNC(
      Type.GAUGE,
      "onward_environment_sync",
      "1 for how the release of an environment relates to that of its source.",
      "project",
      "environment",
      "sync"),
  ENVIRONMENT_CONVERGED(
      Type.GAUGE,
      "onward_environment_converged",
      "Whether an environment's parameters were once all written or found (1) since its"
          + " deployment.",
      "project",
      "environment"),
  LAST_DEPLOYMENT(
      Type.GAUGE,
      "onward_last_deployment_timestamp_seconds",
      "When an environment was last deployed to, in Unix time; absent if never.",
      "project",
      "environment"),
  RELEASE_DRIFT_RELEASES(
      Type.GAUGE,
      "onward_release_drift_releases",
      "How many releases of its source an environment is behind.",
      "project",
      "environment"),
  RELEASE_DRIFT_SECONDS(
      Type.GAUGE,
      "onward_release_drift_seconds",
      "For how long an environment has been behind its source; 0 if it is not.",
      "project",
      "environment"),
  PARAMETER_DRIFT_SERVICES(
      Type.GAUGE,
      "onward_parameter_drift_services",
      "Services whose parameter is not what the environment's deployment says.",
      "project",
      "environment"),
  UNNAMED_SERVICES(
      Type.GAUGE,
      "onward_unnamed_services",
      "Services that have a parameter in an environment whose release does not name them.",
      "project",
      "environment"),
  DEPLOYMENTS_RECORDED(
      Type.COUNTER,
      "onward_deployments_recorded_total",
      "Deployments that this process recorded or adopted, by whose decision they were.",
      "project",
      "environment",
      "origin"),
  PARAMETERS_WRITTEN(
      Type.COUNTER,
      "onward_parameters_written_total",
      "Parameters that this process wrote, for a deployment or to repair drift.",
      "project",
      "environment",
      "reason"),
  PUBLICATION_TO_CONVERGED(
      Type.HISTOGRAM,
      "onward_publication_to_converged_seconds",
      "From the publication of a release's newest image to its environment's parameters written.",
      "project",
      "environment"),
  TIME_TO_ROLL_BACK(
      Type.SUMMARY,
      "onward_time_to_roll_back_seconds",
      "How long a deployment was in force before its environment went back to an older release.",
      "project",
      "environment"),

  // What operators say.
  OPERATOR_WORDS(
      Type.COUNTER,
      "onward_operator_words_total",
      "What operators said through this process, or were refused; project * is everything.",
      "project",
      "word",
      "outcome"),
  EVERYTHING_STOPPED(
      Type.GAUGE,
      "onward_everything_stopped",
      "1 while an operator has stopped everything, else 0."),
  PROJECT_STOPPED(
      Type.GAUGE,
      "onward_project_stopped",
      "1 while an operator has stopped this project by itself, else 0.",
      "project"),
  ENVIRONMENT_REJECTED(
      Type.GAUGE,
      "onward_environment_rejected",
      "1 while the release that an environment has is rejected, else 0.",
      "project",
      "environment"),

  REFUSED_REQUESTS(
      Type.COUNTER,
      "onward_refused_requests_total",
      "Requests that were refused to whoever asked, by why.",
      "kind"),

  // AWS.
  STORE_DATES_REFUSED(
      Type.GAUGE,
      "onward_store_dates_refused",
      "Answers of Parameter Store since the start whose date differed from this machine's clock and"
          + " from what earlier answers led to."),
  AWS_REQUESTS(
      Type.COUNTER,
      "onward_aws_requests_total",
      "Requests sent to AWS, retries included.",
      "service",
      "operation",
      "outcome"),
  AWS_REQUEST_DURATION(
      Type.HISTOGRAM,
      "onward_aws_request_duration_seconds",
      "How long a request to AWS took, whatever its outcome.",
      "service",
      "operation");

  /** As Prometheus has them. */
  enum Type {
    GAUGE,
    COUNTER,
    HISTOGRAM,
    /** Count and sum alone: for what is rare. */
    SUMMARY
  }

  private final Type type;
  private final String prometheusName;
  private final String help;

  // List.of makes what does not change; the check knows Guava's lists only.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> labels;

  OnwardMetric(Type type, String prometheusName, String help, String... labels) {
    this.type = type;
    this.prometheusName = prometheusName;
    this.help = help;
    this.labels = List.of(labels);
  }

  Type type() {
    return type;
  }

  String prometheusName() {
    return prometheusName;
  }

  String help() {
    return help;
  }

  List<String> labels() {
    return labels;
  }
}
