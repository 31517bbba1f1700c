package dev.onward.web.http;

import dev.onward.query.TooManyRequestsException;
import dev.onward.status.events.EventFeed;
import dev.onward.status.events.StatusEvent;
import dev.onward.status.events.Subscription;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Keeps somebody told of what becomes different, by server-sent events, for half an hour. */
@ApplicationScoped
public class SseStream {
  private static final Logger LOG = Logger.getLogger(SseStream.class);

  /** Shorter than what proxies let a silent connection live. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** After so long the connection ends, and whoever comes back is asked again who they are. */
  private static final Duration LONGEST = Duration.ofMinutes(30);

  /** What a browser waits before it comes back. */
  private static final Duration COME_BACK = Duration.ofSeconds(2);

  /** When to come again where too many are watching. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

  private final EventFeed feed;
  private final RoutingContext routing;

  /**
   * @param routing stands for that of the request that is being answered
   */
  SseStream(EventFeed feed, RoutingContext routing) {
    this.feed = feed;
    this.routing = routing;
  }

  /**
   * Begins to watch; throws {@link TooManyRequestsException}.
   *
   * @param lastKnown the id of the last event that was received; whoever is to come back with it
   *     must have been told it
   * @param wanted which events; must be quick
   * @param told an event as it is sent: in one piece, in several, or not at all
   */
  public Multi<OutboundSseEvent> watch(
      Sse sse,
      Optional<String> lastKnown,
      Predicate<StatusEvent> wanted,
      Function<StatusEvent, Stream<OutboundSseEvent>> told) {
    Subscription subscription = feed.subscribe(lastKnown, wanted).orElseThrow(SseStream::tooMany);
    HttpServerResponse response = routing.response();
    // nginx keeps what it passes on until there is more of it, unless it is told not to.
    response.putHeader("X-Accel-Buffering", "no");
    // A client that leaves before the stream begins cancels nothing: it gives its place back here.
    routing.addEndHandler(_ -> subscription.close());
    if (response.closed()) {
      subscription.close();
    }
    var events =
        Multi.createBy()
            .repeating()
            .completionStage(() -> subscription.next(HEARTBEAT))
            .whilst(_ -> !response.closed())
            .onItem()
            .transformToMultiAndConcatenate(
                event ->
                    Multi.createFrom()
                        .items(event.map(told).orElseGet(() -> Stream.of(sign(sse).build()))));
    // At once, so that whoever asked knows that they are watching.
    var hello = Multi.createFrom().item(sign(sse).reconnectDelay(COME_BACK.toMillis()).build());
    return Multi.createBy()
        .concatenating()
        .streams(hello, events)
        .select()
        .first(LONGEST)
        .onFailure()
        .invoke(failure -> LOG.error("Events broke off", failure))
        .onTermination()
        .invoke(subscription::close);
  }

  private static TooManyRequestsException tooMany() {
    return new TooManyRequestsException(
        "as many are watching already as can; ask again later, or read /api/v1/projects instead",
        RETRY_AFTER);
  }

  /** A comment, which no browser shows to anybody. */
  private static OutboundSseEvent.Builder sign(Sse sse) {
    return sse.newEventBuilder().comment("watching");
  }
}
