package dev.onward.status.health;

import dev.onward.manifest.document.ManifestProblem;
import dev.onward.reconcile.observe.SkewCorrectedClock;
import dev.onward.status.ProjectStatus;
import dev.onward.status.StatusSnapshot;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Readiness: the configuration is valid and the stores answered in the last cycles. */
@Readiness
@ApplicationScoped
public class ReadyCheck implements AsyncHealthCheck {
  /** Maximum number listed by name; the API lists all. */
  private static final int NAMED = 10;

  private final StatusSnapshot board;
  private final SkewCorrectedClock clock;

  ReadyCheck(StatusSnapshot board, SkewCorrectedClock clock) {
    this.board = board;
    this.clock = clock;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    var projects = board.projects();
    var verdict = ReadinessVerdict.of(board.manifests(), projects, clock.instant());
    List<ProjectStatus> failing =
        projects.stream().filter(project -> project.failing().isPresent()).toList();
    var response =
        HealthCheckResponse.named("stores and configuration")
            .status(verdict.ready())
            .withData("reason", verdict.reason())
            .withData("projects", projects.size())
            .withData("failing_projects", failing.size());
    nameFailing(response, failing);
    nameInvalidManifests(response, board.manifests().problems());
    return Uni.createFrom().item(response.build());
  }

  private static void nameFailing(
      HealthCheckResponseBuilder response, List<ProjectStatus> failing) {
    for (ProjectStatus project : failing.subList(0, Math.min(NAMED, failing.size()))) {
      project
          .failing()
          .ifPresent(
              it ->
                  response.withData(
                      "failing: " + project.desired().project(), it.failure().message()));
    }
  }

  private static void nameInvalidManifests(
      HealthCheckResponseBuilder response, List<ManifestProblem> problems) {
    List<ManifestProblem> errors = problems.stream().filter(ManifestProblem::isError).toList();
    response.withData("manifest_errors", errors.size());
    for (int i = 0; i < Math.min(NAMED, errors.size()); i++) {
      response.withData("manifest error " + (i + 1), errors.get(i).message());
    }
  }
}
