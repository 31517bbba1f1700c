package dev.onward.access;

import dev.onward.OnwardConfig;
import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import dev.onward.model.ProjectId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the grants from the settings and collects all that is wrong with them. */
public final class RoleGrantsReader {
  private static final String ROLES =
      Arrays.stream(Role.values()).map(Role::word).collect(Collectors.joining(", "));

  private final List<String> problems = new ArrayList<>();

  private RoleGrantsReader() {}

  /** Those with which nothing is wrong; Onward does not start with any others. */
  public static RoleGrants read(OnwardConfig.Access access) {
    return new RoleGrantsReader().grants(access.grants());
  }

  /** Each names the property, what was found and what is allowed. */
  public static List<String> problems(OnwardConfig.Access access) {
    var reader = new RoleGrantsReader();
    reader.grants(access.grants());
    return List.copyOf(reader.problems);
  }

  private RoleGrants grants(Map<String, OnwardConfig.Access.Grant> configured) {
    if (configured.isEmpty()) {
      return RoleGrants.BY_NAME;
    }
    var grants = new ArrayList<RoleGrant>();
    configured.forEach((name, grant) -> read(name, grant).ifPresent(grants::add));
    return new RoleGrants(grants);
  }

  private Optional<RoleGrant> read(String name, OnwardConfig.Access.Grant grant) {
    String property = "onward.access.grants.%s.".formatted(name);
    Set<String> groups = names(grant.groups());
    if (groups.isEmpty()) {
      problem(property + "groups", "nothing", "one or more names of groups, or * for everybody");
    }
    Optional<Role> role = role(property + "role", grant.role());
    return role.map(
        it ->
            new RoleGrant(
                groups,
                it,
                grant.projects().map(all -> ids(property + "projects", all, ProjectId::new)),
                grant
                    .environments()
                    .map(all -> ids(property + "environments", all, EnvironmentId::new))));
  }

  private Optional<Role> role(String property, Optional<String> text) {
    Optional<Role> role =
        text.map(it -> it.strip().toLowerCase(Locale.ROOT))
            .flatMap(
                word ->
                    Arrays.stream(Role.values()).filter(it -> it.word().equals(word)).findAny());
    if (role.isEmpty()) {
      problem(property, text.map(it -> "'" + it + "'").orElse("nothing"), ROLES);
    }
    return role;
  }

  private <T> Set<T> ids(String property, List<String> texts, Function<String, T> id) {
    var ids = new HashSet<T>();
    for (String text : texts) {
      try {
        ids.add(id.apply(text.strip()));
      } catch (InvalidValueException e) {
        problem(property, "'" + e.found() + "'", e.allowed());
      }
    }
    return ids;
  }

  private static Set<String> names(Optional<List<String>> texts) {
    return texts.stream()
        .flatMap(List::stream)
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.toSet());
  }

  private void problem(String property, String found, String allowed) {
    problems.add("%s: found %s; allowed: %s".formatted(property, found, allowed));
  }
}
