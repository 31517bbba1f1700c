package dev.onward.query;

import dev.onward.model.ParameterName;
import dev.onward.model.ProjectId;
import dev.onward.model.Source;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.ReleaseManifest.ImageOrigin;
import dev.onward.plan.ObservedParameter;
import dev.onward.store.ReleaseStore.Unreadable;
import java.time.Instant;
import java.util.Optional;

/**
 * What a label, an environment or a release has for a service.
 *
 * @param text the image, or a description of what is there instead
 * @param image absent if it is not an image
 * @param origin absent if it was not recorded
 */
public record LocatedImage(String text, Optional<ImageRef> image, Optional<Origin> origin) {

  /**
   * Where a value was read from.
   *
   * @param parameter the full SSM parameter name
   * @param modifiedAt when this version was written
   * @param modifiedBy who wrote it, where known
   */
  public record Origin(
      String parameter, long version, Instant modifiedAt, Optional<String> modifiedBy) {}

  /** The image of a parameter. */
  public static LocatedImage of(ProjectId project, Source where, ObservedParameter it) {
    return new LocatedImage(
        it.describe(),
        it.image(),
        Optional.of(
            new Origin(
                new ParameterName(project, where, it.service()).path(),
                it.version(),
                it.lastModified(),
                Optional.empty())));
  }

  /** An unreadable image of a release. */
  static LocatedImage unreadable(Unreadable it) {
    return new LocatedImage("cannot be read: " + it.reason(), Optional.empty(), Optional.empty());
  }

  /** The image of a release. */
  public static LocatedImage of(ImageRef image, Optional<ImageOrigin> origin) {
    return new LocatedImage(
        image.value(),
        Optional.of(image),
        origin.map(
            it -> new Origin(it.parameter(), it.version(), it.publishedAt(), it.publishedBy())));
  }
}
