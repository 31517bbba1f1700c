package dev.onward.web.board;

import dev.onward.plan.DesiredState;
import dev.onward.store.ProjectStores;
import dev.onward.web.board.view.AuditPage;
import dev.onward.web.http.VisibleProjects;
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
  private final VisibleProjects visible;
  private final PageLayouts frames;
  private final ProjectStores.Provider stores;

  ProjectAuditPages(VisibleProjects visible, PageLayouts frames, ProjectStores.Provider stores) {
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
