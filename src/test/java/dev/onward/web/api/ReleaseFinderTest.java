package dev.onward.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.access.Caller;
import dev.onward.access.Permissions;
import dev.onward.access.Scope;
import dev.onward.manifest.Manifests;
import dev.onward.model.InvalidValueException;
import dev.onward.model.ProjectId;
import dev.onward.model.Requester;
import dev.onward.model.RoleArn;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.ImageSet;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.model.release.ReleaseManifest;
import dev.onward.plan.DesiredState;
import dev.onward.plan.ObservedState;
import dev.onward.plan.Plan;
import dev.onward.policy.ReleasePolicy;
import dev.onward.reconcile.CycleReport;
import dev.onward.status.StatusSnapshot;
import dev.onward.store.AuditTrail;
import dev.onward.store.ChangeCalendars;
import dev.onward.store.Failure;
import dev.onward.store.GlobalStore;
import dev.onward.store.IdempotencyStore;
import dev.onward.store.ParameterStore;
import dev.onward.store.ProjectStores;
import dev.onward.store.ReleaseStore;
import dev.onward.store.ReleaseStore.PartialRelease;
import dev.onward.store.StoreException;
import dev.onward.web.http.CommandRejectedException;
import dev.onward.web.http.NotFoundException;
import dev.onward.web.http.ReleaseIdPrefix;
import dev.onward.web.http.VisibleProjects;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReleaseFinderTest {
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
  private static final ReleaseId ID = new ReleaseId("1a2b3c4d-0000-4000-8000-000000000001");
  private static final ReleaseId SAME_BEGINNING =
      new ReleaseId("1a2b3c4d-0000-4000-8000-000000000002");
  private static final ReleaseId SHORT = new ReleaseId(ID.shortForm());

  private final StatusSnapshot board = new StatusSnapshot();
  private final Map<ProjectId, Function<ReleaseId, Optional<Release>>> stores = new HashMap<>();
  private final List<ProjectId> asked = new ArrayList<>();
  private final Map<ProjectId, List<ReleaseId>> tables = new HashMap<>();
  private boolean complete = true;
  private Caller caller = new Caller(new Requester("alice", "Alice"), Permissions.VIEWING);
  private final ReleaseFinder finder =
      new ReleaseFinder(
          new VisibleProjects(() -> caller, board, InstantSource.system()),
          new Stores(),
          new ReleaseIdPrefix(new Stores()));

  @Test
  void onlyTheGivenProjectIsAsked() {
    inForce("ant", "bee");
    stores.put(id("bee"), release -> Optional.of(release("bee")));
    assertThat(find(Optional.of(id("bee"))).project()).isEqualTo(id("bee"));
    assertThat(asked).containsExactly(id("bee"));
  }

  @Test
  void aReleaseThatACycleKnewIsReadFromItsProjectAlone() {
    inForce("ant", "bee");
    board.cycleEnded(cycleThatKnows(release("bee")));
    stores.put(id("bee"), release -> Optional.of(release("bee")));
    find(Optional.empty());
    assertThat(asked).containsExactly(id("bee"));
  }

  @Test
  void anUnknownReleaseIsLookedForInEveryProject() {
    inForce("ant", "bee", "cat");
    stores.put(id("cat"), release -> Optional.of(release("cat")));
    assertThat(find(Optional.empty()).project()).isEqualTo(id("cat"));
  }

  @Test
  void whatTheCallerMayNotSeeIsNotThereAndNotLookedFor() {
    inForce("ant", "bee");
    stores.put(id("ant"), release -> Optional.of(release("ant")));
    stores.put(id("bee"), release -> Optional.of(release("bee")));
    caller = new Caller(caller.requester(), onlyOf(id("bee")));
    assertThat(find(Optional.empty()).project()).isEqualTo(id("bee"));
    assertThat(asked).containsExactly(id("bee"));
    assertThatThrownBy(() -> find(Optional.of(id("ant"))))
        .hasMessage("there is no release '%s'", ID);
  }

  @Test
  void aSharedTableDoesNotShowTheReleasesOfAProjectThatTheCallerMayNotSee() {
    inForce("bee");
    stores.put(id("bee"), release -> Optional.of(release("ant")));
    caller = new Caller(caller.requester(), onlyOf(id("bee")));
    assertThatThrownBy(() -> find(Optional.of(id("bee"))))
        .hasMessage("there is no release '%s'", ID);
  }

  private static Permissions onlyOf(ProjectId project) {
    return (role, scope) -> scope instanceof Scope.Somewhere(var asked) && asked.equals(project);
  }

  @Test
  void aProjectThatCannotBeReadDoesNotHideWhatAnotherHas() {
    inForce("ant", "bee");
    stores.put(id("ant"), ReleaseFinderTest::denied);
    stores.put(id("bee"), release -> Optional.of(release("bee")));
    assertThat(find(Optional.empty()).project()).isEqualTo(id("bee"));
  }

  @Test
  void notFoundIsOnlySaidIfEveryProjectCouldBeRead() {
    inForce("ant", "bee");
    assertThatThrownBy(() -> find(Optional.empty())).isInstanceOf(NotFoundException.class);
    stores.put(id("ant"), ReleaseFinderTest::denied);
    assertThatThrownBy(() -> find(Optional.empty()))
        .isInstanceOf(StoreException.class)
        .hasMessage("denied");
  }

  @Test
  void aLargeEstateIsNotSearchedProjectByProject() {
    inForce(IntStream.range(0, 26).mapToObj(i -> "p" + i).toArray(String[]::new));
    assertThatThrownBy(() -> find(Optional.empty()))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("project");
    assertThat(asked).isEmpty();
  }

  @Test
  void aShortIdResolvesForAReleaseThatNoCycleKnowsAnyMore() {
    inForce("ant", "bee");
    tables.put(id("bee"), List.of(ID));
    stores.put(id("bee"), release -> Optional.of(release("bee")));
    assertThat(finder.find(SHORT, Optional.of(id("bee"))).release().id()).isEqualTo(ID);
    assertThat(finder.find(SHORT, Optional.empty()).release().id()).isEqualTo(ID);
  }

  @Test
  void aShortIdOfSeveralReleasesIsAConflictThatListsThemEvenIfTheLastCycleKnewOnlyOne() {
    inForce("ant", "bee");
    board.cycleEnded(cycleThatKnows(release("bee")));
    tables.put(id("bee"), List.of(SAME_BEGINNING));
    for (Optional<ProjectId> project :
        List.of(Optional.of(id("bee")), Optional.<ProjectId>empty())) {
      assertThatThrownBy(() -> finder.find(SHORT, project))
          .isInstanceOfSatisfying(
              CommandRejectedException.class,
              refused -> assertThat(refused.status()).isEqualTo(409))
          .hasMessageContaining(ID.value())
          .hasMessageContaining(SAME_BEGINNING.value());
    }
  }

  @Test
  void aShortIdThatTwoProjectsHaveIsAConflictUnlessTheProjectIsGiven() {
    inForce("ant", "bee");
    tables.put(id("ant"), List.of(SAME_BEGINNING));
    tables.put(id("bee"), List.of(ID));
    stores.put(id("bee"), release -> Optional.of(release("bee")));
    assertThatThrownBy(() -> finder.find(SHORT, Optional.empty()))
        .isInstanceOf(CommandRejectedException.class);
    assertThat(finder.find(SHORT, Optional.of(id("bee"))).release().id()).isEqualTo(ID);
  }

  @Test
  void whereATableIsTooLargeToSearchThatIsSaidInsteadOfThatThereIsNoSuchRelease() {
    inForce("bee");
    complete = false;
    for (Optional<ProjectId> project :
        List.of(Optional.of(id("bee")), Optional.<ProjectId>empty())) {
      assertThatThrownBy(() -> finder.find(SHORT, project))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("whole id");
    }
  }

  @Test
  void aWholeIdIsNotSearchedFor() {
    inForce("bee");
    complete = false;
    stores.put(id("bee"), release -> Optional.of(release("bee")));
    assertThat(find(Optional.of(id("bee"))).id()).isEqualTo(ID);
  }

  private Release find(Optional<ProjectId> project) {
    return finder.find(ID, project).release();
  }

  private void inForce(String... projects) {
    var desired = new TreeMap<ProjectId, DesiredState>();
    var files = new TreeMap<ProjectId, String>();
    for (String project : projects) {
      desired.put(id(project), desired(project));
      files.put(id(project), "all.yaml");
    }
    board.manifestsChanged(new Manifests(desired, files, new TreeSet<>(), List.of()), List.of());
  }

  private static CycleReport cycleThatKnows(Release release) {
    return new CycleReport(
        desired(release.project().value()),
        NOW,
        Duration.ZERO,
        Optional.of(
            new ObservedState(
                new TreeMap<>(),
                new TreeMap<>(),
                Map.of(release.id(), release),
                new TreeMap<>(),
                List.of(),
                InterventionState.NONE,
                InterventionState.NONE,
                Map.of())),
        Optional.of(new Plan(List.of(), new TreeMap<>(), new TreeMap<>(), Set.of())),
        List.of(),
        Optional.empty());
  }

  private static DesiredState desired(String project) {
    return new DesiredState(
        id(project), project, Optional.empty(), ReleasePolicy.DEFAULT, List.of());
  }

  private static Release release(String project) {
    return new Release(
        ID,
        id(project),
        project,
        NOW,
        Optional.empty(),
        "",
        Requester.ONWARD,
        ImageSet.EMPTY,
        ReleaseManifest.NONE,
        List.of());
  }

  private static Optional<Release> denied(ReleaseId release) {
    throw new StoreException(Failure.stalled("denied"));
  }

  private static ProjectId id(String project) {
    return new ProjectId(project);
  }

  private ProjectStores open(ProjectId project) {
    return new ProjectStores(
        port(ParameterStore.class, release -> Optional.empty()),
        port(
            ReleaseStore.class,
            release -> {
              asked.add(project);
              return stores.getOrDefault(project, r -> Optional.empty()).apply(release);
            },
            beginning ->
                new ReleaseStore.IdSearch(
                    tables.getOrDefault(project, List.of()).stream()
                        .filter(it -> it.value().startsWith(beginning))
                        .toList(),
                    complete)),
        port(ChangeCalendars.class, release -> Optional.empty()),
        port(AuditTrail.class, release -> Optional.empty()),
        port(IdempotencyStore.class, release -> Optional.empty()));
  }

  private final class Stores implements ProjectStores.Provider {
    @Override
    public ProjectStores open(ProjectId project, Optional<RoleArn> role) {
      return ReleaseFinderTest.this.open(project);
    }

    @Override
    public GlobalStore daemon() {
      throw new UnsupportedOperationException("daemon");
    }
  }

  private static <T> T port(Class<T> type, Function<ReleaseId, Optional<Release>> releases) {
    return port(
        type,
        releases,
        beginning -> {
          throw new UnsupportedOperationException(beginning);
        });
  }

  /** A port of which only what finds releases by their ids may be called. */
  private static <T> T port(
      Class<T> type,
      Function<ReleaseId, Optional<Release>> releases,
      Function<String, ReleaseStore.IdSearch> ids) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "partial" ->
                      releases
                          .apply((ReleaseId) arguments[0])
                          .map(release -> new PartialRelease(release, List.of()));
                  case "idsBeginningWith" -> ids.apply((String) arguments[0]);
                  default -> throw new UnsupportedOperationException(method.getName());
                }));
  }
}
