package dev.onward.status.health;

import dev.onward.manifest.Manifests;
import dev.onward.manifest.document.ManifestProblem;
import dev.onward.status.ProjectStatus;
import dev.onward.status.ProjectStatus.Failing;
import dev.onward.status.ProjectStatus.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Whether this process is ready, derived from its last cycles and never by calling AWS. The first
 * matching rule applies:
 *
 * <ol>
 *   <li>no project is in force although a manifest exists or cannot be read: not ready
 *   <li>there are no projects: ready
 *   <li>some project was observed in its last cycle: ready
 *   <li>none was ever observed: not ready
 *   <li>none was observed for longer than the grace period: not ready
 *   <li>otherwise a temporary failure of AWS: ready
 * </ol>
 *
 * @param reason why, in a sentence
 */
record ReadinessVerdict(boolean ready, String reason) {
  /** Longer than AWS throttling or endpoint failures and the subsequent retries usually take. */
  static final Duration GRACE = Duration.ofMinutes(5);

  static ReadinessVerdict of(Manifests manifests, Collection<ProjectStatus> projects, Instant now) {
    if (projects.isEmpty()) {
      return firstError(manifests)
          .map(
              problem ->
                  new ReadinessVerdict(false, "no project is in force: " + problem.message()))
          .orElseGet(() -> new ReadinessVerdict(true, "no manifest names a project"));
    }
    if (projects.stream().anyMatch(ProjectStatus::isReached)) {
      return new ReadinessVerdict(true, "the stores answer");
    }
    Optional<String> stall =
        ProjectStatus.commonStall(projects).map("automation is paused: "::concat);
    Optional<Instant> lastSeen =
        projects.stream()
            .flatMap(project -> project.seen().map(Seen::at).stream())
            .max(Instant::compareTo);
    if (lastSeen.isEmpty()) {
      return new ReadinessVerdict(
          false, "no project could be observed yet: " + anyFailure(projects));
    }
    if (Duration.between(lastSeen.get(), now).compareTo(GRACE) > 0) {
      return new ReadinessVerdict(
          false,
          stall.orElseGet(
              () ->
                  "no project could be observed since %s: %s"
                      .formatted(lastSeen.get(), anyFailure(projects))));
    }
    return new ReadinessVerdict(
        true, stall.orElseGet(() -> "temporary failure of the stores: " + anyFailure(projects)));
  }

  private static Optional<ManifestProblem> firstError(Manifests manifests) {
    return manifests.problems().stream().filter(ManifestProblem::isError).findFirst();
  }

  private static String anyFailure(Collection<ProjectStatus> projects) {
    List<String> failures =
        projects.stream()
            .flatMap(project -> project.failing().stream())
            .map(Failing::failure)
            .map(failure -> failure.message())
            .distinct()
            .toList();
    return switch (failures.size()) {
      case 0 -> "the first cycle is in progress";
      case 1 -> failures.getFirst();
      default -> "%s (and %s other reasons)".formatted(failures.getFirst(), failures.size() - 1);
    };
  }
}
