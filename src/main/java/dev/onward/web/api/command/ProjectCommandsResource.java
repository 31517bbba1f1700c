package dev.onward.web.api.command;

import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.status.ProjectStatus;
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
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = CommandBodies.BecauseUntil.class),
                      examples =
                          @ExampleObject(
                              name = "for two hours",
                              value = CommandBodies.FOR_TWO_HOURS)))
          @Nullable String body) {
    CommandRequest act = acts.begin(project, dryRun, body);
    var attribution = act.attribution(act.until());
    return updateInterventions(project, act, attribution, new Intervention.StopEverything());
  }

  @POST
  @Path("/{project}/resume")
  @Operation(operationId = "resumeProject", summary = "Take back a stop")
  public CommandView resume(
      @PathParam("project") String project,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = CommandBodies.Because.class),
                      examples = @ExampleObject(name = "all clear", value = CommandBodies.BECAUSE)))
          @Nullable String body) {
    CommandRequest act = acts.begin(project, dryRun, body);
    return updateInterventions(
        project, act, act.attribution(), new Intervention.ResumeEverything());
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
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = CommandBodies.SetFreeze.class),
                      examples =
                          @ExampleObject(name = "over Christmas", value = CommandBodies.FREEZE)))
          @Nullable String body) {
    CommandRequest act = acts.begin(project, dryRun, body);
    var asked = FreezeRequest.read(act, Optional.empty());
    return updateInterventions(project, act, asked.attribution(), asked.intervention());
  }

  @POST
  @Path("/{project}/unfreeze")
  @Operation(operationId = "unfreezeProject", summary = "Lift a freeze of the project")
  public CommandView unfreeze(
      @PathParam("project") String project,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = CommandBodies.LiftFreeze.class),
                      examples = @ExampleObject(name = "early", value = CommandBodies.UNFREEZE)))
          @Nullable String body) {
    CommandRequest act = acts.begin(project, dryRun, body);
    var id = act.fields().required("id", FreezeId.ALLOWED, FreezeId::given);
    var attribution = act.attribution();
    return updateInterventions(project, act, attribution, new Intervention.LiftFreeze(id.get()));
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
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = CommandBodies.Why.class),
                      examples =
                          @ExampleObject(
                              name = "permissions mended",
                              value = CommandBodies.RECONCILE)))
          @Nullable String body) {
    CommandRequest act = acts.beginSomewhere(project, dryRun, body);
    var attribution = act.unattributed();
    return ReconcileView.of(acts.look(acts.status(project), act, attribution), act.dryRun());
  }

  private CommandView updateInterventions(
      String project, CommandRequest act, Attribution attribution, Intervention intervention) {
    ProjectStatus status = acts.status(project);
    var report = acts.execute(status, act, attribution, new OperatorCommand.Say(intervention));
    return CommandView.of(report, acts.inForce(status, report, act.now()));
  }
}
