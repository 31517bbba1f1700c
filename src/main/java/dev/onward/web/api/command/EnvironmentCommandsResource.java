package dev.onward.web.api.command;

import dev.onward.model.EnvironmentId;
import dev.onward.model.intervention.Intervention;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.status.ProjectStatus;
import dev.onward.web.api.command.CommandBody.ApprovalRequest;
import dev.onward.web.api.command.CommandBody.DeployRequest;
import dev.onward.web.api.command.CommandBody.InterventionRequest;
import dev.onward.web.api.command.CommandBody.ReasonRequest;
import dev.onward.web.api.command.CommandBody.RepairRequest;
import dev.onward.web.api.command.CommandBody.RollbackRequest;
import dev.onward.web.api.command.CommandBody.UnfreezeRequest;
import dev.onward.web.api.command.CommandBody.WithdrawalRequest;
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
              content =
                  @Content(
                      schema = @Schema(implementation = InterventionRequest.class),
                      examples =
                          @ExampleObject(
                              name = "for two hours",
                              value = BodyExamples.FOR_TWO_HOURS)))
          @Nullable String body) {
    var act = acts.begin(project, environment, dryRun, InterventionRequest.class, body);
    return updateInterventions(project, act, new Intervention.Hold(new EnvironmentId(environment)));
  }

  @POST
  @Path("/{project}/environments/{environment}/resume")
  @Operation(operationId = "resumeEnvironment", summary = "Take back a hold")
  public CommandView resume(
      @PathParam("project") String project,
      @PathParam("environment") String environment,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = ReasonRequest.class),
                      examples = @ExampleObject(name = "all clear", value = BodyExamples.BECAUSE)))
          @Nullable String body) {
    var act = acts.begin(project, environment, dryRun, ReasonRequest.class, body);
    return updateInterventions(
        project, act, new Intervention.Resume(new EnvironmentId(environment)));
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
              content =
                  @Content(
                      schema = @Schema(implementation = ApprovalRequest.class),
                      examples = @ExampleObject(name = "for a day", value = BodyExamples.APPROVE)))
          @Nullable String body) {
    var act = acts.begin(project, environment, dryRun, ApprovalRequest.class, body);
    ProjectStatus status = acts.status(project);
    return execute(
        status,
        act,
        new OperatorCommand.Say(
            new Intervention.Approve(
                acts.release(act.body().release(), status), new EnvironmentId(environment))));
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
              content =
                  @Content(
                      schema = @Schema(implementation = WithdrawalRequest.class),
                      examples =
                          @ExampleObject(
                              name = "on second thoughts",
                              value = BodyExamples.WITHDRAW)))
          @Nullable String body) {
    var act = acts.begin(project, environment, dryRun, WithdrawalRequest.class, body);
    ProjectStatus status = acts.status(project);
    return execute(
        status,
        act,
        new OperatorCommand.Say(
            new Intervention.Withdraw(
                acts.release(act.body().release(), status), new EnvironmentId(environment))));
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
              content =
                  @Content(
                      schema = @Schema(implementation = DeployRequest.class),
                      examples = {
                        @ExampleObject(name = "as the gates allow", value = BodyExamples.DEPLOY),
                        @ExampleObject(name = "over what holds", value = BodyExamples.OVERRIDE)
                      }))
          @Nullable String body) {
    var act = acts.begin(project, environment, dryRun, DeployRequest.class, body);
    ProjectStatus status = acts.status(project);
    return execute(
        status,
        act,
        new OperatorCommand.Deploy(
            new EnvironmentId(environment),
            acts.release(act.body().release(), status),
            act.body().override()));
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
              content =
                  @Content(
                      schema = @Schema(implementation = RollbackRequest.class),
                      examples = {
                        @ExampleObject(name = "after errors", value = BodyExamples.ROLL_BACK),
                        @ExampleObject(
                            name = "after the wrong release",
                            value = BodyExamples.ROLL_BACK_BEFORE)
                      }))
          @Nullable String body) {
    var act = acts.begin(project, environment, dryRun, RollbackRequest.class, body);
    return execute(
        acts.status(project),
        act,
        new OperatorCommand.RollBack(
            new EnvironmentId(environment),
            Optional.ofNullable(act.body().to()).orElse(OperatorCommand.RollBackTo.OLDER),
            act.body().override()));
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
              content =
                  @Content(
                      schema = @Schema(implementation = RepairRequest.class),
                      examples =
                          @ExampleObject(name = "after an edit", value = BodyExamples.REPAIR)))
          @Nullable String body) {
    var act = acts.begin(project, environment, dryRun, RepairRequest.class, body);
    return execute(
        acts.status(project),
        act,
        new OperatorCommand.Repair(new EnvironmentId(environment), act.body().override()));
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
              content =
                  @Content(
                      schema = @Schema(implementation = FreezeRequest.class),
                      examples =
                          @ExampleObject(name = "over Christmas", value = BodyExamples.FREEZE)))
          @Nullable String body) {
    var act = acts.begin(project, environment, dryRun, FreezeRequest.class, body);
    return updateInterventions(
        project, act, act.body().intervention(Optional.of(new EnvironmentId(environment))));
  }

  @POST
  @Path("/{project}/environments/{environment}/unfreeze")
  @Operation(operationId = "unfreezeEnvironment", summary = "Lift a freeze of this environment")
  public CommandView unfreeze(
      @PathParam("project") String project,
      @PathParam("environment") String environment,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = UnfreezeRequest.class),
                      examples = @ExampleObject(name = "early", value = BodyExamples.UNFREEZE)))
          @Nullable String body) {
    var act = acts.begin(project, environment, dryRun, UnfreezeRequest.class, body);
    return updateInterventions(
        project,
        act,
        new Intervention.LiftFreeze(
            act.body().id().value(), Optional.of(new EnvironmentId(environment))));
  }

  private CommandView updateInterventions(
      String project, CommandRequest<?> act, Intervention intervention) {
    return execute(acts.status(project), act, new OperatorCommand.Say(intervention));
  }

  private CommandView execute(
      ProjectStatus status, CommandRequest<?> act, OperatorCommand command) {
    var report = acts.execute(status, act, command);
    return CommandView.of(report, acts.inForce(status, report, act.now()));
  }
}
