package dev.onward.plan;

import dev.onward.model.ServiceId;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.Release;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Since when an environment has been wholly its current release's, without a break. The parameters'
 * own dates tell, so that a restart forgets nothing; whoever rewrites one, even with the same
 * value, breaks it.
 */
public final class ConvergedSince {
  private ConvergedSince() {}

  public static Optional<Instant> of(ObservedEnvironment seen, ObservedState observed) {
    return of(seen, observed, Map.of());
  }

  /**
   * As it was before the old tool wrote over some of its parameters.
   *
   * @param writtenOver those, and since when they had been as the current release says
   */
  static Optional<Instant> of(
      ObservedEnvironment seen, ObservedState observed, Map<ServiceId, Instant> writtenOver) {
    Optional<EnvironmentHead> head = seen.head().filter(EnvironmentHead::converged);
    Optional<DeployedRelease> current = head.flatMap(EnvironmentHead::current);
    Optional<Release> release = current.flatMap(c -> observed.release(c.release()));
    if (release.isEmpty()) {
      return Optional.empty();
    }
    Instant since = current.orElseThrow().deployedAt();
    for (Map.Entry<ServiceId, ImageRef> image : release.get().images().images().entrySet()) {
      Optional<Instant> from =
          Optional.ofNullable(seen.parameters().get(image.getKey()))
              .filter(parameter -> parameter.image().filter(image.getValue()::equals).isPresent())
              .map(ObservedParameter::lastModified)
              .or(() -> Optional.ofNullable(writtenOver.get(image.getKey())));
      if (from.isEmpty()) {
        return Optional.empty();
      }
      since = from.get().isAfter(since) ? from.get() : since;
    }
    return Optional.of(since);
  }
}
