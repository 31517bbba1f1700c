package dev.onward.web.api;

import dev.onward.model.ProjectId;
import dev.onward.model.release.ReleaseId;
import dev.onward.store.ReleaseStore.PartialRelease;
import dev.onward.web.api.view.ReleaseView;
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

/** Single releases, by an id that is unique over all projects. */
@Path("/api/v1/releases")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Releases")
public class ReleaseResource {
  private final VisibleProjects visible;
  private final ReleaseFinder finder;

  ReleaseResource(VisibleProjects visible, ReleaseFinder finder) {
    this.visible = visible;
    this.finder = finder;
  }

  @GET
  @Path("/{release}")
  @Operation(
      operationId = "getRelease",
      summary = "One release, with where its images came from and every deployment",
      description =
          "One consistent GetItem of DynamoDB where the project is given or known; otherwise one in"
              + " each project, as long as there are few. Where it is now, current_in, is from"
              + " memory.")
  public ReleaseView release(
      @PathParam("release") String release,
      @Parameter(description = "The release's project: spares looking in all of them")
          @QueryParam("project")
          Optional<String> project) {
    PartialRelease found = finder.find(new ReleaseId(release), project.map(ProjectId::new));
    return ReleaseView.of(found, visible.project(found.release().project()));
  }
}
