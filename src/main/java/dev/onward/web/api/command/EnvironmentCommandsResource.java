package dev.onward.web.api.command;

import dev.onward.model.EnvironmentId;
import dev.onward.model.intervention.Attribution;
import dev.onward.model.intervention.Intervention;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.status.ProjectStatus;
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
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What people do with one environment. */
@Path("/api/v1/projects")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Idempotent
@Tag(name = "Acts on environments")
public class EnvironmentCommandsResource {
  private final CommandRequests acts;

  EnvironmentCommandsResource(CommandRequests acts) {
    this.acts = acts;
  }

  @POST
  @Path("/{project}/environments/{environment}/hold")
  @Operation(
      operationId = "holdEnvironment",
      summary = "Hold an environment: nothing is promoted to it or repaired there",
      description =
          "What is deployed already is still written to the end. A person can deploy by overriding"
              + " the hold.")
  public CommandView hold(
      @PathParam("project") String project,
      @PathParam("environment") String environment,
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
    CommandRequest act = acts.begin(project, environment, dryRun, body);
    var attribution = act.attribution(act.until());
    return updateInterventions(
        project, act, attribution, new Intervention.Hold(new EnvironmentId(environment)));
  }

  @POST
  @Path("/{project}/environments/{environment}/resume")
  @Operation(operationId = "resumeEnvironment", summary = "Take back a hold")
  public CommandView resume(
      @PathParam("project") String project,
      @PathParam("environment") String environment,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = CommandBodies.Because.class),
                      examples = @ExampleObject(name = "all clear", value = CommandBodies.BECAUSE)))
          @Nullable String body) {
    CommandRequest act = acts.begin(project, environment, dryRun, body);
    return updateInterventions(
        project, act, act.attribution(), new Intervention.Resume(new EnvironmentId(environment)));
  }

  @POST
  @Path("/{project}/environments/{environment}/approve")
  @Operation(
      operationId = "approveRelease",
      summary = "Approve a release for an environment",
      description = "One person's approval, as far as the policy's approvals gate asks for some.")
  public CommandView approve(
      @PathParam("project") String project,
      @PathParam("environment") String environment,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = CommandBodies.Approve.class),
                      examples = @ExampleObject(name = "for a day", value = CommandBodies.APPROVE)))
          @Nullable String body) {
    CommandRequest act = acts.begin(project, environment, dryRun, body);
    var release = release(act);
    var attribution = act.attribution(act.until());
    ProjectStatus status = acts.status(project);
    return execute(
        status,
        act,
        attribution,
        new OperatorCommand.Say(
            new Intervention.Approve(
                acts.release(release.get(), status), new EnvironmentId(environment))));
  }

  @POST
  @Path("/{project}/environments/{environment}/withdraw")
  @Operation(
      operationId = "withdrawApproval",
      summary = "Take back one's own approval of a release for an environment",
      description = "What was deployed because of it stays; an approval of somebody else stands.")
  public CommandView withdraw(
      @PathParam("project") String project,
      @PathParam("environment") String environment,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = CommandBodies.Withdraw.class),
                      examples =
                          @ExampleObject(
                              name = "on second thoughts",
                              value = CommandBodies.WITHDRAW)))
          @Nullable String body) {
    CommandRequest act = acts.begin(project, environment, dryRun, body);
    var release = release(act);
    var attribution = act.attribution();
    ProjectStatus status = acts.status(project);
    return execute(
        status,
        act,
        attribution,
        new OperatorCommand.Say(
            new Intervention.Withdraw(
                acts.release(release.get(), status), new EnvironmentId(environment))));
  }

  @POST
  @Path("/{project}/environments/{environment}/deploy")
  @Operation(
      operationId = "deployRelease",
      summary = "Deploy a release, newer or older than the current one",
      description =
          "Goes past the policy's mode; every other gate that holds must be overridden. Automation"
              + " then considers only releases that are created later.")
  public CommandView deploy(
      @PathParam("project") String project,
      @PathParam("environment") String environment,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = CommandBodies.Deploy.class),
                      examples = {
                        @ExampleObject(name = "as the gates allow", value = CommandBodies.DEPLOY),
                        @ExampleObject(name = "over what holds", value = CommandBodies.OVERRIDE)
                      }))
          @Nullable String body) {
    CommandRequest act = acts.begin(project, environment, dryRun, body);
    var release = release(act);
    var override = act.fields().flag("override");
    var attribution = act.attribution();
    ProjectStatus status = acts.status(project);
    return execute(
        status,
        act,
        attribution,
        new OperatorCommand.Deploy(
            new EnvironmentId(environment), acts.release(release.get(), status), override.get()));
  }

  @POST
  @Path("/{project}/environments/{environment}/roll-back")
  @Operation(
      operationId = "rollBack",
      summary = "Deploy what was there before",
      description =
          "The newest release in the environment's history that is older than the current one, is"
              + " not rejected, and was not itself rolled back from; or, if asked so, what was"
              + " there before the current one, even if it is newer. The answer says which release,"
              + " why it is that one, and where the other choice would lead.")
  public CommandView rollBack(
      @PathParam("project") String project,
      @PathParam("environment") String environment,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = CommandBodies.RollBack.class),
                      examples = {
                        @ExampleObject(name = "after errors", value = CommandBodies.ROLL_BACK),
                        @ExampleObject(
                            name = "after the wrong release",
                            value = CommandBodies.ROLL_BACK_BEFORE)
                      }))
          @Nullable String body) {
    CommandRequest act = acts.begin(project, environment, dryRun, body);
    var to = act.fields().optional("to", "older or before", OperatorCommand.RollBackTo::ofWord);
    var override = act.fields().flag("override");
    var attribution = act.attribution();
    return execute(
        acts.status(project),
        act,
        attribution,
        new OperatorCommand.RollBack(
            new EnvironmentId(environment),
            to.get().orElse(OperatorCommand.RollBackTo.OLDER),
            override.get()));
  }

  @POST
  @Path("/{project}/environments/{environment}/repair")
  @Operation(
      operationId = "repairEnvironment",
      summary = "Write the parameters that are not what the current release says",
      description =
          "At once, whatever the manifest says of drift. It is no deployment: nothing is added to"
              + " the history, and automation goes on as before. A hold or a stop must be"
              + " overridden.")
  public CommandView repair(
      @PathParam("project") String project,
      @PathParam("environment") String environment,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = CommandBodies.Repair.class),
                      examples =
                          @ExampleObject(name = "after an edit", value = CommandBodies.REPAIR)))
          @Nullable String body) {
    CommandRequest act = acts.begin(project, environment, dryRun, body);
    var override = act.fields().flag("override");
    var attribution = act.attribution();
    return execute(
        acts.status(project),
        act,
        attribution,
        new OperatorCommand.Repair(new EnvironmentId(environment), override.get()));
  }

  @POST
  @Path("/{project}/environments/{environment}/freeze")
  @Operation(
      operationId = "freezeEnvironment",
      summary = "Freeze an environment: nothing is promoted to it for some time")
  public CommandView freeze(
      @PathParam("project") String project,
      @PathParam("environment") String environment,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = CommandBodies.SetFreeze.class),
                      examples =
                          @ExampleObject(name = "over Christmas", value = CommandBodies.FREEZE)))
          @Nullable String body) {
    CommandRequest act = acts.begin(project, environment, dryRun, body);
    var asked = FreezeRequest.read(act, Optional.of(new EnvironmentId(environment)));
    return updateInterventions(project, act, asked.attribution(), asked.intervention());
  }

  @POST
  @Path("/{project}/environments/{environment}/unfreeze")
  @Operation(operationId = "unfreezeEnvironment", summary = "Lift a freeze of this environment")
  public CommandView unfreeze(
      @PathParam("project") String project,
      @PathParam("environment") String environment,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = CommandBodies.LiftFreeze.class),
                      examples = @ExampleObject(name = "early", value = CommandBodies.UNFREEZE)))
          @Nullable String body) {
    CommandRequest act = acts.begin(project, environment, dryRun, body);
    var id = act.fields().required("id", FreezeId.ALLOWED, FreezeId::given);
    var attribution = act.attribution();
    var intervention =
        new Intervention.LiftFreeze(id.get(), Optional.of(new EnvironmentId(environment)));
    return updateInterventions(project, act, attribution, intervention);
  }

  private static Supplier<ReleaseId> release(CommandRequest act) {
    return act.fields()
        .required("release", "a release's id, or its first 8 characters", ReleaseId::new);
  }

  private CommandView updateInterventions(
      String project, CommandRequest act, Attribution attribution, Intervention intervention) {
    return execute(acts.status(project), act, attribution, new OperatorCommand.Say(intervention));
  }

  private CommandView execute(
      ProjectStatus status, CommandRequest act, Attribution attribution, OperatorCommand command) {
    var report = acts.execute(status, act, attribution, command);
    return CommandView.of(report, acts.inForce(status, report, act.now()));
  }
}
