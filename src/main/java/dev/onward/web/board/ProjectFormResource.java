package dev.onward.web.board;

import dev.onward.status.ProjectStatus;
import dev.onward.web.board.view.Form;
import dev.onward.web.http.VisibleProjects;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;

/** The forms with which people act on a project, its environments, labels and releases. */
@Path("/projects/{project}/act/{act}")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class ProjectFormResource {
  private final VisibleProjects visible;
  private final PageLayouts frames;
  private final FormCommands desk;

  ProjectFormResource(VisibleProjects visible, PageLayouts frames, FormCommands desk) {
    this.visible = visible;
    this.frames = frames;
    this.desk = desk;
  }

  @GET
  public TemplateInstance form(
      @PathParam("project") String project, @PathParam("act") String act, @Context UriInfo uri) {
    ProjectStatus status = visible.existing(project);
    return page(
        status,
        FormDefinitions.of(
            FormSubmission.act(act), status, FormSubmission.values(uri.getQueryParameters())));
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response sent(
      @PathParam("project") String project,
      @PathParam("act") String act,
      MultivaluedMap<String, String> sent) {
    ProjectStatus status = visible.existing(project);
    Map<String, String> values = FormSubmission.values(sent);
    Form form = FormDefinitions.of(FormSubmission.act(act), status, values);
    return FormSubmission.answer(
        form,
        values,
        dryRun -> desk.doTo(project, form.act(), values, dryRun),
        it -> page(status, it));
  }

  private TemplateInstance page(ProjectStatus status, Form form) {
    return Templates.act(
        frames.of(status.desired(), form.act().title(), "act", false, visible.now()), form);
  }
}
