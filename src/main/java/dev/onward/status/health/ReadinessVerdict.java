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
 * Whether this process is of use, judged from what it did last, never by asking AWS. The first rule
 * that applies decides:
 *
 * <ol>
 *   <li>no project is in force although a manifest is there or cannot be read: not ready
 *   <li>no project is asked for: ready
 *   <li>some project could be looked at in its last cycle: ready
 *   <li>none ever could: not ready
 *   <li>none could for longer than the grace period: not ready
 *   <li>otherwise AWS has a bad moment: ready
 * </ol>
 *
 * @param reason why, in a sentence
 */
record ReadinessVerdict(boolean ready, String reason) {
  /** Longer than a throttled or restarting AWS endpoint and the retries after it usually take. */
  static final Duration GRACE = Duration.ofMinutes(5);

  static ReadinessVerdict of(Manifests manifests, Collection<ProjectStatus> projects, Instant now) {
    if (projects.isEmpty()) {
      return firstError(manifests)
          .map(
              problem ->
                  new ReadinessVerdict(false, "no project is in force: " + problem.message()))
          .orElseGet(() -> new ReadinessVerdict(true, "no manifest asks for anything"));
    }
    if (projects.stream().anyMatch(ProjectStatus::isReached)) {
      return new ReadinessVerdict(true, "the stores answer");
    }
    Optional<String> stall =
        ProjectStatus.commonStall(projects).map("nothing is decided: "::concat);
    Optional<Instant> lastSeen =
        projects.stream()
            .flatMap(project -> project.seen().map(Seen::at).stream())
            .max(Instant::compareTo);
    if (lastSeen.isEmpty()) {
      return new ReadinessVerdict(
          false, "no project could be looked at yet: " + anyFailure(projects));
    }
    if (Duration.between(lastSeen.get(), now).compareTo(GRACE) > 0) {
      return new ReadinessVerdict(
          false,
          stall.orElseGet(
              () ->
                  "no project could be looked at since %s: %s"
                      .formatted(lastSeen.get(), anyFailure(projects))));
    }
    return new ReadinessVerdict(
        true,
        stall.orElseGet(() -> "the stores did not answer a moment ago: " + anyFailure(projects)));
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
      case 0 -> "the first cycle is under way";
      case 1 -> failures.getFirst();
      default -> "%s (and %s other reasons)".formatted(failures.getFirst(), failures.size() - 1);
    };
  }
}
