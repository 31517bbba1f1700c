package dev.onward.plan;

import dev.onward.model.DeployedRelease;
import dev.onward.model.EnvironmentHead;
import dev.onward.model.ImageRef;
import dev.onward.model.ImageSet;
import dev.onward.model.Release;
import dev.onward.model.ServiceId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Since when an environment has been wholly its current release's, without a break. The parameters'
 * own dates tell, so that a restart forgets nothing; whoever rewrites one, even with the same
 * value, breaks it.
 */
final class Steadiness {
  private Steadiness() {}

  static Optional<Instant> of(ObservedEnvironment seen, ObservedState observed) {
    return of(seen, observed, ImageSet.EMPTY);
  }

  /**
   * As it was before the old tool began to write another release's images.
   *
   * @param incoming what the old tool writes: a parameter that has one of these is its doing
   */
  static Optional<Instant> of(ObservedEnvironment seen, ObservedState observed, ImageSet incoming) {
    Optional<EnvironmentHead> head = seen.head().filter(EnvironmentHead::converged);
    Optional<DeployedRelease> current = head.flatMap(EnvironmentHead::current);
    Optional<Release> release = current.flatMap(c -> observed.release(c.release()));
    if (release.isEmpty()) {
      return Optional.empty();
    }
    Instant since = current.orElseThrow().deployedAt();
    for (Map.Entry<ServiceId, ImageRef> image : release.get().images().images().entrySet()) {
      var parameter = Optional.ofNullable(seen.parameters().get(image.getKey()));
      Optional<ImageRef> there = parameter.flatMap(ObservedParameter::image);
      if (there.filter(image.getValue()::equals).isPresent()) {
        Instant modified = parameter.orElseThrow().lastModified();
        since = modified.isAfter(since) ? modified : since;
      } else if (there.isEmpty() || !there.equals(incoming.image(image.getKey()))) {
        return Optional.empty();
      }
    }
    return Optional.of(since);
  }
}
