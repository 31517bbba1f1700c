package dev.onward.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ProjectId;
import dev.onward.startup.BlankGrantCheck;
import dev.onward.testing.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoleGrantsTest {
  private static final Scope EVERYTHING = new Scope.Everything();
  private static final Scope ANYWHERE = new Scope.Anywhere();
  private static final Scope STORAGE = new Scope.Project(new ProjectId("storage"));
  private static final Scope IN_STORAGE = new Scope.Somewhere(new ProjectId("storage"));
  private static final Scope STAGE = environment("storage", "stage");
  private static final Scope PROD = environment("storage", "prod");
  private static final Scope CATALOGUE = new Scope.Project(new ProjectId("catalogue"));
  private static final Scope CATALOGUE_STAGE = environment("catalogue", "stage");
  private static final List<Scope> ALL =
      List.of(EVERYTHING, ANYWHERE, STORAGE, IN_STORAGE, STAGE, PROD, CATALOGUE, CATALOGUE_STAGE);

  @Test
  void withoutGrantsTheGroupsNamedAsTheRolesHaveThemEverywhere() {
    for (Scope scope : ALL) {
      assertThat(rolesOn(scope, rights("viewer"))).containsExactly(Role.VIEWER);
      assertThat(rolesOn(scope, rights("deployer"))).containsExactly(Role.VIEWER, Role.DEPLOYER);
      assertThat(rolesOn(scope, rights("admin"))).containsExactly(Role.values());
      assertThat(rolesOn(scope, rights("somebody"))).isEmpty();
    }
  }

  @Test
  void withAnyGrantTheNamesOfRolesMeanNothing() {
    assertThat(on("admin", "g.groups", "operators", "g.role", "viewer")).isEmpty();
  }

  @Test
  void aGrantForAProjectReachesNoOther() {
    assertThat(on("team", "g.groups", "team", "g.role", "deployer", "g.projects", "storage"))
        .containsExactly(ANYWHERE, STORAGE, IN_STORAGE, STAGE, PROD);
  }

  @Test
  void aGrantForAnEnvironmentReachesNothingOfTheWholeProject() {
    assertThat(
            on(
                "team",
                "g.groups",
                "team",
                "g.role",
                "deployer",
                "g.projects",
                "storage",
                "g.environments",
                "stage"))
        .containsExactly(ANYWHERE, IN_STORAGE, STAGE);
  }

  @Test
  void aGrantForAnEnvironmentOfAnyProjectHoldsInEach() {
    assertThat(on("team", "g.groups", "team", "g.role", "admin", "g.environments", "stage"))
        .containsExactly(ANYWHERE, IN_STORAGE, STAGE, CATALOGUE_STAGE);
  }

  @Test
  void severalGrantsAddUp() {
    String[] settings = {
      "a.groups",
      "team",
      "a.role",
      "viewer",
      "b.groups",
      "other,team",
      "b.role",
      "deployer",
      "b.environments",
      "stage"
    };
    Permissions rights = rights("team", settings);
    assertThat(rolesOn(CATALOGUE, rights)).containsExactly(Role.VIEWER);
    assertThat(rolesOn(STAGE, rights)).containsExactly(Role.VIEWER, Role.DEPLOYER);
    assertThat(rolesOn(STAGE, rights("other", settings)))
        .containsExactly(Role.VIEWER, Role.DEPLOYER);
    assertThat(rolesOn(PROD, rights("other", settings))).isEmpty();
  }

  @Test
  void aStarIsEverybodyWhoIsKnown() {
    String[] settings = {"g.groups", "*", "g.role", "viewer"};
    var grants = RoleGrantsReader.read(Settings.of(properties(settings)).access());
    assertThat(grants.of(List.of()).allow(Role.VIEWER, EVERYTHING)).isTrue();
    assertThat(grants.of(List.of()).allow(Role.DEPLOYER, STAGE)).isFalse();
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    assertThat(
            problems(
                "a.role", "boss",
                "b.groups", "team",
                "c.groups", "team",
                "c.role", "Deployer",
                "c.projects", "storage,a b",
                "c.environments", "/"))
        .hasSize(5)
        .anySatisfy(
            it ->
                assertThat(it)
                    .isEqualTo(
                        "onward.access.grants.a.role: found 'boss'; allowed: viewer, deployer,"
                            + " admin"))
        .anySatisfy(it -> assertThat(it).startsWith("onward.access.grants.a.groups: found nothing"))
        .anySatisfy(it -> assertThat(it).startsWith("onward.access.grants.b.role: found nothing"))
        .anySatisfy(it -> assertThat(it).startsWith("onward.access.grants.c.projects: found 'a b'"))
        .anySatisfy(
            it -> assertThat(it).startsWith("onward.access.grants.c.environments: found '/'"));
  }

  @Test
  void aLimitThatIsThereAndEmptyIsAMistakeAndNotEverywhere() {
    var settings =
        Map.of(
            "onward.access.grants.a.projects", "",
            "ONWARD_ACCESS_GRANTS_B_ENVIRONMENTS", " ",
            "onward.access.grants.a.role", "viewer",
            "onward.manifests", "");
    assertThat(
            BlankGrantCheck.problems(
                settings.keySet(), name -> Optional.ofNullable(settings.get(name))))
        .hasSize(2)
        .anySatisfy(it -> assertThat(it).startsWith("onward.access.grants.a.projects: "))
        .anySatisfy(it -> assertThat(it).startsWith("ONWARD_ACCESS_GRANTS_B_ENVIRONMENTS: "));
  }

  /** Where these settings let a group act, or at least look. */
  private static List<Scope> on(String group, String... settings) {
    Permissions rights = rights(group, settings);
    return ALL.stream().filter(scope -> rights.allow(Role.VIEWER, scope)).toList();
  }

  private static List<Role> rolesOn(Scope scope, Permissions rights) {
    return Stream.of(Role.values()).filter(role -> rights.allow(role, scope)).toList();
  }

  private static Permissions rights(String group, String... settings) {
    return RoleGrantsReader.read(Settings.of(properties(settings)).access()).of(List.of(group));
  }

  private static List<String> problems(String... settings) {
    return RoleGrantsReader.problems(Settings.of(properties(settings)).access());
  }

  private static String[] properties(String... settings) {
    String[] properties = Arrays.copyOf(settings, settings.length);
    for (int i = 0; i < properties.length; i += 2) {
      properties[i] = "onward.access.grants." + properties[i];
    }
    return properties;
  }

  private static Scope environment(String project, String environment) {
    return new Scope.Environment(new ProjectId(project), new EnvironmentId(environment));
  }
}
