package dev.onward.web.board.view;

import dev.onward.model.release.Release;
import java.time.Instant;

/** A release as a page names it. */
record ReleaseLink(String id, String tag, String description, RelativeTime created) {
  static ReleaseLink of(Release release, Instant now) {
    return new ReleaseLink(
        release.id().value(),
        release.id().shortForm(),
        release.description(),
        RelativeTime.of(release.createdAt(), now));
  }
}
