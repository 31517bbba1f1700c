package dev.onward.web.api.command;

import dev.onward.model.intervention.Intervention;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.status.ProjectStatus;
import dev.onward.web.api.command.CommandBody.InterventionRequest;
import dev.onward.web.api.command.CommandBody.ReasonRequest;
import dev.onward.web.api.command.CommandBody.ReconcileRequest;
import dev.onward.web.api.command.CommandBody.UnfreezeRequest;
import dev.onward.web.api.view.CommandView;
import dev.onward.web.api.view.ReconcileView;
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
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What people do with a whole project. */
@Path("/api/v1/projects")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Idempotent
@Tag(name = "Acts on projects")
public class ProjectCommandsResource {
  private final CommandRequests acts;

  ProjectCommandsResource(CommandRequests acts) {
    this.acts = acts;
  }

  @POST
  @Path("/{project}/stop")
  @Operation(
      operationId = "stopProject",
      summary = "Stop a project: no release is cut, promoted or repaired",
      description =
          "What is deployed already is still written to the end. People can deploy by overriding the stop.")
  public CommandView stop(
      @PathParam("project") String project,
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
    var act = acts.begin(project, dryRun, InterventionRequest.class, body);
    return updateInterventions(project, act, new Intervention.StopEverything());
  }

  @POST
  @Path("/{project}/resume")
  @Operation(operationId = "resumeProject", summary = "Take back a stop")
  public CommandView resume(
      @PathParam("project") String project,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = ReasonRequest.class),
                      examples = @ExampleObject(name = "all clear", value = BodyExamples.BECAUSE)))
          @Nullable String body) {
    var act = acts.begin(project, dryRun, ReasonRequest.class, body);
    return updateInterventions(project, act, new Intervention.ResumeEverything());
  }

  @POST
  @Path("/{project}/freeze")
  @Operation(
      operationId = "freezeProject",
      summary = "Freeze a project: nothing is promoted for some time")
  public CommandView freeze(
      @PathParam("project") String project,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = FreezeRequest.class),
                      examples =
                          @ExampleObject(name = "over Christmas", value = BodyExamples.FREEZE)))
          @Nullable String body) {
    var act = acts.begin(project, dryRun, FreezeRequest.class, body);
    return updateInterventions(project, act, act.body().intervention(Optional.empty()));
  }

  @POST
  @Path("/{project}/unfreeze")
  @Operation(operationId = "unfreezeProject", summary = "Lift a freeze of the project")
  public CommandView unfreeze(
      @PathParam("project") String project,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = UnfreezeRequest.class),
                      examples = @ExampleObject(name = "early", value = BodyExamples.UNFREEZE)))
          @Nullable String body) {
    var act = acts.begin(project, dryRun, UnfreezeRequest.class, body);
    return updateInterventions(project, act, new Intervention.LiftFreeze(act.body().id().value()));
  }

  @POST
  @Path("/{project}/reconcile")
  @Operation(
      operationId = "reconcileProject",
      summary = "Look at a project at once, and do what there is to do",
      description =
          "What happens at every interval anyway, without the delay that failures have earned. Answers when that cycle is over, or after 20 s while it goes on. A dry run plans and does nothing.")
  public ReconcileView reconcile(
      @PathParam("project") String project,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = ReconcileRequest.class),
                      examples =
                          @ExampleObject(
                              name = "permissions mended",
                              value = BodyExamples.RECONCILE)))
          @Nullable String body) {
    var act = acts.beginSomewhere(project, dryRun, ReconcileRequest.class, body);
    return ReconcileView.of(acts.look(acts.status(project), act), act.dryRun());
  }

  private CommandView updateInterventions(
      String project, CommandRequest<?> act, Intervention intervention) {
    ProjectStatus status = acts.status(project);
    var report = acts.execute(status, act, new OperatorCommand.Say(intervention));
    return CommandView.of(report, acts.inForce(status, report, act.now()));
  }
}
