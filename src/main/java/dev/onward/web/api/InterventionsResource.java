package dev.onward.web.api;

import dev.onward.status.ProjectStatus;
import dev.onward.web.api.view.InterventionsView;
import dev.onward.web.http.VisibleProjects;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What operators have said that still stands. */
@Path("/api/v1/interventions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Interventions")
public class InterventionsResource {
  private final VisibleProjects visible;

  InterventionsResource(VisibleProjects visible) {
    this.visible = visible;
  }

  /**
   * What stands everywhere.
   *
   * @param everything what was said of everything
   * @param projects what was said of each project by itself
   */
  @Schema(name = "AllInterventions")
  record All(InterventionsView everything, List<OfProject> projects) {}

  /**
   * What stands in one project.
   *
   * @param observedAt how old this is; absent until a cycle has seen the project
   */
  @Schema(name = "InterventionsOfProject")
  record OfProject(String project, InterventionsView interventions, Optional<Instant> observedAt) {
    static OfProject of(ProjectStatus status, Instant now) {
      return new OfProject(
          status.desired().project().value(),
          InterventionsView.of(status, now),
          status.seen().map(ProjectStatus.Seen::at));
    }
  }

  @GET
  @Operation(
      operationId = "getInterventions",
      summary = "What operators have said that still stands, everywhere",
      description = "From memory; AWS is not asked.")
  public All all() {
    Instant now = visible.now();
    return new All(
        InterventionsView.of(visible.globalInterventions(), now),
        visible.projects().stream().map(status -> OfProject.of(status, now)).toList());
  }
}
