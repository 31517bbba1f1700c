package dev.onward.web.api;

import dev.onward.access.Caller;
import dev.onward.access.http.CallerResolver;
import dev.onward.model.ProjectId;
import dev.onward.plan.Words;
import dev.onward.status.events.StatusEvent;
import dev.onward.web.api.view.EventView;
import dev.onward.web.http.ProblemDetail;
import dev.onward.web.http.SseStream;
import dev.onward.web.http.VisibleProjects;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What becomes different, as server-sent events. */
@Path("/api/v1/events")
@Tag(name = "Events")
public class EventsResource {
  private static final String EXAMPLE =
      """
      event: deployment
      id: 1795435200000-17
      data: {"id":"1795435200000-17","at":"2026-11-23T12:00:00Z","type":"deployment",\
      "project":"storage","environment":"stage","data":{"from":"0f4b11aa-5d0c-3b1e-9a51-0c6a8d0b7c11",\
      "to":"33378e23-7f2a-3c50-8a0e-6e3f0f2a9d42","origin":"automation",\
      "deployed_at":"2026-11-23T12:00:00Z","by":{"id":"onward","name":"Onward"}}}
      """;

  private final SseStream stream;
  private final VisibleProjects visible;
  private final CallerResolver callers;

  EventsResource(SseStream stream, VisibleProjects visible, CallerResolver callers) {
    this.stream = stream;
    this.visible = visible;
    this.callers = callers;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      operationId = "events",
      summary = "What becomes different, as it does",
      description =
          "Server-sent events of the projects that the caller may look at. From memory; AWS is not"
              + " asked. Whoever comes back with the id of the last event goes on after it, as long"
              + " as this process remembers; otherwise the first event is lost: look at everything"
              + " again.")
  @APIResponse(
      responseCode = "200",
      description = "Events, and a comment every 15 seconds without one",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = EventView.class),
              examples = @ExampleObject(name = "deployment", value = EXAMPLE)))
  @APIResponse(
      responseCode = "429",
      description = "Too many are watching; Retry-After says when to ask again",
      content =
          @Content(
              mediaType = ProblemDetail.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemDetail.class)))
  public Multi<OutboundSseEvent> events(
      @Parameter(description = "Only events of these projects") @QueryParam("project")
          List<String> projects,
      @Parameter(description = "The id of the last event that was received")
          @HeaderParam("Last-Event-ID")
          Optional<String> lastKnown,
      @Context Sse sse) {
    return stream.watch(
        sse, lastKnown, wanted(callers.reader(), projects), event -> Stream.of(event(sse, event)));
  }

  private Predicate<StatusEvent> wanted(Caller caller, List<String> names) {
    Set<ProjectId> projects =
        names.stream()
            // Of what nobody knows there will be no event: do not let them wait for one.
            .map(name -> visible.existing(name).desired().project())
            .collect(Collectors.toSet());
    Predicate<ProjectId> told =
        project -> (projects.isEmpty() || projects.contains(project)) && caller.maySee(project);
    // What concerns everything concerns everybody.
    return event -> event.project().map(told::test).orElse(true);
  }

  private static OutboundSseEvent event(Sse sse, StatusEvent event) {
    return sse.newEventBuilder()
        .id(event.id().toString())
        .name(Words.of(event.type()))
        .mediaType(MediaType.APPLICATION_JSON_TYPE)
        .data(EventView.class, EventView.of(event))
        .build();
  }
}
