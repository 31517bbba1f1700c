package dev.onward.api;

import dev.onward.model.InvalidValueException;
import dev.onward.model.ReleaseId;
import dev.onward.plan.DesiredState;
import dev.onward.query.Comparison;
import dev.onward.query.Side;
import dev.onward.query.SideText;
import dev.onward.reconcile.ProjectStores;
import dev.onward.status.ProjectStatus;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What differs between any two of a project's releases, labels and environments. */
@Path("/api/v1/projects")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Images")
public class CompareResource {
  private final Visible visible;
  private final ProjectStores.Provider stores;

  CompareResource(Visible visible, ProjectStores.Provider stores) {
    this.visible = visible;
    this.stores = stores;
  }

  @GET
  @Path("/{project}/compare")
  @Operation(
      operationId = "compare",
      summary = "The difference between any two releases, labels or environments",
      description =
          "Labels and environments are compared as their parameters are, from memory; a release costs"
              + " one consistent GetItem of DynamoDB. An environment whose parameters are not what its"
              + " release says has these services under drifted.")
  public ComparisonView compare(
      @PathParam("project") String project,
      @Parameter(
              required = true,
              description =
                  "environment:<id>, label:<name> or release:<id>, of which the first 8 characters"
                      + " are enough for a release that the last cycle knew. A name alone is an"
                      + " environment's if there is one, else a label's, else a release's.",
              example = "label:latest")
          @QueryParam("from")
          Optional<String> from,
      @Parameter(
              required = true,
              description = "What to compare it with, as from",
              example = "environment:prod")
          @QueryParam("to")
          Optional<String> to) {
    ProjectStatus status = visible.existing(project);
    return ComparisonView.of(
        status.desired().project(),
        Comparison.of(side("from", from, status), side("to", to, status)));
  }

  private Side side(String parameter, Optional<String> given, ProjectStatus status) {
    String text =
        given.orElseThrow(
            () -> new InvalidValueException("query parameter " + parameter, "", SideText.ALLOWED));
    SideText meant =
        SideText.parse("query parameter " + parameter, text, status)
            .orElseThrow(
                () ->
                    new NotFoundHere(
                        "project %s has no %s"
                            .formatted(status.desired().project(), text.replaceFirst(":", " "))));
    return switch (meant) {
      case SideText.Place(var where) ->
          Side.of(status.desired().project(), where, Sights.of(status));
      case SideText.OfRelease(ReleaseId id) -> release(KnownReleases.named(id, status), status);
    };
  }

  private Side release(ReleaseId id, ProjectStatus status) {
    DesiredState desired = status.desired();
    return stores
        .open(desired.project(), desired.role())
        .releases()
        .release(id)
        .map(Side::of)
        .orElseThrow(
            () ->
                new NotFoundHere(
                    "project %s has no release '%s'".formatted(desired.project(), id)));
  }
}
