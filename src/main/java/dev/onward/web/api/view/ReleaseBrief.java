package dev.onward.web.api.view;

import dev.onward.model.release.Release;
import java.time.Instant;

/** A release where another thing is spoken of; {@code releases/{id}} has all of it. */
public record ReleaseBrief(String id, String shortId, Instant createdAt, String description) {
  public static ReleaseBrief of(Release release) {
    return new ReleaseBrief(
        release.id().value(), release.id().shortForm(), release.createdAt(), release.description());
  }
}
