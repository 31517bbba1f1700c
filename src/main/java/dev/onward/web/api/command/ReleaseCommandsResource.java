package dev.onward.web.api.command;

import dev.onward.model.intervention.Intervention;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.status.ProjectStatus;
import dev.onward.web.api.command.CommandBody.InterventionRequest;
import dev.onward.web.api.command.CommandBody.ReasonRequest;
import dev.onward.web.api.view.CommandView;
import dev.onward.web.http.Idempotent;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What people do with a project's releases. */
@Path("/api/v1/projects")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Idempotent
@Tag(name = "Acts on releases")
public class ReleaseCommandsResource {
  private final CommandRequests acts;

  ReleaseCommandsResource(CommandRequests acts) {
    this.acts = acts;
  }

  @POST
  @Path("/{project}/releases/{release}/reject")
  @Operation(
      operationId = "rejectRelease",
      summary = "Reject a release: it goes nowhere further",
      description = "Where it is deployed it stays; such environments say that it is rejected.")
  public CommandView reject(
      @PathParam("project") String project,
      @PathParam("release") String release,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = InterventionRequest.class),
                      examples =
                          @ExampleObject(
                              name = "for two hours",
                              value = BodyExamples.FOR_TWO_HOURS)))
          @Nullable String body) {
    var act = acts.beginOn(release, project, dryRun, InterventionRequest.class, body);
    ProjectStatus status = acts.status(project);
    var id = acts.release(new ReleaseId(release), status);
    var report = acts.execute(status, act, new OperatorCommand.Say(new Intervention.Reject(id)));
    return CommandView.of(report, acts.inForce(status, report, act.now()));
  }

  @POST
  @Path("/{project}/releases/{release}/unreject")
  @Operation(operationId = "unrejectRelease", summary = "Take back a rejection")
  public CommandView unreject(
      @PathParam("project") String project,
      @PathParam("release") String release,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = ReasonRequest.class),
                      examples = @ExampleObject(name = "all clear", value = BodyExamples.BECAUSE)))
          @Nullable String body) {
    var act = acts.beginOn(release, project, dryRun, ReasonRequest.class, body);
    ProjectStatus status = acts.status(project);
    var id = acts.release(new ReleaseId(release), status);
    var report = acts.execute(status, act, new OperatorCommand.Say(new Intervention.Unreject(id)));
    return CommandView.of(report, acts.inForce(status, report, act.now()));
  }

  @POST
  @Path("/{project}/releases")
  @Operation(
      operationId = "composeRelease",
      summary = "Make a release of what is under a label or in an environment, some of it replaced",
      description =
          "How a single service is released: make the release, then deploy it. It is in no label's"
              + " chain, so no environment gets it from a label. Once somebody has deployed it to"
              + " an environment, those that take releases from there follow by their policies.")
  @APIResponse(
      responseCode = "201",
      description = "The release that was made",
      content = @Content(schema = @Schema(implementation = CommandView.class)))
  @APIResponse(
      responseCode = "200",
      description = "The release that would be made, of a dry run",
      content = @Content(schema = @Schema(implementation = CommandView.class)))
  public RestResponse<CommandView> compose(
      @PathParam("project") String project,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = ComposeRequest.class),
                      examples = {
                        @ExampleObject(name = "one image", value = BodyExamples.COMPOSE),
                        @ExampleObject(
                            name = "one service of a label",
                            value = BodyExamples.COMPOSE_FROM_LABEL)
                      }))
          @Nullable String body) {
    var act = acts.begin(project, dryRun, ComposeRequest.class, body);
    ProjectStatus status = acts.status(project);
    var report = acts.execute(status, act, act.body().command(status.desired()));
    return CommandView.of(report, acts.inForce(status, report, act.now())).answer();
  }
}
