package dev.onward.status.events;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ProjectId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A difference, published to subscribers.
 *
 * @param id counts the events of one process, and identifies the process
 * @param at when Onward noticed it
 * @param project absent for global events
 * @param data the content by API field name: texts, numbers, booleans, lists and maps of those
 */
public record StatusEvent(
    Id id,
    Instant at,
    Type type,
    Optional<ProjectId> project,
    Optional<EnvironmentId> environment,
    Map<String, Object> data) {
  public StatusEvent {
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
  }

  /**
   * An event's position.
   *
   * @param process the start time of the publishing process, in milliseconds of Unix time: events
   *     of different processes are unrelated
   */
  public record Id(long process, long number) {
    /** Empty for an invalid id. */
    public static Optional<Id> parse(String text) {
      String[] parts = text.split("-", -1);
      try {
        return parts.length == 2
            ? Optional.of(new Id(Long.parseLong(parts[0]), Long.parseLong(parts[1])))
            : Optional.empty();
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }

    @Override
    public String toString() {
      return process + "-" + number;
    }
  }

  /** The subject of an event. */
  public enum Type {
    /** A release was cut from a label, or composed by a person. */
    RELEASE,
    /** An environment has a new deployment in force. */
    DEPLOYMENT,
    /** An environment's state, its candidate, or a gate's verdict on it changed. */
    ENVIRONMENT,
    /** Whether or why a release is cut from a label changed. */
    LABEL,
    /** An intervention was set or removed. */
    INTERVENTION,
    /** All parameters of an environment match its deployment. */
    CONVERGED,
    /** Parameters of an environment have drifted, or match again. */
    DRIFT,
    /** A project was observed, fails, recovered, was added or removed, or its manifest changed. */
    PROJECT,
    /** Events before this one are missing: reload everything. */
    LOST
  }
}
