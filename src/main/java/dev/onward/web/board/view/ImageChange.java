package dev.onward.web.board.view;

import dev.onward.model.ServiceId;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.ImageSet;
import java.util.List;
import java.util.Optional;

/**
 * One service's image before and after.
 *
 * @param from the short tag; empty if there was none
 * @param fromImage the whole image
 */
record ImageChange(String service, String from, String fromImage, String to, String toImage) {
  static List<ImageChange> between(ImageSet before, ImageSet after) {
    return after.changedFrom(before).stream()
        .map(service -> of(service, before.image(service), after.image(service)))
        .toList();
  }

  static ImageChange of(ServiceId service, Optional<ImageRef> before, Optional<ImageRef> after) {
    return new ImageChange(
        service.value(),
        before.map(ImageRef::shortTag).orElse(""),
        before.map(ImageRef::value).orElse(""),
        after.map(ImageRef::shortTag).orElse(""),
        after.map(ImageRef::value).orElse(""));
  }
}
