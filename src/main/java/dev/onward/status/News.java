package dev.onward.status;

import dev.onward.model.EnvironmentId;
import dev.onward.model.Requester;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What an event will say, before it has its place among all. */
record News(FeedEvent.Type type, Optional<EnvironmentId> environment, Map<String, Object> data) {
  static News of(FeedEvent.Type type) {
    return new News(type, Optional.empty(), Map.of());
  }

  static News of(FeedEvent.Type type, EnvironmentId environment) {
    return new News(type, Optional.of(environment), Map.of());
  }

  /** A kind of {@link FeedEvent.Type#PROJECT}. */
  static News project(String change) {
    return of(FeedEvent.Type.PROJECT).with("change", change);
  }

  News with(String name, Object value) {
    var more = new LinkedHashMap<>(data);
    more.put(name, value);
    return new News(type, environment, more);
  }

  /** Without the name if there is no value. */
  News with(String name, Optional<?> value) {
    return value.map(present -> with(name, present)).orElse(this);
  }

  News by(Requester who) {
    return with("by", Map.of("id", who.id(), "name", who.name()));
  }
}
