package dev.onward.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which groups may do what. */
record Grants(List<Grant> all) {
  /** Where nothing is configured, the groups that are named as the roles have them everywhere. */
  static final Grants BY_NAME =
      new Grants(Arrays.stream(Role.values()).map(Grants::byName).toList());

  Grants {
    all = List.copyOf(all);
  }

  /** What the members of these groups may do. */
  Rights of(Collection<String> groups) {
    List<Grant> theirs = all.stream().filter(grant -> grant.isFor(groups)).toList();
    return (role, scope) -> theirs.stream().anyMatch(grant -> grant.gives(role, scope));
  }

  private static Grant byName(Role role) {
    return new Grant(Set.of(role.word()), role, Optional.empty(), Optional.empty());
  }
}
