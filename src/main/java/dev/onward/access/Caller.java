package dev.onward.access;

import dev.onward.model.ProjectId;
import dev.onward.model.Requester;

/** Who asks, and what they may do. */
public record Caller(Requester requester, Permissions rights) {

  public boolean may(Role role, Scope scope) {
    return rights.allow(role, scope);
  }

  public boolean maySee(ProjectId project) {
    return may(Role.VIEWER, new Scope.Somewhere(project));
  }

  /** Throws {@link AccessDeniedException}. */
  public void require(Role role, Scope scope) {
    if (!may(role, scope)) {
      throw AccessDeniedException.forbidden(
          requester,
          "%s may not do this: it needs the role %s on %s"
              .formatted(requester.name(), role.word(), scope.words()));
    }
  }
}
