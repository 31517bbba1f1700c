package dev.onward.plan;

import dev.onward.model.ServiceId;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.ImageSet;
import dev.onward.model.release.LabelHead;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * A watched label: its parameters, its chain's head, and what earlier cycles observed.
 *
 * @param asOf when the parameters were read, by the clock that dated them where available, else by
 *     this machine's; up to a second early
 * @param head absent until a first release was cut from the label
 * @param servicesBefore the services in the previous complete listing; absent right after a start
 * @param unchangedFor how long this process has observed exactly this set, by a monotonic clock;
 *     writing the same value again does not count as a change
 * @param changedAt when the last of the images that differ from the newest release was first
 *     written, by the clock of {@code asOf}; absent if no history shows it
 * @param changingSince when the current uninterrupted run of changes began, by the clock of {@code
 *     asOf}, where known
 * @param publishers who wrote the current version of a changed parameter, where it could be read
 */
public record ObservedLabel(
    SortedMap<ServiceId, ObservedParameter> parameters,
    Instant asOf,
    Optional<LabelHead> head,
    Optional<SortedSet<ServiceId>> servicesBefore,
    Duration unchangedFor,
    Optional<Instant> changedAt,
    Optional<Instant> changingSince,
    Map<ServiceId, String> publishers) {
  public ObservedLabel {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    publishers = Map.copyOf(publishers);
  }

  /** A label without histories. */
  public ObservedLabel(
      SortedMap<ServiceId, ObservedParameter> parameters,
      Instant asOf,
      Optional<LabelHead> head,
      Optional<SortedSet<ServiceId>> servicesBefore,
      Duration unchangedFor,
      Optional<Instant> changingSince,
      Map<ServiceId, String> publishers) {
    this(
        parameters,
        asOf,
        head,
        servicesBefore,
        unchangedFor,
        Optional.empty(),
        changingSince,
        publishers);
  }

  /** The valid images; whether every parameter is an image must be checked separately. */
  public ImageSet images() {
    var images = new TreeMap<ServiceId, ImageRef>();
    parameters.forEach((id, parameter) -> parameter.image().ifPresent(i -> images.put(id, i)));
    return ImageSet.of(images);
  }

  /**
   * As it would be listed right after the publication; unchanged if every image is already there.
   */
  public ObservedLabel published(SortedMap<ServiceId, ImageRef> published) {
    var changed = new TreeMap<>(parameters);
    var known = new HashMap<>(publishers);
    published.forEach(
        (service, image) -> {
          var before = Optional.ofNullable(parameters.get(service));
          if (before.flatMap(ObservedParameter::image).filter(image::equals).isEmpty()) {
            long version = before.map(ObservedParameter::version).orElse(0L) + 1;
            changed.put(
                service,
                new ObservedParameter(
                    service, new ObservedParameter.Value.Image(image), version, asOf));
            known.remove(service);
          }
        });
    return changed.equals(parameters)
        ? this
        : new ObservedLabel(
            changed,
            asOf,
            head,
            servicesBefore,
            Duration.ZERO,
            changingSince.or(() -> Optional.of(asOf)),
            known);
  }

  /** As it would be listed later if nothing changed in between. */
  public ObservedLabel stillAt(Instant later) {
    return new ObservedLabel(
        parameters,
        later,
        head,
        servicesBefore,
        unchangedFor.plus(Duration.between(asOf, later)),
        changingSince,
        publishers);
  }

  ObservedLabel withHead(LabelHead newHead) {
    return new ObservedLabel(
        parameters,
        asOf,
        Optional.of(newHead),
        servicesBefore,
        unchangedFor,
        changedAt,
        changingSince,
        publishers);
  }
}
