package dev.onward.api;

import dev.onward.model.ProjectId;
import dev.onward.model.ReleaseId;
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
public class ReleasesResource {
  private final ReleaseFinder finder;

  ReleasesResource(ReleaseFinder finder) {
    this.finder = finder;
  }

  @GET
  @Path("/{release}")
  @Operation(
      summary = "One release, with where its images came from and every deployment",
      description =
          "One consistent read of DynamoDB where the project is given or known; otherwise one in"
              + " each project, as long as there are few.")
  public ReleaseView release(
      @PathParam("release") String release,
      @Parameter(description = "The release's project: spares looking in all of them")
          @QueryParam("project")
          Optional<String> project) {
    return ReleaseView.of(finder.find(new ReleaseId(release), project.map(ProjectId::new)));
  }
}
