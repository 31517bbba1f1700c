package dev.onward.query;

import dev.onward.model.EnvironmentId;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.store.ReleaseStore;
import dev.onward.store.ReleaseStore.ReleasePage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The releases deployed to an environment, or containing an image, newest first. The table has no
 * index for either, so its newest pages are read and filtered: at most {@value #MOST_CALLS} pages
 * of {@value #PAGE} releases per request, with a cursor to continue.
 */
public record ReleaseSearch(Optional<EnvironmentId> environment, Optional<ImageQuery> image) {
  static final int PAGE = 100;
  static final int MOST_CALLS = 5;

  /** Whether there is no filter. */
  public boolean isForAll() {
    return environment.isEmpty() && image.isEmpty();
  }

  public boolean matches(Release release) {
    return environment.filter(id -> !wasIn(release, id)).isEmpty()
        && image.filter(asked -> asked.servicesIn(release.images()).isEmpty()).isEmpty();
  }

  private static boolean wasIn(Release release, EnvironmentId id) {
    return release.deployments().stream().anyMatch(it -> it.environment().equals(id));
  }

  /**
   * A page of matches, possibly empty.
   *
   * @param cursor of the previous page of the same search
   */
  public ReleasePage find(ReleaseStore store, int limit, Optional<String> cursor) {
    Position from = cursor.map(Position::parse).orElse(Position.NEWEST);
    Optional<String> next = from.page();
    Optional<ReleaseId> passBy = from.after();
    var found = new ArrayList<Release>();
    var unreadable = new ArrayList<String>();
    for (int call = 0; call < MOST_CALLS; call++) {
      Optional<String> current = next;
      ReleasePage page = store.releases(PAGE, current);
      unreadable.addAll(page.unreadable());
      for (Release release : page.releases()) {
        if (passBy.isPresent()) {
          passBy = passBy.filter(last -> !last.equals(release.id()));
        } else if (matches(release)) {
          found.add(release);
        }
        if (found.size() == limit) {
          boolean last = release.equals(page.releases().getLast()) && page.cursor().isEmpty();
          var after = new Position(current, Optional.of(release.id()));
          return new ReleasePage(
              found, last ? Optional.empty() : Optional.of(after.text()), unreadable);
        }
      }
      next = page.cursor();
      if (next.isEmpty()) {
        return new ReleasePage(found, Optional.empty(), unreadable);
      }
    }
    return new ReleasePage(found, Optional.of(new Position(next, passBy).text()), unreadable);
  }

  /**
   * Where a search continues.
   *
   * @param page the table's own cursor of the page to read; absent for the newest
   * @param after the last release evaluated, which is on that page or, if new releases were created
   *     meanwhile, on a later one; absent if none of the page was evaluated
   */
  private record Position(Optional<String> page, Optional<ReleaseId> after) {
    static final Position NEWEST = new Position(Optional.empty(), Optional.empty());
    private static final String KIND = "search";

    static Position parse(String text) {
      return Cursor.parse(
          KIND,
          text,
          parts -> new Position(some(parts.get(0)), some(parts.get(1)).map(ReleaseId::new)));
    }

    String text() {
      return Cursor.of(KIND, List.of(page.orElse(""), after.map(ReleaseId::value).orElse("")));
    }

    private static Optional<String> some(String text) {
      return Optional.of(text).filter(it -> !it.isEmpty());
    }
  }
}
