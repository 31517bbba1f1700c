package dev.onward.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import dev.onward.plan.DesiredState;
import dev.onward.reconcile.ProjectStores;
import dev.onward.reconcile.ReleaseStore;
import dev.onward.status.ProjectStatus;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Projects and their environments, as the last cycle left them; and a project's releases. */
@Path("/api/v1/projects")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Projects")
public class ProjectsResource {
  private static final int MAX_LIMIT = 100;

  private final Visible visible;
  private final ProjectStores.Provider stores;

  ProjectsResource(Visible visible, ProjectStores.Provider stores) {
    this.visible = visible;
    this.stores = stores;
  }

  /** All projects, by id. */
  record Projects(List<ProjectBrief> projects) {}

  @GET
  @Operation(summary = "All projects in force", description = "From memory; AWS is not asked.")
  public Projects projects() {
    return new Projects(visible.projects().stream().map(ProjectBrief::of).toList());
  }

  @GET
  @Path("/{project}")
  @Operation(summary = "One project", description = "From memory; AWS is not asked.")
  public ProjectView project(@PathParam("project") String project) {
    ProjectStatus status = visible.existing(project);
    return ProjectView.of(
        status, ManifestView.of(status.desired().project(), visible.manifests()), Instant.now());
  }

  @GET
  @Path("/{project}/environments/{environment}")
  @Operation(
      summary = "What is in an environment, what could come next, and why it does not",
      description = "From memory; AWS is not asked.")
  public EnvironmentView environment(
      @PathParam("project") String project, @PathParam("environment") String environment) {
    ProjectStatus status = visible.existing(project);
    var id = new EnvironmentId(environment);
    return status
        .desired()
        .environment(id)
        .map(desired -> EnvironmentView.of(status, desired, Instant.now()))
        .orElseThrow(
            () -> new NotFoundHere("project %s has no environment '%s'".formatted(project, id)));
  }

  /**
   * What stands in a project.
   *
   * @param everything what was said of everything, which holds here too
   */
  @Schema(name = "ProjectInterventions")
  record ProjectInterventions(
      StandingView everything, @JsonUnwrapped InterventionsResource.OfProject ofProject) {}

  @GET
  @Path("/{project}/interventions")
  @Operation(
      summary = "What operators have said of a project that still stands",
      description = "From memory; AWS is not asked.")
  public ProjectInterventions interventions(@PathParam("project") String project) {
    Instant now = Instant.now();
    return new ProjectInterventions(
        StandingView.of(visible.everywhere(), now),
        InterventionsResource.OfProject.of(visible.existing(project), now));
  }

  @GET
  @Path("/{project}/releases")
  @Operation(
      summary = "A project's releases, newest first",
      description = "One query to DynamoDB, of an index that may lag by a moment.")
  public ReleasesView releases(
      @PathParam("project") String project,
      @QueryParam("limit") @DefaultValue("25") String limit,
      @QueryParam("cursor") Optional<String> cursor) {
    DesiredState desired = visible.existing(project).desired();
    ReleaseStore store = stores.open(desired.project(), desired.role()).releases();
    return ReleasesView.of(store.releases(limit(limit), cursor));
  }

  private static int limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // As below.
    }
    throw new InvalidValueException("limit", text, "a whole number from 1 to " + MAX_LIMIT);
  }
}
