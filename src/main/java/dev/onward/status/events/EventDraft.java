package dev.onward.status.events;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Requester;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The content of an event before it is numbered. */
record EventDraft(
    StatusEvent.Type type, Optional<EnvironmentId> environment, Map<String, Object> data) {
  static EventDraft of(StatusEvent.Type type) {
    return new EventDraft(type, Optional.empty(), Map.of());
  }

  static EventDraft of(StatusEvent.Type type, EnvironmentId environment) {
    return new EventDraft(type, Optional.of(environment), Map.of());
  }

  /** A kind of {@link StatusEvent.Type#PROJECT}. */
  static EventDraft project(String change) {
    return of(StatusEvent.Type.PROJECT).with("change", change);
  }

  EventDraft with(String name, Object value) {
    var more = new LinkedHashMap<>(data);
    more.put(name, value);
    return new EventDraft(type, environment, more);
  }

  /** Omits the name if there is no value. */
  EventDraft with(String name, Optional<?> value) {
    return value.map(present -> with(name, present)).orElse(this);
  }

  EventDraft by(Requester who) {
    return with("by", Map.of("id", who.id(), "name", who.name()));
  }
}
