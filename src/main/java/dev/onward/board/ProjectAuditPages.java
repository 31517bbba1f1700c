package dev.onward.board;

import dev.onward.api.Visible;
import dev.onward.plan.DesiredState;
import dev.onward.reconcile.ProjectStores;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;

/** What happened to a project: one query to DynamoDB a page. */
@Path("/projects/{project}/audit")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class ProjectAuditPages {
  private final Visible visible;
  private final Frames frames;
  private final ProjectStores.Provider stores;

  ProjectAuditPages(Visible visible, Frames frames, ProjectStores.Provider stores) {
    this.visible = visible;
    this.frames = frames;
    this.stores = stores;
  }

  @GET
  public TemplateInstance project(
      @PathParam("project") String project, @QueryParam("cursor") Optional<String> cursor) {
    Instant now = visible.now();
    DesiredState desired = visible.existing(project).desired();
    var page = stores.open(desired.project(), desired.role()).audit().page(AuditPages.PAGE, cursor);
    return Templates.audit(
        frames.of(desired, "Audit of " + desired.name(), "audit", false, now),
        AuditPage.of(page, now));
  }
}
