package dev.onward.board;

import dev.onward.model.Release;
import java.time.Instant;

/** A release as a page names it. */
record ReleaseLink(String id, String tag, String description, Moment created) {
  static ReleaseLink of(Release release, Instant now) {
    return new ReleaseLink(
        release.id().value(),
        release.id().shortForm(),
        release.description(),
        Moment.of(release.createdAt(), now));
  }
}
