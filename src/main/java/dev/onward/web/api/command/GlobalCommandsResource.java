package dev.onward.web.api.command;

import dev.onward.OnwardConfig;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.plan.Planner;
import dev.onward.status.StatusSnapshot;
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
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = CommandBodies.BecauseUntil.class),
                      examples =
                          @ExampleObject(
                              name = "for two hours",
                              value = CommandBodies.FOR_TWO_HOURS)))
          @Nullable String body) {
    CommandRequest act = acts.begin(dryRun, body);
    return updateInterventions(
        act, act.attribution(act.until()), new Intervention.StopEverything());
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
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = CommandBodies.Because.class),
                      examples = @ExampleObject(name = "all clear", value = CommandBodies.BECAUSE)))
          @Nullable String body) {
    CommandRequest act = acts.begin(dryRun, body);
    return updateInterventions(act, act.attribution(), new Intervention.ResumeEverything());
  }

  @POST
  @Path("/freeze")
  @Operation(
      operationId = "freezeEverything",
      summary = "Freeze everything: nothing is promoted in any project for some time")
  public GlobalCommandView freeze(
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = CommandBodies.SetFreeze.class),
                      examples =
                          @ExampleObject(name = "over Christmas", value = CommandBodies.FREEZE)))
          @Nullable String body) {
    CommandRequest act = acts.begin(dryRun, body);
    var asked = FreezeRequest.read(act, Optional.empty());
    return updateInterventions(act, asked.attribution(), asked.intervention());
  }

  @POST
  @Path("/unfreeze")
  @Operation(operationId = "unfreezeEverything", summary = "Lift a freeze of everything")
  public GlobalCommandView unfreeze(
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = CommandBodies.LiftFreeze.class),
                      examples = @ExampleObject(name = "early", value = CommandBodies.UNFREEZE)))
          @Nullable String body) {
    CommandRequest act = acts.begin(dryRun, body);
    var id = act.fields().required("id", FreezeId.ALLOWED, FreezeId::given);
    var attribution = act.attribution();
    return updateInterventions(act, attribution, new Intervention.LiftFreeze(id.get()));
  }

  private GlobalCommandView updateInterventions(
      CommandRequest act, Attribution attribution, Intervention intervention) {
    var report = acts.updateGlobalInterventions(act, attribution, intervention);
    return GlobalCommandView.of(
        report, acts.globalInterventions(report, act.now()), planner, board.projects(), act.now());
  }
}
