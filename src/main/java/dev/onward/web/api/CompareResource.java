package dev.onward.web.api;

import dev.onward.query.Comparison;
import dev.onward.status.ProjectStatus;
import dev.onward.web.api.view.ComparisonView;
import dev.onward.web.http.ComparisonSides;
import dev.onward.web.http.VisibleProjects;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What differs between any two of a project's releases, labels and environments. */
@Path("/api/v1/projects")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Images")
public class CompareResource {
  private final VisibleProjects visible;
  private final ComparisonSides sides;

  CompareResource(VisibleProjects visible, ComparisonSides sides) {
    this.visible = visible;
    this.sides = sides;
  }

  @GET
  @Path("/{project}/compare")
  @Operation(
      operationId = "compare",
      summary = "The difference between any two releases, labels or environments",
      description =
          "Labels and environments are compared as their parameters are, from memory; a release costs"
              + " one consistent GetItem of DynamoDB. An environment whose parameters are not what its"
              + " release says has these services under drifted.")
  public ComparisonView compare(
      @PathParam("project") String project,
      @Parameter(
              required = true,
              description =
                  "environment:<id>, label:<name> or release:<id>, of which the first 8 characters"
                      + " are enough for a release that the last cycle knew. A name alone is an"
                      + " environment's if there is one, else a label's, else a release's.",
              example = "label:latest")
          @QueryParam("from")
          Optional<String> from,
      @Parameter(
              required = true,
              description = "What to compare it with, as from",
              example = "environment:prod")
          @QueryParam("to")
          Optional<String> to) {
    ProjectStatus status = visible.existing(project);
    return ComparisonView.of(
        status.desired().project(),
        Comparison.of(sides.side("from", from, status), sides.side("to", to, status)));
  }
}
