package dev.onward.web.api.replay;

import dev.onward.manifest.Manifests;
import dev.onward.plan.DesiredState;
import dev.onward.plan.replay.Replay;
import dev.onward.plan.replay.ReplayResult;
import dev.onward.store.ProjectStores;
import dev.onward.web.http.CommandRejectedException;
import dev.onward.web.http.ProblemDetail;
import dev.onward.web.http.VisibleProjects;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a manifest would have done with a project's recorded history. It only reads. */
@Path("/api/v1/projects/{project}/replay")
@RunOnVirtualThread
@Tag(name = "Projects")
public class ReplayResource {
  private final VisibleProjects visible;
  private final ProjectStores.Provider stores;
  private final ReplayExecutor executor;
  private final RoutingContext routing;

  /**
   * @param routing stands for that of the request that is being answered
   */
  ReplayResource(
      VisibleProjects visible,
      ProjectStores.Provider stores,
      ReplayExecutor executor,
      RoutingContext routing) {
    this.visible = visible;
    this.stores = stores;
    this.executor = executor;
    this.routing = routing;
  }

  @POST
  @Consumes({"application/yaml", "text/yaml", MediaType.APPLICATION_JSON})
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
  @Operation(
      operationId = "replay",
      summary = "What a manifest would have done with the project's recorded history",
      description =
          "The body is the manifest to try, as application/yaml, text/yaml or application/json;"
              + " without one it is the manifest in force. Nothing is written. Reads the releases"
              + " table, 100 releases a call. One replay runs at a time, for ten seconds at most.")
  @APIResponse(
      responseCode = "200",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ReplayView.class)),
        @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(implementation = String.class))
      })
  @APIResponse(
      responseCode = "422",
      description =
          "The manifest has errors, does not hold the project, or is more than can be replayed; or"
              + " the replay took too long",
      content =
          @Content(
              mediaType = ProblemDetail.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemDetail.class)))
  public Response replay(
      @PathParam("project") String project,
      @Parameter(description = "Where to begin; by default 30 days before the end")
          @QueryParam("from")
          Optional<String> from,
      @Parameter(description = "Where to end; by default now") @QueryParam("to")
          Optional<String> to,
      @Parameter(
              description =
                  "How long after a release became the candidate of an environment it is approved,"
                      + " such as 30m; by default never")
          @QueryParam("approved_after")
          Optional<String> approvedAfter,
      @Parameter(description = "Whether people's recorded deployments are made in the replay too")
          @QueryParam("with_people")
          @DefaultValue("false")
          String withPeople,
      @Parameter(description = "How many releases of the history are read, up to 2000")
          @QueryParam("limit")
          @DefaultValue("500")
          String limit,
      @Context HttpHeaders headers,
      @Context UriInfo uri,
      @Nullable String body) {
    var request = ReplayRequest.of(from, to, approvedAfter, withPeople, limit, visible.now());
    DesiredState inForce = visible.existing(project).desired();
    String instance = uri.getRequestUri().getRawPath();
    Optional<String> given = Optional.ofNullable(body).filter(text -> !text.isBlank());
    refuseUntyped(given, type(headers));
    List<MediaType> preferred = preferred(headers);
    return executor.run(
        this::whenClientLeaves,
        checkpoint ->
            switch (manifest(inForce, given).within(request.limit())) {
              case ReplayManifest.Unusable unusable -> problem(unusable.problem(instance));
              case ReplayManifest.Usable(DesiredState desired) ->
                  answer(replay(inForce, desired, request, checkpoint), preferred);
            });
  }

  /** A blank or unreadable header prefers nothing. */
  private static List<MediaType> preferred(HttpHeaders headers) {
    try {
      return headers.getAcceptableMediaTypes();
    } catch (IllegalArgumentException e) {
      return List.of(MediaType.WILDCARD_TYPE);
    }
  }

  private void whenClientLeaves(Runnable then) {
    routing.addEndHandler(
        answered -> {
          if (answered.failed()) {
            then.run();
          }
        });
    if (routing.response().closed()) {
      then.run();
    }
  }

  /** The store is opened as the manifest in force says: nobody's request chooses the role. */
  private ReplayResult replay(
      DesiredState inForce, DesiredState desired, ReplayRequest request, Runnable checkpoint) {
    var history =
        ReplayHistoryReader.read(
            stores.open(inForce.project(), inForce.role()).releases(), request.limit(), checkpoint);
    return Replay.of(
            desired,
            history.releases(),
            request.from(),
            request.to(),
            request.assumptions(),
            checkpoint)
        .noting(history.notes());
  }

  private static ReplayManifest manifest(DesiredState inForce, Optional<String> body) {
    return body.map(text -> ReplayManifest.of(inForce.project(), Manifests.ofText("body", text)))
        .orElseGet(() -> new ReplayManifest.Usable(inForce));
  }

  /** A page elsewhere can send a body that does not say what it is, without being asked first. */
  static void refuseUntyped(Optional<String> body, Optional<MediaType> type) {
    if (body.isPresent() && type.isEmpty()) {
      throw new CommandRejectedException(
          Status.UNSUPPORTED_MEDIA_TYPE,
          "a manifest must be sent with Content-Type: application/yaml, text/yaml or"
              + " application/json");
    }
  }

  /** One that is no media type is as good as none. */
  private static Optional<MediaType> type(HttpHeaders headers) {
    try {
      return Optional.ofNullable(headers.getMediaType());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** As the first of the media types that the caller prefers says. */
  static Response answer(ReplayResult result, List<MediaType> preferred) {
    for (MediaType type : preferred) {
      if (type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
        break;
      }
      if (type.isCompatible(MediaType.TEXT_PLAIN_TYPE)) {
        return Response.ok(ReplayTable.of(result), MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8"))
            .build();
      }
    }
    return Response.ok(ReplayView.of(result), MediaType.APPLICATION_JSON_TYPE).build();
  }

  private static Response problem(ProblemDetail problem) {
    return Response.status(problem.status()).type(ProblemDetail.MEDIA_TYPE).entity(problem).build();
  }
}
