package dev.onward.web.api.command;

import dev.onward.OnwardConfig;
import dev.onward.model.intervention.Intervention;
import dev.onward.plan.Planner;
import dev.onward.status.StatusSnapshot;
import dev.onward.web.api.command.CommandBody.InterventionRequest;
import dev.onward.web.api.command.CommandBody.ReasonRequest;
import dev.onward.web.api.command.CommandBody.UnfreezeRequest;
import dev.onward.web.api.view.GlobalCommandView;
import dev.onward.web.http.Idempotent;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
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

/** What people do with everything that Onward manages. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Idempotent
@Tag(name = "Acts on everything")
public class GlobalCommandsResource {
  private final CommandRequests acts;
  private final StatusSnapshot board;
  private final Planner planner;

  GlobalCommandsResource(CommandRequests acts, StatusSnapshot board, OnwardConfig config) {
    this.acts = acts;
    this.board = board;
    this.planner = new Planner(config.repairGrace());
  }

  @POST
  @Path("/stop")
  @Operation(
      operationId = "stopEverything",
      summary = "Stop everything: no release is cut, promoted or repaired in any project",
      description =
          "Read again by every replica before it decides. The preview is by what the last cycles"
              + " saw.")
  public GlobalCommandView stop(
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
    var act = acts.begin(dryRun, InterventionRequest.class, body);
    return updateInterventions(act, new Intervention.StopEverything());
  }

  @POST
  @Path("/resume")
  @Operation(
      operationId = "resumeEverything",
      summary = "Take back the stop of everything",
      description = "Projects and environments that were stopped or held by themselves stay so.")
  public GlobalCommandView resume(
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = ReasonRequest.class),
                      examples = @ExampleObject(name = "all clear", value = BodyExamples.BECAUSE)))
          @Nullable String body) {
    var act = acts.begin(dryRun, ReasonRequest.class, body);
    return updateInterventions(act, new Intervention.ResumeEverything());
  }

  @POST
  @Path("/freeze")
  @Operation(
      operationId = "freezeEverything",
      summary = "Freeze everything: nothing is promoted in any project for some time")
  public GlobalCommandView freeze(
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = FreezeRequest.class),
                      examples =
                          @ExampleObject(name = "over Christmas", value = BodyExamples.FREEZE)))
          @Nullable String body) {
    var act = acts.begin(dryRun, FreezeRequest.class, body);
    return updateInterventions(act, act.body().intervention(Optional.empty()));
  }

  @POST
  @Path("/unfreeze")
  @Operation(operationId = "unfreezeEverything", summary = "Lift a freeze of everything")
  public GlobalCommandView unfreeze(
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = UnfreezeRequest.class),
                      examples = @ExampleObject(name = "early", value = BodyExamples.UNFREEZE)))
          @Nullable String body) {
    var act = acts.begin(dryRun, UnfreezeRequest.class, body);
    return updateInterventions(act, new Intervention.LiftFreeze(act.body().id().value()));
  }

  private GlobalCommandView updateInterventions(CommandRequest<?> act, Intervention intervention) {
    var report = acts.updateGlobalInterventions(act, intervention);
    return GlobalCommandView.of(
        report, acts.globalInterventions(report, act.now()), planner, board.projects(), act.now());
  }
}
