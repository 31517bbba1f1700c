package dev.onward.plan;

import dev.onward.model.ServiceId;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.ImageSet;
import java.util.ArrayList;
import java.util.Optional;

/** Describes the differences between two image sets: {@code bags 1.4 → 1.5, mets removed}. */
public final class ImageDiff {
  private static final int SHOWN = 5;

  private ImageDiff() {}

  public static String describe(ImageSet before, ImageSet after) {
    var changes = new ArrayList<String>();
    for (ServiceId service : after.changedFrom(before)) {
      changes.add(change(service, before.image(service), after.image(service)));
    }
    int shown = Math.min(SHOWN, changes.size());
    String more = changes.size() > shown ? " and %s more".formatted(changes.size() - shown) : "";
    return String.join(", ", changes.subList(0, shown)) + more;
  }

  private static String change(
      ServiceId service, Optional<ImageRef> before, Optional<ImageRef> after) {
    if (after.isEmpty()) {
      return service + " removed";
    }
    return before
        .map(image -> "%s %s → %s".formatted(service, image.shortTag(), after.get().shortTag()))
        .orElseGet(() -> "%s added at %s".formatted(service, after.get().shortTag()));
  }
}
