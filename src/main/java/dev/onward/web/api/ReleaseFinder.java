package dev.onward.web.api;

import dev.onward.model.InvalidValueException;
import dev.onward.model.ProjectId;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.DesiredState;
import dev.onward.status.ProjectStatus;
import dev.onward.store.ProjectStores;
import dev.onward.store.ReleaseStore.PartialRelease;
import dev.onward.store.StoreException;
import dev.onward.web.http.CommandRejectedException;
import dev.onward.web.http.NotFoundException;
import dev.onward.web.http.ReleaseIdPrefix;
import dev.onward.web.http.VisibleProjects;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds a release by its id alone. Each project may have a table and a role of its own, so there is
 * no one place to ask: it is asked for in the project that is given; else in the one whose last
 * cycle knew it; else in each.
 *
 * <p>What is known from a cycle only says where to look. Its deployments may have grown since.
 */
@ApplicationScoped
class ReleaseFinder {
  /** More projects than this are not searched one by one for an id that may be made up. */
  private static final int SEARCHED_PROJECTS = 25;

  /** What is read of each project's index in search of a short id, if many are searched: 2 MB. */
  private static final int PAGES_OF_MANY = 2;

  private final VisibleProjects visible;
  private final ProjectStores.Provider stores;
  private final ReleaseIdPrefix known;

  ReleaseFinder(VisibleProjects visible, ProjectStores.Provider stores, ReleaseIdPrefix known) {
    this.visible = visible;
    this.stores = stores;
    this.known = known;
  }

  /**
   * By the whole id, or the beginning of it. Throws {@link NotFoundException} if there is none, and
   * {@link CommandRejectedException} if several begin so. A project whose store fails does not hide
   * what another has.
   */
  PartialRelease find(ReleaseId named, Optional<ProjectId> project) {
    if (project.isPresent()) {
      return read(
          visible.project(project.get()).map(it -> known.named(named, it)).orElse(named), project);
    }
    return ReleaseIdPrefix.isShort(named) ? findShort(named) : read(named, Optional.empty());
  }

  private PartialRelease findShort(ReleaseId named) {
    var matching = new TreeMap<ReleaseId, ProjectId>();
    var complete = true;
    Optional<StoreException> failure = Optional.empty();
    for (ProjectStatus status : searched(named)) {
      try {
        ReleaseIdPrefix.Search search = known.matching(named, status, PAGES_OF_MANY);
        search.found().forEach(id -> matching.put(id, status.desired().project()));
        complete &= search.complete();
      } catch (StoreException e) {
        failure = failure.or(() -> Optional.of(e));
      }
    }
    if (matching.isEmpty() && failure.isPresent()) {
      throw failure.get();
    }
    if (matching.isEmpty() && !complete) {
      throw new NotFoundException(
          "no release whose id begins with %s is among the newest of each project; give its project"
                  .formatted(named)
              + " or its whole id");
    }
    ReleaseId id = ReleaseIdPrefix.one(named, matching.navigableKeySet());
    return read(id, Optional.ofNullable(matching.get(id)));
  }

  /** Every project; of a large estate those whose last cycle knew such a release. */
  private List<ProjectStatus> searched(ReleaseId named) {
    var all = visible.projects();
    return all.stream()
        .filter(
            status ->
                all.size() <= SEARCHED_PROJECTS
                    || !ReleaseIdPrefix.remembered(named, status).isEmpty())
        .toList();
  }

  private PartialRelease read(ReleaseId id, Optional<ProjectId> project) {
    Optional<StoreException> failure = Optional.empty();
    for (DesiredState desired : candidates(id, project)) {
      try {
        Optional<PartialRelease> found =
            stores
                .open(desired.project(), desired.role())
                .releases()
                .partial(id)
                // Projects may share a table, and then each finds the releases of all.
                .filter(it -> visible.maySee(it.release().project()));
        if (found.isPresent()) {
          return found.get();
        }
      } catch (StoreException e) {
        failure = failure.or(() -> Optional.of(e));
      }
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
    throw new NotFoundException("there is no release '%s'".formatted(id));
  }

  private List<DesiredState> candidates(ReleaseId id, Optional<ProjectId> project) {
    if (project.isPresent()) {
      return visible.project(project.get()).map(ProjectStatus::desired).stream().toList();
    }
    var all = visible.projects();
    Optional<DesiredState> known =
        all.stream().filter(status -> knows(status, id)).map(ProjectStatus::desired).findFirst();
    if (known.isPresent()) {
      return List.of(known.get());
    }
    if (all.size() > SEARCHED_PROJECTS) {
      throw new InvalidValueException(
          "query parameter project",
          "",
          "the release's project: there are too many to look in all of them");
    }
    return all.stream().map(ProjectStatus::desired).toList();
  }

  private static boolean knows(ProjectStatus status, ReleaseId id) {
    return status.seen().flatMap(seen -> seen.observed().release(id)).isPresent();
  }
}
