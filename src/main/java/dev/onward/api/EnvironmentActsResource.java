package dev.onward.api;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Intervention;
import dev.onward.model.OperatorWord;
import dev.onward.model.ReleaseId;
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
@Accountable
@Tag(name = "Acts on environments")
public class EnvironmentActsResource {
  private final Acts acts;

  EnvironmentActsResource(Acts acts) {
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
  public ActView hold(
      @PathParam("project") String project,
      @PathParam("environment") String environment,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = Bodies.BecauseUntil.class),
                      examples =
                          @ExampleObject(name = "for two hours", value = Bodies.FOR_TWO_HOURS)))
          @Nullable String body) {
    Act act = acts.begin(project, environment, dryRun, body);
    var said = act.said(act.until());
    return say(project, act, said, new OperatorWord.Hold(new EnvironmentId(environment)));
  }

  @POST
  @Path("/{project}/environments/{environment}/resume")
  @Operation(operationId = "resumeEnvironment", summary = "Take back a hold")
  public ActView resume(
      @PathParam("project") String project,
      @PathParam("environment") String environment,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = Bodies.Because.class),
                      examples = @ExampleObject(name = "all clear", value = Bodies.BECAUSE)))
          @Nullable String body) {
    Act act = acts.begin(project, environment, dryRun, body);
    return say(project, act, act.said(), new OperatorWord.Resume(new EnvironmentId(environment)));
  }

  @POST
  @Path("/{project}/environments/{environment}/approve")
  @Operation(
      operationId = "approveRelease",
      summary = "Approve a release for an environment",
      description = "One person's approval, as far as the policy's approvals gate asks for some.")
  public ActView approve(
      @PathParam("project") String project,
      @PathParam("environment") String environment,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = Bodies.Approve.class),
                      examples = @ExampleObject(name = "for a day", value = Bodies.APPROVE)))
          @Nullable String body) {
    Act act = acts.begin(project, environment, dryRun, body);
    var release = release(act);
    var said = act.said(act.until());
    ProjectStatus status = acts.status(project);
    return wish(
        status,
        act,
        said,
        new Wish.Say(
            new OperatorWord.Approve(
                acts.release(release.get(), status), new EnvironmentId(environment))));
  }

  @POST
  @Path("/{project}/environments/{environment}/withdraw")
  @Operation(
      operationId = "withdrawApproval",
      summary = "Take back one's own approval of a release for an environment",
      description = "What was deployed because of it stays; an approval of somebody else stands.")
  public ActView withdraw(
      @PathParam("project") String project,
      @PathParam("environment") String environment,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = Bodies.Withdraw.class),
                      examples =
                          @ExampleObject(name = "on second thoughts", value = Bodies.WITHDRAW)))
          @Nullable String body) {
    Act act = acts.begin(project, environment, dryRun, body);
    var release = release(act);
    var said = act.said();
    ProjectStatus status = acts.status(project);
    return wish(
        status,
        act,
        said,
        new Wish.Say(
            new OperatorWord.Withdraw(
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
  public ActView deploy(
      @PathParam("project") String project,
      @PathParam("environment") String environment,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = Bodies.Deploy.class),
                      examples = {
                        @ExampleObject(name = "as the gates allow", value = Bodies.DEPLOY),
                        @ExampleObject(name = "over what holds", value = Bodies.OVERRIDE)
                      }))
          @Nullable String body) {
    Act act = acts.begin(project, environment, dryRun, body);
    var release = release(act);
    var override = act.fields().flag("override");
    var said = act.said();
    ProjectStatus status = acts.status(project);
    return wish(
        status,
        act,
        said,
        new Wish.Deploy(
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
  public ActView rollBack(
      @PathParam("project") String project,
      @PathParam("environment") String environment,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = Bodies.RollBack.class),
                      examples = {
                        @ExampleObject(name = "after errors", value = Bodies.ROLL_BACK),
                        @ExampleObject(
                            name = "after the wrong release",
                            value = Bodies.ROLL_BACK_BEFORE)
                      }))
          @Nullable String body) {
    Act act = acts.begin(project, environment, dryRun, body);
    var to = act.fields().optional("to", "older or before", Wish.RollBackTo::ofWord);
    var override = act.fields().flag("override");
    var said = act.said();
    return wish(
        acts.status(project),
        act,
        said,
        new Wish.RollBack(
            new EnvironmentId(environment),
            to.get().orElse(Wish.RollBackTo.OLDER),
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
  public ActView repair(
      @PathParam("project") String project,
      @PathParam("environment") String environment,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = Bodies.Repair.class),
                      examples = @ExampleObject(name = "after an edit", value = Bodies.REPAIR)))
          @Nullable String body) {
    Act act = acts.begin(project, environment, dryRun, body);
    var override = act.fields().flag("override");
    var said = act.said();
    return wish(
        acts.status(project),
        act,
        said,
        new Wish.Repair(new EnvironmentId(environment), override.get()));
  }

  @POST
  @Path("/{project}/environments/{environment}/freeze")
  @Operation(
      operationId = "freezeEnvironment",
      summary = "Freeze an environment: nothing is promoted to it for some time")
  public ActView freeze(
      @PathParam("project") String project,
      @PathParam("environment") String environment,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = Bodies.SetFreeze.class),
                      examples = @ExampleObject(name = "over Christmas", value = Bodies.FREEZE)))
          @Nullable String body) {
    Act act = acts.begin(project, environment, dryRun, body);
    var asked = FreezeRequest.read(act, Optional.of(new EnvironmentId(environment)));
    return say(project, act, asked.said(), asked.word());
  }

  @POST
  @Path("/{project}/environments/{environment}/unfreeze")
  @Operation(operationId = "unfreezeEnvironment", summary = "Lift a freeze of this environment")
  public ActView unfreeze(
      @PathParam("project") String project,
      @PathParam("environment") String environment,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = Bodies.LiftFreeze.class),
                      examples = @ExampleObject(name = "early", value = Bodies.UNFREEZE)))
          @Nullable String body) {
    Act act = acts.begin(project, environment, dryRun, body);
    var id = act.fields().required("id", FreezeId.ALLOWED, FreezeId::given);
    var said = act.said();
    var word = new OperatorWord.LiftFreeze(id.get(), Optional.of(new EnvironmentId(environment)));
    return say(project, act, said, word);
  }

  private static Supplier<ReleaseId> release(Act act) {
    return act.fields()
        .required("release", "a release's id, or its first 8 characters", ReleaseId::new);
  }

  private ActView say(String project, Act act, Intervention said, OperatorWord word) {
    return wish(acts.status(project), act, said, new Wish.Say(word));
  }

  private ActView wish(ProjectStatus status, Act act, Intervention said, Wish wish) {
    var report = acts.wish(status, act, said, wish);
    return ActView.of(act, report, acts.standing(status, report, act.now()));
  }
}
