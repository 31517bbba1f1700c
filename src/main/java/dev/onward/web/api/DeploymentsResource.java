package dev.onward.web.api;

import dev.onward.model.EnvironmentId;
import dev.onward.plan.DesiredState;
import dev.onward.query.DeploymentLog;
import dev.onward.status.ProjectStatus;
import dev.onward.store.ProjectStores;
import dev.onward.web.api.view.DeploymentsView;
import dev.onward.web.http.VisibleProjects;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
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

/** What was deployed where, across a project. */
@Path("/api/v1/projects")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Releases")
public class DeploymentsResource {
  private final VisibleProjects visible;
  private final ProjectStores.Provider stores;

  DeploymentsResource(VisibleProjects visible, ProjectStores.Provider stores) {
    this.visible = visible;
    this.stores = stores;
  }

  @GET
  @Path("/{project}/deployments")
  @Operation(
      operationId = "listDeployments",
      summary = "A project's deployments, newest first",
      description =
          "Those of the old tool too. Reads releases from DynamoDB by their last deployment, 25 a"
              + " Query and 500 at most, from an index that may lag by a moment, and up to 20 releases"
              + " by GetItem for a page that is not the first. A page may be empty and have a"
              + " next_cursor all the same. Whose decision each was, origin, is from memory.")
  public DeploymentsView deployments(
      @PathParam("project") String project,
      @Parameter(description = "Only deployments to this environment") @QueryParam("environment")
          Optional<String> environment,
      @QueryParam("limit") @DefaultValue(PageLimit.DEFAULT_TEXT) String limit,
      @QueryParam("cursor") Optional<String> cursor) {
    ProjectStatus status = visible.existing(project);
    DesiredState desired = status.desired();
    var page =
        DeploymentLog.page(
            stores.open(desired.project(), desired.role()).releases(),
            environment.map(EnvironmentId::new),
            PageLimit.of(limit),
            cursor);
    return DeploymentsView.of(page, status);
  }
}
