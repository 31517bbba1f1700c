package dev.onward.web.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.onward.model.EnvironmentId;
import dev.onward.model.ProjectId;
import dev.onward.plan.Words;
import dev.onward.status.events.StatusEvent;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Something that became different.
 *
 * @param id to go on from, as {@code Last-Event-ID}
 * @param at when Onward noticed it
 * @param type {@code release}, {@code deployment}, {@code environment}, {@code label}, {@code
 *     intervention}, {@code converged}, {@code drift}, {@code project} or {@code lost}
 * @param project absent of what concerns everything
 * @param data what there is to say, which depends on the type
 */
@Schema(name = "Event")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record EventView(
    String id,
    Instant at,
    String type,
    Optional<String> project,
    Optional<String> environment,
    Map<String, Object> data) {
  public static EventView of(StatusEvent event) {
    return new EventView(
        event.id().toString(),
        event.at(),
        Words.of(event.type()),
        event.project().map(ProjectId::value),
        event.environment().map(EnvironmentId::value),
        event.data());
  }
}
