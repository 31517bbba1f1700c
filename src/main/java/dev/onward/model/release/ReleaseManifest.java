package dev.onward.model.release;

import dev.onward.model.Label;
import dev.onward.model.ServiceId;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a release's images came from: the label, the previous release in the label's chain, and the
 * parameter that each service was read from. Empty for releases of the older tool.
 */
public record ReleaseManifest(
    Optional<Label> label,
    Optional<ReleaseId> previous,
    SortedMap<ServiceId, ImageOrigin> services) {
  public static final ReleaseManifest NONE =
      new ReleaseManifest(Optional.empty(), Optional.empty(), new TreeMap<>());

  public ReleaseManifest {
    services = Collections.unmodifiableSortedMap(new TreeMap<>(services));
  }

  /**
   * Where one service's image came from.
   *
   * @param parameter the full SSM parameter name
   * @param version the parameter's SSM version
   * @param publishedAt the version's LastModifiedDate
   * @param publishedBy the version's LastModifiedUser, where it could be read
   */
  public record ImageOrigin(
      ImageRef image,
      String parameter,
      long version,
      Instant publishedAt,
      Optional<String> publishedBy) {}
}
