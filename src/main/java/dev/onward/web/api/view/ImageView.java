package dev.onward.web.api.view;

import dev.onward.model.release.Release;
import java.util.List;

/**
 * A service's image.
 *
 * @param tag the image's tag or digest: what tells two builds apart
 */
record ImageView(String service, String image, String tag) {
  static List<ImageView> of(Release release) {
    return release.images().images().entrySet().stream()
        .map(
            entry ->
                new ImageView(
                    entry.getKey().value(), entry.getValue().value(), entry.getValue().shortTag()))
        .toList();
  }
}
