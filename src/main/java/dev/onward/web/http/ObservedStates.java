package dev.onward.web.http;

import dev.onward.plan.ObservedState;
import dev.onward.status.ProjectStatus;
import dev.onward.status.ProjectStatus.Seen;
import jakarta.ws.rs.core.Response.Status;

/** What was seen of a project, for answers that cannot do without. */
public final class ObservedStates {
  private ObservedStates() {}

  /** Throws {@link CommandRejectedException} until a cycle has seen the project. */
  public static ObservedState of(ProjectStatus status) {
    return status
        .seen()
        .map(Seen::observed)
        .orElseThrow(
            () ->
                new CommandRejectedException(
                    Status.SERVICE_UNAVAILABLE,
                    "project %s has not been looked at yet; /api/v1/projects/%s says why, if it fails"
                        .formatted(status.desired().project(), status.desired().project())));
  }
}
