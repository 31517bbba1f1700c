package dev.onward.web.api;

import dev.onward.plan.DesiredState;
import dev.onward.store.ProjectStores;
import dev.onward.web.api.view.AuditView;
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
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What happened in a project: who did what to what, and who was not let. */
@Path("/api/v1/projects")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Audit")
public class ProjectAuditResource {
  private final VisibleProjects visible;
  private final ProjectStores.Provider stores;

  ProjectAuditResource(VisibleProjects visible, ProjectStores.Provider stores) {
    this.visible = visible;
    this.stores = stores;
  }

  @GET
  @Path("/{project}/audit")
  @Operation(
      operationId = "listProjectAudit",
      summary = "What happened in a project, newest first",
      description = "Queries of DynamoDB, usually one.")
  public AuditView ofProject(
      @PathParam("project") String project,
      @QueryParam("limit") @DefaultValue(PageLimit.DEFAULT_TEXT) String limit,
      @QueryParam("cursor") Optional<String> cursor) {
    DesiredState desired = visible.existing(project).desired();
    int most = PageLimit.of(limit);
    return AuditView.of(stores.open(desired.project(), desired.role()).audit().page(most, cursor));
  }
}
