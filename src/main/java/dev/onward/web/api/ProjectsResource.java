package dev.onward.web.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onward.model.EnvironmentId;
import dev.onward.status.ProjectStatus;
import dev.onward.web.api.view.EnvironmentView;
import dev.onward.web.api.view.InterventionsView;
import dev.onward.web.api.view.ManifestView;
import dev.onward.web.api.view.ProjectBrief;
import dev.onward.web.api.view.ProjectView;
import dev.onward.web.cache.ResponseCache;
import dev.onward.web.http.NotFoundException;
import dev.onward.web.http.VisibleProjects;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Projects and their environments, as the last cycle left them. */
@Path("/api/v1/projects")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Projects")
public class ProjectsResource {
  private final VisibleProjects visible;
  private final ResponseCache shared;
  private final ObjectMapper json;

  ProjectsResource(VisibleProjects visible, ResponseCache shared, ObjectMapper json) {
    this.visible = visible;
    this.shared = shared;
    this.json = json;
  }

  /** All projects, by id. */
  record Projects(List<ProjectBrief> projects) {}

  @GET
  @Operation(
      operationId = "listProjects",
      summary = "All projects in force",
      description = "From memory; AWS is not asked.")
  @APIResponseSchema(value = Projects.class, responseCode = "200", responseDescription = "OK")
  public Response projects() {
    return Response.ok(
            visible.seesEverything() ? shared.get(Projects.class, this::all) : visibleProjects())
        .build();
  }

  private byte[] all() {
    try {
      return json.writeValueAsBytes(visibleProjects());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("projects that cannot be written", e);
    }
  }

  private Projects visibleProjects() {
    return new Projects(visible.projects().stream().map(ProjectBrief::of).toList());
  }

  @GET
  @Path("/{project}")
  @Operation(
      operationId = "getProject",
      summary = "One project",
      description = "From memory; AWS is not asked.")
  public ProjectView project(@PathParam("project") String project) {
    ProjectStatus status = visible.existing(project);
    return ProjectView.of(
        status, ManifestView.of(status.desired().project(), visible.manifests()), visible.now());
  }

  @GET
  @Path("/{project}/environments/{environment}")
  @Operation(
      operationId = "getEnvironment",
      summary = "What is in an environment, what could come next, and why it does not",
      description = "From memory; AWS is not asked.")
  public EnvironmentView environment(
      @PathParam("project") String project, @PathParam("environment") String environment) {
    ProjectStatus status = visible.existing(project);
    var id = new EnvironmentId(environment);
    return status
        .desired()
        .environment(id)
        .map(desired -> EnvironmentView.of(status, desired, visible.now()))
        .orElseThrow(
            () ->
                new NotFoundException("project %s has no environment '%s'".formatted(project, id)));
  }

  /**
   * What stands in a project.
   *
   * @param everything what was said of everything, which holds here too
   */
  @Schema(name = "ProjectInterventions")
  record ProjectInterventions(
      InterventionsView everything, @JsonUnwrapped InterventionsResource.OfProject ofProject) {}

  @GET
  @Path("/{project}/interventions")
  @Operation(
      operationId = "getProjectInterventions",
      summary = "What operators have said of a project that still stands",
      description = "From memory; AWS is not asked.")
  public ProjectInterventions interventions(@PathParam("project") String project) {
    Instant now = visible.now();
    return new ProjectInterventions(
        InterventionsView.of(visible.globalInterventions(), now),
        InterventionsResource.OfProject.of(visible.existing(project), now));
  }
}
