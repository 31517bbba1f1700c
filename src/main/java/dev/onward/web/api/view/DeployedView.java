package dev.onward.web.api.view;

import dev.onward.model.release.Release;
import dev.onward.plan.EnvironmentExplanation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The deployment in force.
 *
 * @param origin {@code automation}, {@code person}, {@code adopted} (the old tool's) or {@code
 *     first_sight} (there before Onward was)
 * @param deploymentId the old tool's have none
 * @param description absent, with no images, if the releases table has lost the release
 */
record DeployedView(
    String release,
    Instant releaseCreatedAt,
    Instant deployedAt,
    String origin,
    Optional<String> deploymentId,
    Optional<String> description,
    List<ImageView> images) {

  static Optional<DeployedView> of(EnvironmentExplanation it) {
    return it.current()
        .map(
            current ->
                new DeployedView(
                    current.release().value(),
                    current.releaseCreatedAt(),
                    current.deployedAt(),
                    current.origin().word(),
                    current.deploymentId(),
                    it.currentRelease().map(Release::description),
                    it.currentRelease().map(ImageView::of).orElse(List.of())));
  }
}
