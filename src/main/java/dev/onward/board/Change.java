package dev.onward.board;

import dev.onward.model.ImageRef;
import dev.onward.model.ImageSet;
import dev.onward.model.ServiceId;
import java.util.List;
import java.util.Optional;

/**
 * One service's image before and after.
 *
 * @param from the short tag; empty if there was none
 * @param fromImage the whole image
 */
record Change(String service, String from, String fromImage, String to, String toImage) {
  static List<Change> between(ImageSet before, ImageSet after) {
    return after.changedFrom(before).stream()
        .map(service -> of(service, before.image(service), after.image(service)))
        .toList();
  }

  static Change of(ServiceId service, Optional<ImageRef> before, Optional<ImageRef> after) {
    return new Change(
        service.value(),
        before.map(ImageRef::shortTag).orElse(""),
        before.map(ImageRef::value).orElse(""),
        after.map(ImageRef::shortTag).orElse(""),
        after.map(ImageRef::value).orElse(""));
  }
}
