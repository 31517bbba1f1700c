package dev.onward.web.board;

import dev.onward.access.Caller;
import dev.onward.access.http.CallerResolver;
import dev.onward.model.ProjectId;
import dev.onward.status.events.StatusEvent;
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
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Tells open pages which part of them is no longer true, so that they fetch it again, and a few
 * words for the reader where something happened.
 */
@Path("/events")
public class PageEventsResource {
  private final SseStream stream;
  private final CallerResolver callers;
  private final VisibleProjects visible;

  PageEventsResource(SseStream stream, CallerResolver callers, VisibleProjects visible) {
    this.stream = stream;
    this.callers = callers;
    this.visible = visible;
  }

  /**
   * News from now on, or since the reader last heard some.
   *
   * @param since the newest event when the page was made
   * @param lastKnown the last event that was received, of a page that comes back
   */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public Multi<OutboundSseEvent> news(
      @QueryParam("project") Optional<String> project,
      @QueryParam("since") Optional<String> since,
      @HeaderParam("Last-Event-ID") Optional<String> lastKnown,
      @Context Sse sse) {
    return stream.watch(
        sse,
        lastKnown.or(() -> since),
        wanted(project),
        event -> PageEvent.of(event).stream().map(news -> event(sse, event, news)));
  }

  /** Projects come and go while a page is open, so it is asked of each event who may see it. */
  private Predicate<StatusEvent> wanted(Optional<String> name) {
    Caller caller = callers.reader();
    Optional<ProjectId> project = name.map(id -> visible.existing(id).desired().project());
    return event ->
        event
            .project()
            .map(id -> project.map(id::equals).orElseGet(() -> caller.maySee(id)))
            .orElse(true);
  }

  private static OutboundSseEvent event(Sse sse, StatusEvent event, PageEvent news) {
    return sse.newEventBuilder()
        .id(event.id().toString())
        .name(news.name())
        .data(news.text())
        .build();
  }
}
