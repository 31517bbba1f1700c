package dev.onward.api;

import dev.onward.model.Intervention;
import dev.onward.model.OperatorWord;
import dev.onward.plan.Wish;
import dev.onward.status.ProjectStatus;
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
@Accountable
@Tag(name = "Acts on projects")
public class ProjectActsResource {
  private final Acts acts;

  ProjectActsResource(Acts acts) {
    this.acts = acts;
  }

  @POST
  @Path("/{project}/stop")
  @Operation(
      operationId = "stopProject",
      summary = "Stop a project: no release is cut, promoted or repaired",
      description =
          "What is deployed already is still written to the end. People can deploy by overriding the stop.")
  public ActView stop(
      @PathParam("project") String project,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = Bodies.BecauseUntil.class),
                      examples =
                          @ExampleObject(name = "for two hours", value = Bodies.FOR_TWO_HOURS)))
          @Nullable String body) {
    Act act = acts.begin(project, dryRun, body);
    var said = act.said(act.until());
    return say(project, act, said, new OperatorWord.StopEverything());
  }

  @POST
  @Path("/{project}/resume")
  @Operation(operationId = "resumeProject", summary = "Take back a stop")
  public ActView resume(
      @PathParam("project") String project,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = Bodies.Because.class),
                      examples = @ExampleObject(name = "all clear", value = Bodies.BECAUSE)))
          @Nullable String body) {
    Act act = acts.begin(project, dryRun, body);
    return say(project, act, act.said(), new OperatorWord.ResumeEverything());
  }

  @POST
  @Path("/{project}/freeze")
  @Operation(
      operationId = "freezeProject",
      summary = "Freeze a project: nothing is promoted for some time")
  public ActView freeze(
      @PathParam("project") String project,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = Bodies.SetFreeze.class),
                      examples = @ExampleObject(name = "over Christmas", value = Bodies.FREEZE)))
          @Nullable String body) {
    Act act = acts.begin(project, dryRun, body);
    var asked = FreezeRequest.read(act, Optional.empty());
    return say(project, act, asked.said(), asked.word());
  }

  @POST
  @Path("/{project}/unfreeze")
  @Operation(operationId = "unfreezeProject", summary = "Lift a freeze of the project")
  public ActView unfreeze(
      @PathParam("project") String project,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = Bodies.LiftFreeze.class),
                      examples = @ExampleObject(name = "early", value = Bodies.UNFREEZE)))
          @Nullable String body) {
    Act act = acts.begin(project, dryRun, body);
    var id = act.fields().required("id", FreezeId.ALLOWED, FreezeId::given);
    var said = act.said();
    return say(project, act, said, new OperatorWord.LiftFreeze(id.get()));
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
                      schema = @Schema(implementation = Bodies.Why.class),
                      examples =
                          @ExampleObject(name = "permissions mended", value = Bodies.RECONCILE)))
          @Nullable String body) {
    Act act = acts.beginSomewhere(project, dryRun, body);
    var said = act.saidOfNothing();
    return ReconcileView.of(act, acts.look(acts.status(project), act, said));
  }

  private ActView say(String project, Act act, Intervention said, OperatorWord word) {
    ProjectStatus status = acts.status(project);
    var report = acts.wish(status, act, said, new Wish.Say(word));
    return ActView.of(act, report, acts.standing(status, report, act.now()));
  }
}
