package dev.onward.status.metrics;

import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.ReleaseManifest.ImageOrigin;
import dev.onward.plan.Action;
import dev.onward.reconcile.execute.ActionResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The lead time from publication to environment: from the publication of the newest image that was
 * written until the environment had converged.
 */
final class LeadTime {
  private LeadTime() {}

  /**
   * Absent if nothing new arrived: nothing was written, drift was repaired, or the environment
   * returned to an earlier or older release.
   */
  static Optional<Duration> of(ActionResult result, Action.ConvergeParameters converge) {
    if (converge.repairs() || !result.outcome().applied() || !isNew(converge.head())) {
      return Optional.empty();
    }
    var origins = converge.release().manifest().services();
    Optional<Instant> published =
        result.written().stream()
            .flatMap(service -> Optional.ofNullable(origins.get(service)).stream())
            .map(ImageOrigin::publishedAt)
            .max(Instant::compareTo);
    return published
        .map(at -> Duration.between(at, result.at()))
        .filter(duration -> !duration.isNegative());
  }

  private static boolean isNew(EnvironmentHead head) {
    List<DeployedRelease> history = head.history();
    if (history.isEmpty()) {
      return false;
    }
    Instant created = history.getLast().releaseCreatedAt();
    return history.subList(0, history.size() - 1).stream()
        .allMatch(before -> before.releaseCreatedAt().isBefore(created));
  }
}
