package dev.onward.status.events;

import dev.onward.model.ProjectId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Numbers events, delivers each to all subscribers, and keeps the newest for clients that
 * reconnect.
 */
final class EventBuffer {
  /** Maximum number of events kept. */
  static final int REMEMBERED = 1_000;

  /** Maximum number of subscribers: each is an open connection. */
  static final int WATCHING = 200;

  private final InstantSource clock;
  private final long process;
  private final Deque<StatusEvent> recent = new ArrayDeque<>();
  private final Set<Subscription> watching = new LinkedHashSet<>();
  private long number;

  EventBuffer(InstantSource clock) {
    this.clock = clock;
    this.process = clock.millis();
  }

  void publish(ProjectId project, List<EventDraft> events) {
    publish(Optional.of(project), events);
  }

  void publishGlobal(EventDraft news) {
    publish(Optional.empty(), List.of(news));
  }

  private synchronized void publish(Optional<ProjectId> project, List<EventDraft> events) {
    Instant now = clock.instant();
    for (EventDraft each : events) {
      number++;
      var event =
          new StatusEvent(newest(), now, each.type(), project, each.environment(), each.data());
      recent.add(event);
      if (recent.size() > REMEMBERED) {
        recent.remove();
      }
      StatusEvent lost = lost();
      watching.forEach(one -> one.offer(event, lost));
    }
  }

  synchronized StatusEvent.Id newest() {
    return new StatusEvent.Id(process, number);
  }

  /** Empty if there are too many subscribers already. */
  synchronized Optional<Subscription> subscribe(
      Optional<String> lastKnown, Predicate<StatusEvent> wanted) {
    if (watching.size() >= WATCHING) {
      return Optional.empty();
    }
    var subscription = new Subscription(wanted, this::leave);
    lastKnown.ifPresent(last -> catchUp(subscription, StatusEvent.Id.parse(last)));
    watching.add(subscription);
    return Optional.of(subscription);
  }

  private void catchUp(Subscription subscription, Optional<StatusEvent.Id> last) {
    StatusEvent lost = lost();
    last.filter(this::isRemembered)
        .ifPresentOrElse(
            id ->
                recent.stream()
                    .filter(event -> event.id().number() > id.number())
                    .forEach(event -> subscription.offer(event, lost)),
            () -> subscription.offer(lost, lost));
  }

  /** Whether all later events are still kept. */
  private boolean isRemembered(StatusEvent.Id id) {
    return id.process() == process
        && id.number() <= number
        && id.number() >= number - recent.size();
  }

  /** Replaces all events up to now. */
  private StatusEvent lost() {
    return new StatusEvent(
        newest(),
        clock.instant(),
        StatusEvent.Type.LOST,
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  private synchronized boolean leave(Subscription subscription) {
    return watching.remove(subscription);
  }
}
