package dev.onward.plan.command;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.ParameterName;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.ImageSet;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseManifest;
import dev.onward.model.release.ReleaseManifest.ImageOrigin;
import dev.onward.plan.DesiredState;
import dev.onward.plan.DeterministicId;
import dev.onward.plan.MonotonicCreationTime;
import dev.onward.plan.ObservedEnvironment;
import dev.onward.plan.ObservedParameter;
import dev.onward.plan.ObservedState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Composes a release outside every label's chain: the images of a label or an environment, with
 * some replaced. Used to release a single service.
 */
final class ReleaseComposer {
  private final DesiredState desired;
  private final ObservedState observed;
  private final Attribution attribution;

  private final SortedMap<ServiceId, ImageRef> images = new TreeMap<>();
  private final SortedMap<ServiceId, ImageOrigin> origins = new TreeMap<>();

  ReleaseComposer(DesiredState desired, ObservedState observed, Attribution attribution) {
    this.desired = desired;
    this.observed = observed;
    this.attribution = attribution;
  }

  CommandDecision compose(OperatorCommand.Compose command) {
    var base = observed.parameters(command.from());
    if (base.isEmpty()) {
      return CommandDecision.Refused.unknown(
          "no image is published under '%s'".formatted(command.from()));
    }
    Optional<CommandDecision> unsettled = unsettled(command.from());
    if (unsettled.isPresent()) {
      return unsettled.get();
    }
    for (ObservedParameter parameter : base.values()) {
      boolean replaced = command.replacements().containsKey(parameter.service());
      if (!replaced && !take(command.from(), parameter)) {
        return noImage(command.from(), parameter);
      }
    }
    for (Map.Entry<ServiceId, OperatorCommand.Replacement> replacement :
        command.replacements().entrySet()) {
      Optional<CommandDecision> refused = replace(replacement.getKey(), replacement.getValue());
      if (refused.isPresent()) {
        return refused.get();
      }
    }
    var set = ImageSet.of(images);
    return new CommandDecision.Add(
        new Release(
            DeterministicId.composed(desired.project(), set, attribution),
            desired.project(),
            desired.name(),
            MonotonicCreationTime.of(observed, attribution.at()),
            Optional.empty(),
            attribution.reason(),
            attribution.by(),
            set,
            new ReleaseManifest(Optional.empty(), Optional.empty(), origins),
            List.of()));
  }

  /** A partly written or drifted environment never was a release and must not become one. */
  private Optional<CommandDecision> unsettled(Source from) {
    if (!(from instanceof EnvironmentId id) || !observed.environments().containsKey(id)) {
      return Optional.empty();
    }
    ObservedEnvironment there = observed.environment(id);
    SortedSet<ServiceId> misplaced = there.misplaced(observed);
    if (!misplaced.isEmpty()) {
      return Optional.of(
          CommandDecision.Refused.contradicting(
              ("the parameters of %s differ from its deployment: %s; compose from a label,"
                      + " or repair them first")
                  .formatted(
                      id,
                      misplaced.stream().map(ServiceId::value).collect(Collectors.joining(", ")))));
    }
    return there
        .head()
        .filter(head -> !head.converged())
        .map(
            _ ->
                CommandDecision.Refused.contradicting(
                    ("the parameters of %s are still being written; retry shortly, or"
                            + " compose from a label")
                        .formatted(id)));
  }

  private Optional<CommandDecision> replace(
      ServiceId service, OperatorCommand.Replacement replacement) {
    return switch (replacement) {
      case OperatorCommand.Replacement.Given(ImageRef image) -> {
        images.put(service, image);
        yield Optional.empty();
      }
      case OperatorCommand.Replacement.FromLabel(Label label) -> {
        var there = Optional.ofNullable(observed.parameters(label).get(service));
        if (there.isEmpty()) {
          yield Optional.of(
              CommandDecision.Refused.unknown(
                  "no image of %s is published under '%s'".formatted(service, label)));
        }
        yield take(label, there.get())
            ? Optional.empty()
            : Optional.of(noImage(label, there.get()));
      }
    };
  }

  private boolean take(Source from, ObservedParameter parameter) {
    Optional<ImageRef> image = parameter.image();
    image.ifPresent(
        found -> {
          images.put(parameter.service(), found);
          origins.put(
              parameter.service(),
              new ImageOrigin(
                  found,
                  name(from, parameter.service()).path(),
                  parameter.version(),
                  parameter.lastModified(),
                  Optional.empty()));
        });
    return image.isPresent();
  }

  private ParameterName name(Source from, ServiceId service) {
    return switch (from) {
      case Label label -> new ParameterName(desired.project(), label, service);
      case EnvironmentId environment -> new ParameterName(desired.project(), environment, service);
    };
  }

  private CommandDecision noImage(Source from, ObservedParameter parameter) {
    return CommandDecision.Refused.contradicting(
        "%s is %s, which is not an image"
            .formatted(name(from, parameter.service()).path(), parameter.describe()));
  }
}
