package dev.onward.web.api.replay;

import dev.onward.model.release.Release;
import dev.onward.store.ReleaseStore;
import dev.onward.store.ReleaseStore.ReleasePage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a project's recorded releases, page by page. */
final class ReplayHistoryReader {
  private static final int PAGE = 100;

  private ReplayHistoryReader() {}

  /**
   * A project's newest releases.
   *
   * @param notes what is missing, in sentences for people
   */
  record History(List<Release> releases, List<String> notes) {
    History {
      releases = List.copyOf(releases);
      notes = List.copyOf(notes);
    }
  }

  /**
   * @param checkpoint run before every page
   */
  static History read(ReleaseStore store, int limit, Runnable checkpoint) {
    var releases = new ArrayList<Release>();
    var notes = new ArrayList<String>();
    int unreadable = 0;
    Optional<String> cursor = Optional.empty();
    do {
      checkpoint.run();
      ReleasePage page = store.releases(Math.min(PAGE, limit - releases.size()), cursor);
      releases.addAll(page.releases());
      unreadable += page.unreadable().size();
      cursor = page.cursor();
    } while (cursor.isPresent() && releases.size() < limit);
    if (cursor.isPresent()) {
      notes.add(
          ("Only the newest %s releases were read, back to %s: what was deployed before is known"
                  + " only as far as these go.")
              .formatted(releases.size(), releases.getLast().createdAt()));
    }
    if (unreadable > 0) {
      notes.add(
          "Items of the releases table that are no releases and were left out: %s."
              .formatted(unreadable));
    }
    return new History(releases, notes);
  }
}
