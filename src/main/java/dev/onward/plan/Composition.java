package dev.onward.plan;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ImageRef;
import dev.onward.model.ImageSet;
import dev.onward.model.Intervention;
import dev.onward.model.Label;
import dev.onward.model.ParameterName;
import dev.onward.model.Release;
import dev.onward.model.ReleaseManifest;
import dev.onward.model.ReleaseManifest.ImageOrigin;
import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Makes a release that is in no label's chain: the images of a label or an environment, some of
 * them replaced. How a single service is released.
 */
final class Composition {
  private final DesiredState desired;
  private final ObservedState observed;
  private final Intervention said;

  private final SortedMap<ServiceId, ImageRef> images = new TreeMap<>();
  private final SortedMap<ServiceId, ImageOrigin> origins = new TreeMap<>();

  Composition(DesiredState desired, ObservedState observed, Intervention said) {
    this.desired = desired;
    this.observed = observed;
    this.said = said;
  }

  Grant compose(Wish.Compose wish) {
    var base = observed.parameters(wish.from());
    if (base.isEmpty()) {
      return Grant.Refused.unknown("no image is published under '%s'".formatted(wish.from()));
    }
    Optional<Grant> unsettled = unsettled(wish.from());
    if (unsettled.isPresent()) {
      return unsettled.get();
    }
    for (ObservedParameter parameter : base.values()) {
      boolean replaced = wish.replacements().containsKey(parameter.service());
      if (!replaced && !take(wish.from(), parameter)) {
        return noImage(wish.from(), parameter);
      }
    }
    for (Map.Entry<ServiceId, Wish.Replacement> replacement : wish.replacements().entrySet()) {
      Optional<Grant> refused = replace(replacement.getKey(), replacement.getValue());
      if (refused.isPresent()) {
        return refused.get();
      }
    }
    var set = ImageSet.of(images);
    return new Grant.Add(
        new Release(
            DerivedId.composed(desired.project(), set, said),
            desired.project(),
            desired.name(),
            CreationTime.of(observed, said.at()),
            Optional.empty(),
            said.reason(),
            said.by(),
            set,
            new ReleaseManifest(Optional.empty(), Optional.empty(), origins),
            List.of()));
  }

  /** What is half-written or drifted in an environment was never a release, and must not be one. */
  private Optional<Grant> unsettled(Source from) {
    if (!(from instanceof EnvironmentId id) || !observed.environments().containsKey(id)) {
      return Optional.empty();
    }
    ObservedEnvironment there = observed.environment(id);
    SortedSet<ServiceId> misplaced = there.misplaced(observed);
    if (!misplaced.isEmpty()) {
      return Optional.of(
          Grant.Refused.contradicting(
              ("the parameters of %s are not what its deployment says: %s; compose from a label,"
                      + " or mend them first")
                  .formatted(
                      id,
                      misplaced.stream().map(ServiceId::value).collect(Collectors.joining(", ")))));
    }
    return there
        .head()
        .filter(head -> !head.converged())
        .map(
            _ ->
                Grant.Refused.contradicting(
                    ("the parameters of %s are still being written; try again in a moment, or"
                            + " compose from a label")
                        .formatted(id)));
  }

  private Optional<Grant> replace(ServiceId service, Wish.Replacement replacement) {
    return switch (replacement) {
      case Wish.Replacement.Given(ImageRef image) -> {
        images.put(service, image);
        yield Optional.empty();
      }
      case Wish.Replacement.FromLabel(Label label) -> {
        var there = Optional.ofNullable(observed.parameters(label).get(service));
        if (there.isEmpty()) {
          yield Optional.of(
              Grant.Refused.unknown(
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

  private Grant noImage(Source from, ObservedParameter parameter) {
    return Grant.Refused.contradicting(
        "%s is %s, which is no image"
            .formatted(name(from, parameter.service()).path(), parameter.describe()));
  }
}
