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
 * Computes since when an environment's parameters have continuously matched its current release.
 * Derived from the parameters' own dates, so that a restart loses nothing; any write to one, even
 * of the same value, starts it anew.
 */
public final class ConvergedSince {
  private ConvergedSince() {}

  public static Optional<Instant> of(ObservedEnvironment seen, ObservedState observed) {
    return of(seen, observed, Map.of());
  }

  /**
   * The state before the older tool overwrote some of the parameters.
   *
   * @param writtenOver the overwritten parameters, and since when they had matched the current
   *     release
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
