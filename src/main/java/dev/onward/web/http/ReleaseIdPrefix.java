package dev.onward.web.http;

import dev.onward.model.release.ReleaseId;
import dev.onward.plan.DesiredState;
import dev.onward.status.ProjectStatus;
import dev.onward.store.ProjectStores;
import dev.onward.store.ReleaseStore.IdSearch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Lets people name a release by the beginning of its id, as log and board show it. A whole id costs
 * nothing here. Any other is looked for in the project's releases, for a short id that the last
 * cycle knew may be that of an older release as well.
 */
@ApplicationScoped
public class ReleaseIdPrefix {
  /** As log and board shorten an id. */
  private static final int SHORTEST = 8;

  /** A UUID; nothing is longer than what is written by Onward and by the older tool. */
  private static final int WHOLE = 36;

  /** Several thousand releases of ten services; about 3,000 read units if there are as many. */
  private static final int PAGES = 25;

  private static final int LISTED = 10;

  private final ProjectStores.Provider stores;

  public ReleaseIdPrefix(ProjectStores.Provider stores) {
    this.stores = stores;
  }

  /**
   * The release that is meant; the id itself if there is none, or if it is whole. Throws {@link
   * CommandRejectedException} if several begin so, and {@link dev.onward.store.StoreException} if
   * the table cannot be read.
   */
  public ReleaseId named(ReleaseId text, ProjectStatus status) {
    Search search = matching(text, status, PAGES);
    if (search.found().isEmpty() && !search.complete()) {
      throw new NotFoundException(
          "no release whose id begins with %s is among the newest of project %s; give its whole id"
              .formatted(text, status.desired().project()));
    }
    return one(text, search.found());
  }

  /**
   * Throws {@link CommandRejectedException} if there are several and none of them is the text
   * itself.
   */
  public static ReleaseId one(ReleaseId text, NavigableSet<ReleaseId> matching) {
    if (matching.isEmpty() || matching.contains(text)) {
      return text;
    }
    if (matching.size() == 1) {
      return matching.first();
    }
    String listed =
        matching.stream().limit(LISTED).map(ReleaseId::value).collect(Collectors.joining(", "));
    int more = matching.size() - LISTED;
    throw new CommandRejectedException(
        Status.CONFLICT,
        "%s releases begin with %s: %s%s; give a whole id"
            .formatted(
                matching.size(), text, listed, more > 0 ? " and %s more".formatted(more) : ""));
  }

  /**
   * What a search found.
   *
   * @param complete whether every release of the project was looked at
   */
  public record Search(NavigableSet<ReleaseId> found, boolean complete) {}

  /**
   * Those of one project that begin so, of the newest that fit into so many pages; none if the id
   * is whole, or too short.
   */
  public Search matching(ReleaseId text, ProjectStatus status, int pages) {
    var matching = new TreeSet<ReleaseId>();
    if (!isShort(text)) {
      return new Search(matching, true);
    }
    // The index may not have the newest yet, which the last cycle knows.
    matching.addAll(remembered(text, status));
    if (matching.contains(text)) {
      return new Search(matching, true);
    }
    DesiredState desired = status.desired();
    IdSearch search =
        stores
            .open(desired.project(), desired.role())
            .releases()
            .idsBeginningWith(text.value(), pages);
    matching.addAll(search.found());
    return new Search(matching, search.complete());
  }

  public static boolean isShort(ReleaseId text) {
    int length = text.value().length();
    return length >= SHORTEST && length < WHOLE;
  }

  public static List<ReleaseId> remembered(ReleaseId text, ProjectStatus status) {
    return status.seen().stream()
        .flatMap(seen -> seen.observed().releases().keySet().stream())
        .filter(known -> known.value().startsWith(text.value()))
        .toList();
  }
}
