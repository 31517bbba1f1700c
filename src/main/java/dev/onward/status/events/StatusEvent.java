package dev.onward.status.events;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ProjectId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Something that became different, told to whoever watches.
 *
 * @param id counts the events of one process, and names the process
 * @param at when Onward noticed it
 * @param project absent of what concerns everything
 * @param data what there is to say, by the names that the API gives it: texts, numbers, flags,
 *     lists and maps of such
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
   * An event's place among all.
   *
   * @param process when the process started that tells it, in milliseconds of Unix time: the events
   *     of another process are no part of this one's
   */
  public record Id(long process, long number) {
    /** Empty for what is no id. */
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

  /** What an event is about. */
  public enum Type {
    /** A release was cut from a label, or put together by a person. */
    RELEASE,
    /** An environment has another deployment in force. */
    DEPLOYMENT,
    /** An environment's state, its candidate or what a gate says of that. */
    ENVIRONMENT,
    /** Whether and why a release is cut from a label. */
    LABEL,
    /** An operator said something. */
    INTERVENTION,
    /** All parameters of an environment are as deployed. */
    CONVERGED,
    /** Parameters of an environment are no longer as deployed, or are again. */
    DRIFT,
    /** A project is seen, fails, works again, comes, goes, or has another manifest. */
    PROJECT,
    /** Events are missing before this one: look at everything again. */
    LOST
  }
}
