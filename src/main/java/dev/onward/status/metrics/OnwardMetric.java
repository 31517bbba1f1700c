package dev.onward.status.metrics;

import java.util.List;

/**
 * All metrics of Onward, by their Prometheus names. Label values are bounded by the manifests and
 * by fixed sets; they never include a release id or an image. {@code docs/metrics.md} documents
 * each, and a test keeps the two consistent.
 */
enum OnwardMetric {
  BUILD_INFO(
      Type.GAUGE,
      "onward_build_info",
      "The running version and mode; always 1.",
      "version",
      "mode"),

  LEADER(Type.GAUGE, "onward_leader", "1 while this process holds the lease, or needs none."),

  // Manifests.
  PROJECTS(Type.GAUGE, "onward_projects", "Projects whose manifest is in force."),
  MANIFEST_VALID(
      Type.GAUGE,
      "onward_manifest_valid",
      "1 if the whole manifest file is valid, 0 if it has an error.",
      "file"),
  MANIFEST_PROBLEMS(
      Type.GAUGE, "onward_manifest_problems", "Problems in the manifest files.", "severity"),
  MANIFEST_STALE(
      Type.GAUGE,
      "onward_manifest_stale",
      "Present while a project runs under an older manifest because the one on disk is invalid.",
      "project"),

  // Cycles.
  CYCLES(Type.COUNTER, "onward_cycles_total", "Cycles by outcome.", "project", "outcome"),
  CYCLE_DURATION(
      Type.HISTOGRAM, "onward_cycle_duration_seconds", "Duration of a cycle over one project."),
  LAST_SUCCESSFUL_CYCLE(
      Type.GAUGE,
      "onward_last_successful_cycle_timestamp_seconds",
      "Time of the last successful cycle; absent before the first.",
      "project"),
  PROJECT_FAILING(
      Type.GAUGE,
      "onward_project_failing",
      "Present while a project's cycles fail; the kind says what happens next.",
      "project",
      "kind"),
  UNRECOGNIZED_PARAMETERS(
      Type.GAUGE,
      "onward_unrecognized_parameters",
      "Unrecognized parameters under the project's images path: they name no service"
          + " and are ignored.",
      "project"),

  // Labels and releases.
  LABEL_STATE(
      Type.GAUGE,
      "onward_label_state",
      "Present for the current state of a watched label.",
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
      "Present for the current state of an environment.",
      "project",
      "environment",
      "state"),
  ENVIRONMENT_HELD(
      Type.GAUGE,
      "onward_environment_held",
      "Present for every gate that holds the environment's candidate; without a"
          + " candidate, for every stop, hold and freeze, which would hold any release.",
      "project",
      "environment",
      "gate"),
  ENVIRONMENT_SYNC(
      Type.GAUGE,
      "onward_environment_sync",
      "Present for the relation of the environment's release to its source's current"
          + " release, independent of the state; absent without a promotion policy.",
      "project",
      "environment",
      "sync"),
  ENVIRONMENT_CONVERGED(
      Type.GAUGE,
      "onward_environment_converged",
      "1 once all parameters of the current deployment have been written or found to match.",
      "project",
      "environment"),
  LAST_DEPLOYMENT(
      Type.GAUGE,
      "onward_last_deployment_timestamp_seconds",
      "Time of the last deployment to the environment; absent if there was none.",
      "project",
      "environment"),
  RELEASE_DRIFT_RELEASES(
      Type.GAUGE,
      "onward_release_drift_releases",
      "How many releases the environment is behind its source; releases that the source"
          + " was rolled back from do not count.",
      "project",
      "environment"),
  RELEASE_DRIFT_SECONDS(
      Type.GAUGE,
      "onward_release_drift_seconds",
      "How long the environment has been behind, as of the scrape; 0 if it is not.",
      "project",
      "environment"),
  PARAMETER_DRIFT_SERVICES(
      Type.GAUGE,
      "onward_parameter_drift_services",
      "Services with parameter drift.",
      "project",
      "environment"),
  UNMANAGED_SERVICES(
      Type.GAUGE,
      "onward_unmanaged_services",
      "Services with a parameter in the environment that the release does not contain;"
          + " not modified.",
      "project",
      "environment"),
  DEPLOYMENTS_RECORDED(
      Type.COUNTER,
      "onward_deployments_recorded_total",
      "Deployments that this process recorded or adopted, by origin of the decision.",
      "project",
      "environment",
      "origin"),
  PARAMETERS_WRITTEN(
      Type.COUNTER,
      "onward_parameters_written_total",
      "Parameters that this process wrote.",
      "project",
      "environment",
      "reason"),
  PUBLICATION_TO_CONVERGED(
      Type.HISTOGRAM,
      "onward_publication_to_converged_seconds",
      "From the publication of the newest image among those written until the"
          + " environment's parameters match the deployment.",
      "project",
      "environment"),
  ROLLED_BACK_DEPLOYMENT_AGE(
      Type.SUMMARY,
      "onward_rolled_back_deployment_age_seconds",
      "Age of a deployment when its environment was rolled back to an older release, by"
          + " automation or a person; _count is the number of rollbacks.",
      "project",
      "environment"),

  // What operators say.
  INTERVENTIONS(
      Type.COUNTER,
      "onward_interventions_total",
      "Interventions requested through this process, accepted or not; global"
          + " interventions have the project *.",
      "project",
      "action",
      "outcome"),
  GLOBAL_STOP(Type.GAUGE, "onward_global_stop", "1 while a global stop is in force."),
  PROJECT_STOPPED(
      Type.GAUGE,
      "onward_project_stopped",
      "1 while a stop of this project is in force.",
      "project"),
  ENVIRONMENT_REJECTED(
      Type.GAUGE,
      "onward_environment_rejected",
      "1 while the environment's current release is rejected.",
      "project",
      "environment"),

  DENIED_REQUESTS(
      Type.COUNTER,
      "onward_denied_requests_total",
      "Denied requests: the caller lacks permission, or interventions in force or gates"
          + " prevent the command.",
      "reason"),

  // AWS.
  STORE_DATES_REJECTED(
      Type.GAUGE,
      "onward_store_dates_rejected",
      "Responses of Parameter Store since the start whose date was rejected because it"
          + " differs from this machine's clock and from the time extrapolated from earlier"
          + " responses."),
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
      "Duration of a request, with any outcome.",
      "service",
      "operation");

  /** Prometheus's metric types. */
  enum Type {
    GAUGE,
    COUNTER,
    HISTOGRAM,
    /** Count and sum only: for rare events. */
    SUMMARY
  }

  private final Type type;
  private final String prometheusName;
  private final String help;

  // List.of is immutable; the check only recognises Guava's lists.
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
