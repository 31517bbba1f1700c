package dev.onward.web.board;

import dev.onward.web.board.view.Form;
import dev.onward.web.http.NotFoundException;
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

/** The forms with which people act on everything at once. */
@Path("/act/{act}")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class GlobalFormResource {
  private final VisibleProjects visible;
  private final PageLayouts frames;
  private final FormCommands desk;

  GlobalFormResource(VisibleProjects visible, PageLayouts frames, FormCommands desk) {
    this.visible = visible;
    this.frames = frames;
    this.desk = desk;
  }

  @GET
  public TemplateInstance form(@PathParam("act") String act, @Context UriInfo uri) {
    visible.globalInterventions();
    return page(form(act).filled(FormSubmission.values(uri.getQueryParameters())));
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response sent(@PathParam("act") String act, MultivaluedMap<String, String> sent) {
    Map<String, String> values = FormSubmission.values(sent);
    Form form = form(act).filled(values);
    return FormSubmission.answer(
        form, values, dryRun -> desk.doToEverything(form.act(), values, dryRun), this::page);
  }

  private static Form form(String act) {
    Form form = FormDefinitions.ofEverything(FormSubmission.act(act));
    if (form.fields().isEmpty()) {
      throw new NotFoundException("'%s' is done to projects only".formatted(act));
    }
    return form;
  }

  private TemplateInstance page(Form form) {
    return Templates.act(frames.everything(form.act().title(), "act", visible.now()), form);
  }
}
