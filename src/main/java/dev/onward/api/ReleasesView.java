package dev.onward.api;

import dev.onward.reconcile.ReleaseStore.ReleasePage;
import java.util.List;
import java.util.Optional;

/**
 * A page of a project's releases, newest first.
 *
 * @param nextCursor where the next page begins; absent on the last one
 * @param unreadable items of the table that are no release, each with the reason
 */
record ReleasesView(
    List<ReleaseView> releases, Optional<String> nextCursor, List<String> unreadable) {
  static ReleasesView of(ReleasePage page) {
    return new ReleasesView(
        page.releases().stream().map(ReleaseView::of).toList(), page.cursor(), page.unreadable());
  }
}
