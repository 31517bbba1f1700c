package dev.onward.model.release;

import dev.onward.model.ServiceId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The map service → image under one label or environment, at one observation. */
public record ImageSet(SortedMap<ServiceId, ImageRef> images) {
  public static final ImageSet EMPTY = new ImageSet(new TreeMap<>());

  public ImageSet {
    images = Collections.unmodifiableSortedMap(new TreeMap<>(images));
  }

  public static ImageSet of(Map<ServiceId, ImageRef> images) {
    return new ImageSet(new TreeMap<>(images));
  }

  public boolean isEmpty() {
    return images.isEmpty();
  }

  public Optional<ImageRef> image(ServiceId service) {
    return Optional.ofNullable(images.get(service));
  }

  /** The services that are added, removed or have a different image here than in {@code other}. */
  public SortedSet<ServiceId> changedFrom(ImageSet other) {
    var changed = new TreeSet<ServiceId>();
    images.forEach(
        (service, image) -> {
          if (!image.equals(other.images.get(service))) {
            changed.add(service);
          }
        });
    for (ServiceId service : other.images.keySet()) {
      if (!images.containsKey(service)) {
        changed.add(service);
      }
    }
    return Collections.unmodifiableSortedSet(changed);
  }
}
