package dev.onward.access;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ProjectId;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * A role for the members of some groups.
 *
 * @param groups any of which is enough
 * @param projects where it holds, if it does not hold in all; they need not exist
 * @param environments where it holds, if it does not hold in all
 */
record RoleGrant(
    Set<String> groups,
    Role role,
    Optional<Set<ProjectId>> projects,
    Optional<Set<EnvironmentId>> environments) {
  /** Whoever is known at all is in this group. */
  static final String EVERYBODY = "*";

  RoleGrant {
    groups = Set.copyOf(groups);
    projects = projects.map(Set::copyOf);
    environments = environments.map(Set::copyOf);
  }

  boolean isFor(Collection<String> memberOf) {
    return groups.contains(EVERYBODY) || memberOf.stream().anyMatch(groups::contains);
  }

  /** What is limited to environments reaches nothing that concerns more than one. */
  boolean gives(Role asked, Scope scope) {
    return role.includes(asked)
        && switch (scope) {
          case Scope.Everything() -> projects.isEmpty() && environments.isEmpty();
          case Scope.Anywhere() -> true;
          case Scope.Project(var project) -> holdsIn(project) && environments.isEmpty();
          case Scope.Somewhere(var project) -> holdsIn(project);
          case Scope.Environment(var project, var environment) ->
              holdsIn(project) && environments.map(all -> all.contains(environment)).orElse(true);
        };
  }

  private boolean holdsIn(ProjectId project) {
    return projects.map(all -> all.contains(project)).orElse(true);
  }
}
