package dev.onward.web.board;

import dev.onward.model.ProjectId;
import dev.onward.status.ProjectStatus;
import dev.onward.web.board.view.ProjectPage;
import dev.onward.web.http.VisibleProjects;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;

/** One project. From memory: AWS is not asked. */
@Path("/projects/{project}")
@Produces(MediaType.TEXT_HTML)
public class ProjectPages {
  private final VisibleProjects visible;
  private final PageLayouts frames;

  ProjectPages(VisibleProjects visible, PageLayouts frames) {
    this.visible = visible;
    this.frames = frames;
  }

  @GET
  public TemplateInstance project(@PathParam("project") String project) {
    Instant now = visible.now();
    ProjectStatus status = visible.existing(project);
    ProjectId id = status.desired().project();
    return Templates.project(
        frames.of(status.desired(), status.desired().name(), "project", true, now),
        ProjectPage.of(status, visible.manifests().stale().contains(id), frames.lookersId(), now));
  }
}
