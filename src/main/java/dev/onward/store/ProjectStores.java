package dev.onward.store;

import dev.onward.model.ProjectId;
import dev.onward.model.RoleArn;
import java.util.Map;
import java.util.Optional;

/** The stores of one project, with the project's credentials. */
public record ProjectStores(
    ParameterStore parameters,
    ReleaseStore releases,
    ChangeCalendars calendars,
    AuditTrail audit,
    IdempotencyStore requests) {

  /**
   * Opens a project's stores. Cheap to call every cycle: connections and credentials are cached.
   */
  public interface Provider {
    ProjectStores open(ProjectId project, Optional<RoleArn> role);

    /** What is stored for all projects together, with the process's own credentials. */
    GlobalStore daemon();

    /** Drops cached clients of projects, and of their roles, that are not among these. */
    default void keepOnly(Map<ProjectId, Optional<RoleArn>> wanted) {}

    /**
     * Limits the reads of this process.
     *
     * @param standby whether to leave most of the account's requests to the leader
     */
    default void limitReads(boolean standby) {}
  }
}
