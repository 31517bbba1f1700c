package dev.onward.reconcile.observe;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ParameterName;
import dev.onward.model.ServiceId;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.Release;
import dev.onward.plan.ForeignDeployment;
import dev.onward.plan.ObservedEnvironment;
import dev.onward.plan.ObservedParameter;
import dev.onward.plan.ObservedState;
import dev.onward.store.ParameterStore;
import dev.onward.store.ParameterVersion;
import dev.onward.store.StoreException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Determines what the older tool overwrote before Onward noticed its deployment, so that the
 * previous release keeps the time during which its parameters matched. Costs one history read per
 * overwritten parameter, once per deployment of the older tool.
 */
final class OverwriteDetector {
  private final ParameterStore parameters;

  OverwriteDetector(ParameterStore parameters) {
    this.parameters = parameters;
  }

  ObservedState found(ObservedState observed) {
    var told = new HashMap<EnvironmentId, ForeignDeployment>();
    for (EnvironmentId id : observed.environments().keySet()) {
      ObservedEnvironment seen = observed.environment(id);
      Optional<Release> current =
          seen.head()
              .filter(EnvironmentHead::converged)
              .flatMap(EnvironmentHead::current)
              .map(DeployedRelease::release)
              .flatMap(observed::release);
      if (current.isPresent() && seen.foreign().isPresent()) {
        ForeignDeployment by = seen.foreign().get();
        var over = writtenOver(id, seen, current.get(), by);
        told.put(id, new ForeignDeployment(by.release(), by.deployment(), over));
      }
    }
    return observed.searched(told.keySet(), told);
  }

  private Map<ServiceId, Instant> writtenOver(
      EnvironmentId environment, ObservedEnvironment seen, Release current, ForeignDeployment by) {
    var over = new HashMap<ServiceId, Instant>();
    current
        .images()
        .images()
        .forEach(
            (service, image) -> {
              Optional<ImageRef> there =
                  Optional.ofNullable(seen.parameters().get(service))
                      .flatMap(ObservedParameter::image);
              if (there.isPresent()
                  && !there.get().equals(image)
                  && there.equals(by.release().images().image(service))) {
                var name = new ParameterName(current.project(), environment, service);
                since(history(name), there.get(), image, by.deployment().createdAt())
                    .ifPresent(since -> over.put(service, since));
              }
            });
    return over;
  }

  /** Since when it had {@code before}, if {@code now} was written over it no earlier than that. */
  private static Optional<Instant> since(
      List<ParameterVersion> history, ImageRef now, ImageRef before, Instant noSooner) {
    Optional<ParameterVersion> later = Optional.empty();
    for (ParameterVersion version : history.reversed()) {
      if (!version.value().equals(now.value())) {
        return later
            .filter(over -> !over.lastModified().isBefore(noSooner))
            .filter(over -> version.value().equals(before.value()))
            .map(over -> version.lastModified());
      }
      later = Optional.of(version);
    }
    return Optional.empty();
  }

  /**
   * If the history cannot be read, the parameter counts as not having matched: that holds a release
   * back, nothing worse.
   */
  private List<ParameterVersion> history(ParameterName name) {
    try {
      return parameters.history(name);
    } catch (StoreException e) {
      return List.of();
    }
  }
}
