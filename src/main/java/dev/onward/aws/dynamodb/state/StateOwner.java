package dev.onward.aws.dynamodb.state;

import dev.onward.model.ProjectId;

/**
 * Whose items stand in the state table: a project's, or those of the daemon as a whole.
 *
 * @param words as failures speak of it
 * @param whole what an operator's word is about that names no environment
 * @param partition holds what is true now
 * @param auditPartition holds what happened
 * @param requestsPartition holds the requests that were given a key
 */
public record StateOwner(
    String words, String whole, String partition, String auditPartition, String requestsPartition) {
  /** Its partitions' names can be no project's, whatever that is called. */
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
