package dev.onward.api;

import dev.onward.model.Release;
import java.time.Instant;

/** A release where another thing is spoken of; {@code releases/{id}} has all of it. */
record ReleaseBrief(String id, String shortId, Instant createdAt, String description) {
  static ReleaseBrief of(Release release) {
    return new ReleaseBrief(
        release.id().value(), release.id().shortForm(), release.createdAt(), release.description());
  }
}
