package dev.onward.plan.replay;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.ServiceId;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.DeploymentOrigin;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.ImageSet;
import dev.onward.model.release.LabelHead;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.DesiredState;
import dev.onward.plan.ObservedEnvironment;
import dev.onward.plan.ObservedLabel;
import dev.onward.plan.ObservedParameter;
import dev.onward.plan.ObservedState;
import dev.onward.plan.replay.ReplayHistory.Recorded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The initial state of a replay: the environments as earlier recorded deployments left them,
 * converged, without drift and without a floor set by a person's deployment; and labels without
 * published images.
 */
final class ReplayStart {
  private ReplayStart() {}

  static ObservedState of(DesiredState desired, ReplayHistory history, Instant from) {
    var releases = new HashMap<ReleaseId, Release>();
    var environments = new TreeMap<EnvironmentId, ObservedEnvironment>();
    for (DesiredEnvironment environment : desired.environments()) {
      List<Recorded> before =
          history.deploymentsTo(environment.id()).stream()
              .filter(recorded -> recorded.at().isBefore(from))
              .toList();
      before.forEach(recorded -> releases.put(recorded.release().id(), recorded.release()));
      environments.put(environment.id(), environment(environment.id(), before));
    }
    var labels = new TreeMap<Label, ObservedLabel>();
    desired
        .watchedLabels()
        .forEach(label -> labels.put(label, label(new TreeMap<>(), Optional.empty(), from)));
    return new ObservedState(
        labels,
        environments,
        releases,
        new TreeMap<>(),
        List.of(),
        InterventionState.NONE,
        InterventionState.NONE,
        Map.of());
  }

  private static ObservedEnvironment environment(EnvironmentId id, List<Recorded> before) {
    var history = new ArrayList<DeployedRelease>();
    for (int i = 0; i < before.size(); i++) {
      Recorded recorded = before.get(i);
      boolean current = i == before.size() - 1;
      history.add(
          new DeployedRelease(
              recorded.release().id(),
              recorded.release().createdAt(),
              recorded.deployment().id(),
              recorded.at(),
              DeploymentOrigin.AUTOMATION,
              current ? Optional.empty() : Optional.of(recorded.at())));
    }
    SortedMap<ServiceId, ObservedParameter> parameters =
        before.isEmpty()
            ? new TreeMap<>()
            : parameters(before.getLast().release().images(), before.getLast().at());
    var head =
        new EnvironmentHead(
            id, 1 + before.size(), true, history, Optional.empty(), Optional.empty());
    return new ObservedEnvironment(
        parameters, Optional.of(head), Optional.empty(), true, Duration.ZERO, Duration.ZERO);
  }

  static ObservedLabel label(
      SortedMap<ServiceId, ObservedParameter> parameters, Optional<LabelHead> head, Instant asOf) {
    return new ObservedLabel(
        parameters, asOf, head, Optional.empty(), Duration.ZERO, Optional.empty(), Map.of());
  }

  static SortedMap<ServiceId, ObservedParameter> parameters(ImageSet images, Instant modified) {
    var parameters = new TreeMap<ServiceId, ObservedParameter>();
    images
        .images()
        .forEach(
            (service, image) ->
                parameters.put(
                    service,
                    new ObservedParameter(
                        service, new ObservedParameter.Value.Image(image), 1, modified)));
    return parameters;
  }
}
