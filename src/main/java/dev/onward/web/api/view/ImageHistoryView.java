package dev.onward.web.api.view;

import dev.onward.model.InvalidValueException;
import dev.onward.model.ProjectId;
import dev.onward.model.Source;
import dev.onward.model.release.ImageRef;
import dev.onward.query.ImageHistory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What was under a label or in an environment, newest first.
 *
 * @param nextCursor where the next page begins; absent on the last one
 */
@Schema(name = "ImageHistory")
public record ImageHistoryView(
    String project, SourceView place, List<Version> versions, Optional<String> nextCursor) {

  /**
   * One version of a service's parameter.
   *
   * @param image absent if what was there was no image
   * @param tag the image's tag or digest: what tells two builds apart
   * @param modifiedBy the AWS identity that wrote it
   * @param description what whoever wrote it said about it
   */
  @Schema(name = "ImageVersion")
  record Version(
      String service,
      long parameterVersion,
      Optional<String> image,
      Optional<String> tag,
      Instant modifiedAt,
      Optional<String> modifiedBy,
      Optional<String> description) {
    private static Version of(ImageHistory.Entry entry) {
      Optional<ImageRef> image = image(entry.version().value());
      return new Version(
          entry.service().value(),
          entry.version().version(),
          image.map(ImageRef::value),
          image.map(ImageRef::shortTag),
          entry.version().lastModified(),
          entry.version().lastModifiedBy(),
          entry.version().description());
    }

    /** What is no image may be anything, so it is not shown. */
    private static Optional<ImageRef> image(String value) {
      try {
        return Optional.of(new ImageRef(value));
      } catch (InvalidValueException e) {
        return Optional.empty();
      }
    }
  }

  public static ImageHistoryView of(ProjectId project, Source place, ImageHistory.Page page) {
    return new ImageHistoryView(
        project.value(),
        SourceView.of(place),
        page.entries().stream().map(Version::of).toList(),
        page.cursor());
  }
}
