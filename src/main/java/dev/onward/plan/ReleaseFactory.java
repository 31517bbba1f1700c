package dev.onward.plan;

import dev.onward.model.Label;
import dev.onward.model.ParameterName;
import dev.onward.model.Requester;
import dev.onward.model.ServiceId;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.release.ImageSet;
import dev.onward.model.release.Release;
import dev.onward.model.release.ReleaseId;
import dev.onward.model.release.ReleaseManifest;
import dev.onward.model.release.ReleaseManifest.ImageOrigin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Freezes a label's image set into a release that records each image's origin. */
final class ReleaseFactory {
  private ReleaseFactory() {}

  /**
   * @param attribution the operator who requested the cut; absent for automation
   */
  static Release of(
      DesiredState desired,
      Label label,
      ObservedLabel seen,
      Optional<Release> previous,
      Instant createdAt,
      Optional<Attribution> attribution) {
    ImageSet images = seen.images();
    Optional<ReleaseId> before = previous.map(Release::id);
    return new Release(
        DeterministicId.release(desired.project(), label, before, images),
        desired.project(),
        desired.name(),
        createdAt,
        Optional.empty(),
        describe(label, images, previous, attribution),
        attribution.map(Attribution::by).orElse(Requester.ONWARD),
        images,
        new ReleaseManifest(Optional.of(label), before, origins(desired, label, seen, previous)),
        List.of());
  }

  private static SortedMap<ServiceId, ImageOrigin> origins(
      DesiredState desired, Label label, ObservedLabel seen, Optional<Release> previous) {
    var origins = new TreeMap<ServiceId, ImageOrigin>();
    for (ObservedParameter parameter : seen.parameters().values()) {
      ServiceId service = parameter.service();
      Optional<String> publisher =
          Optional.ofNullable(seen.publishers().get(service))
              .or(() -> publisherBefore(previous, parameter));
      parameter
          .image()
          .ifPresent(
              image ->
                  origins.put(
                      service,
                      new ImageOrigin(
                          image,
                          new ParameterName(desired.project(), label, service).path(),
                          parameter.version(),
                          parameter.lastModified(),
                          publisher)));
    }
    return origins;
  }

  private static Optional<String> publisherBefore(
      Optional<Release> previous, ObservedParameter parameter) {
    return previous
        .map(release -> release.manifest().services().get(parameter.service()))
        .filter(origin -> origin.version() == parameter.version())
        .flatMap(ImageOrigin::publishedBy);
  }

  private static String describe(
      Label label, ImageSet images, Optional<Release> previous, Optional<Attribution> attribution) {
    String changes = describe(label, images, previous);
    return attribution.map(person -> "%s (%s)".formatted(person.reason(), changes)).orElse(changes);
  }

  private static String describe(Label label, ImageSet images, Optional<Release> previous) {
    if (previous.isEmpty()) {
      return "First release from %s: %s"
          .formatted(label, Words.counted(images.images().size(), "service"));
    }
    return "From %s: %s".formatted(label, ImageDiff.describe(previous.get().images(), images));
  }
}
