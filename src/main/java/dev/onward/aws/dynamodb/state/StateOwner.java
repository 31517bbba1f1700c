package dev.onward.aws.dynamodb.state;

import dev.onward.model.ProjectId;

/**
 * The owner of items in the state table: a project, or the daemon as a whole.
 *
 * @param words the name in failure messages
 * @param whole the audit subject of interventions without an environment
 * @param partition holds the current state
 * @param auditPartition holds the audit trail
 * @param requestsPartition holds the idempotency keys
 */
public record StateOwner(
    String words, String whole, String partition, String auditPartition, String requestsPartition) {
  /** Its partition names cannot collide with any project's. */
  public static final StateOwner DAEMON =
      new StateOwner("the daemon", "everything", "daemon", "daemon#audit", "daemon#requests");

  public static StateOwner of(ProjectId project) {
    return new StateOwner(
        "project " + project,
        "project " + project,
        "project#" + project,
        "audit#" + project,
        "requests#" + project);
  }
}
