package dev.onward.web.api.view;

import dev.onward.model.release.ImageRef;
import dev.onward.query.LocatedImage;
import dev.onward.query.LocatedImage.Origin;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a place has for a service, and where that was read from.
 *
 * @param image absent if what is there is no image
 * @param tag the image's tag or digest: what tells two builds apart
 * @param found in words, what is there instead of an image
 * @param modifiedAt when this version of the parameter was written
 * @param modifiedBy who wrote it, where a release recorded that
 */
@Schema(name = "Located")
record LocatedView(
    Optional<String> image,
    Optional<String> tag,
    Optional<String> found,
    Optional<String> parameter,
    Optional<Long> parameterVersion,
    Optional<Instant> modifiedAt,
    Optional<String> modifiedBy) {
  static LocatedView of(LocatedImage it) {
    return new LocatedView(
        it.image().map(ImageRef::value),
        it.image().map(ImageRef::shortTag),
        it.image().isPresent() ? Optional.empty() : Optional.of(it.text()),
        it.origin().map(Origin::parameter),
        it.origin().map(Origin::version),
        it.origin().map(Origin::modifiedAt),
        it.origin().flatMap(Origin::modifiedBy));
  }
}
