package dev.onward.web.api.command;

import dev.onward.model.Label;
import dev.onward.plan.command.OperatorCommand;
import dev.onward.status.ProjectStatus;
import dev.onward.web.api.command.CommandBody.ReasonRequest;
import dev.onward.web.api.view.CommandView;
import dev.onward.web.api.view.PublicationView;
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

/** What people do with the labels under which images are published. */
@Path("/api/v1/projects")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Idempotent
@Tag(name = "Acts on labels")
public class LabelCommandsResource {
  private final CommandRequests acts;

  LabelCommandsResource(CommandRequests acts) {
    this.acts = acts;
  }

  @POST
  @Path("/{project}/labels/{label}/cut")
  @Operation(
      operationId = "cutRelease",
      summary = "Cut a release from a label now, without waiting for the quiet period",
      description =
          "The release that automation would cut, requested by whoever asks. A stop does not keep a person from it; what is not complete, or no image, does.")
  @APIResponse(
      responseCode = "201",
      description = "The release that was cut",
      content = @Content(schema = @Schema(implementation = CommandView.class)))
  @APIResponse(
      responseCode = "200",
      description = "The release that would be cut, of a dry run",
      content = @Content(schema = @Schema(implementation = CommandView.class)))
  public RestResponse<CommandView> cut(
      @PathParam("project") String project,
      @PathParam("label") String label,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = ReasonRequest.class),
                      examples = @ExampleObject(name = "in a hurry", value = BodyExamples.CUT)))
          @Nullable String body) {
    var act = acts.beginOn(label, project, dryRun, ReasonRequest.class, body);
    ProjectStatus status = acts.status(project);
    var report = acts.execute(status, act, new OperatorCommand.Cut(new Label(label)));
    return CommandView.of(report, acts.inForce(status, report, act.now())).answer();
  }

  @POST
  @Path("/{project}/labels/{label}/publish")
  @Operation(
      operationId = "publishImages",
      summary = "Publish images under a label, as a build does",
      description =
          "Writes the label's parameters in Parameter Store. Parameter Store writes under no condition: of two who publish the same service at once the last one's image stays; its history and the audit trail have both.")
  public PublicationView publish(
      @PathParam("project") String project,
      @PathParam("label") String label,
      @QueryParam("dry_run") Optional<String> dryRun,
      @RequestBody(
              content =
                  @Content(
                      schema = @Schema(implementation = PublishRequest.class),
                      examples = {
                        @ExampleObject(name = "one image", value = BodyExamples.PUBLISH),
                        @ExampleObject(name = "a new service", value = BodyExamples.PUBLISH_NEW)
                      }))
          @Nullable String body) {
    var act = acts.beginOn(label, project, dryRun, PublishRequest.class, body);
    var report = acts.publish(acts.status(project), act, act.body().publication(new Label(label)));
    return PublicationView.of(label, report, act.dryRun());
  }
}
