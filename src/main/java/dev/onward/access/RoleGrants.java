package dev.onward.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which groups may do what. */
public record RoleGrants(List<RoleGrant> all) {
  /** Where nothing is configured, the groups that are named as the roles have them everywhere. */
  static final RoleGrants BY_NAME =
      new RoleGrants(Arrays.stream(Role.values()).map(RoleGrants::byName).toList());

  public RoleGrants {
    all = List.copyOf(all);
  }

  /** What the members of these groups may do. */
  public Permissions of(Collection<String> groups) {
    List<RoleGrant> theirs = all.stream().filter(grant -> grant.isFor(groups)).toList();
    return (role, scope) -> theirs.stream().anyMatch(grant -> grant.gives(role, scope));
  }

  private static RoleGrant byName(Role role) {
    return new RoleGrant(Set.of(role.word()), role, Optional.empty(), Optional.empty());
  }
}
