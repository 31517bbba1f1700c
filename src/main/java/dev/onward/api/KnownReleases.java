package dev.onward.api;

import dev.onward.model.ReleaseId;
import dev.onward.status.ProjectStatus;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lets people name a release by the beginning of its id, as logs do. Only those that the last cycle
 * knew can be named so; any other by its whole id.
 */
final class KnownReleases {
  private static final int SHORTEST = 8;

  private KnownReleases() {}

  /** Throws {@link RefusedRequest} if several begin so. */
  static ReleaseId named(ReleaseId text, ProjectStatus status) {
    List<ReleaseId> matching =
        status.seen().stream()
            .flatMap(seen -> seen.observed().releases().keySet().stream())
            .filter(known -> matches(known, text))
            .sorted()
            .toList();
    if (matching.contains(text) || matching.isEmpty()) {
      return text;
    }
    if (matching.size() > 1) {
      throw new RefusedRequest(
          Status.CONFLICT,
          "several releases begin with %s: %s"
              .formatted(
                  text, matching.stream().map(ReleaseId::value).collect(Collectors.joining(", "))));
    }
    return matching.getFirst();
  }

  private static boolean matches(ReleaseId known, ReleaseId text) {
    return known.equals(text)
        || (text.value().length() >= SHORTEST && known.value().startsWith(text.value()));
  }
}
