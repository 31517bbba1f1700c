package dev.onward.web.board.view;

import dev.onward.plan.LabelExplanation;
import dev.onward.status.ProjectStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One project among all.
 *
 * @param tone of the worst there is in it
 * @param notes what is to be said of the whole project, with its tone
 * @param cells its environments, in the order of the page's columns; absent ones are empty
 */
public record OverviewRow(
    String id,
    String name,
    Attention tone,
    List<Note> notes,
    List<Optional<EnvironmentSummary>> cells) {
  /** Something to be said. */
  record Note(Attention tone, String text) {}

  static OverviewRow of(ProjectAttention need, List<String> columns, Instant now) {
    ProjectStatus status = need.status();
    List<EnvironmentSummary> summaries =
        status.desired().environments().stream()
            .map(it -> EnvironmentSummary.of(status, it, now))
            .toList();
    return new OverviewRow(
        status.desired().project().value(),
        status.desired().name(),
        need.tone(),
        notes(status, need.manifestStale(), now),
        columns.stream()
            .map(column -> summaries.stream().filter(it -> it.id().equals(column)).findFirst())
            .toList());
  }

  static List<Note> notes(ProjectStatus status, boolean manifestStale, Instant now) {
    var notes = new ArrayList<Note>();
    status
        .failing()
        .ifPresent(failing -> notes.add(new Note(Attention.BROKEN, failing.failure().message())));
    if (manifestStale) {
      notes.add(
          new Note(Attention.BROKEN, "its manifest is invalid; the last good one stays in force"));
    }
    status
        .seen()
        .flatMap(seen -> seen.observed().stop(now))
        .ifPresent(
            stop ->
                notes.add(
                    new Note(
                        Attention.STOPPED,
                        "stopped by %s: %s".formatted(stop.by().name(), stop.reason()))));
    status.seen().stream()
        .flatMap(seen -> seen.plan().labels().values().stream())
        .forEach(
            label ->
                ProjectAttention.toneOf(label)
                    .map(tone -> new Note(tone, sentence(label)))
                    .ifPresent(notes::add));
    return notes;
  }

  private static String sentence(LabelExplanation label) {
    return "%s: %s".formatted(label.label(), label.summary());
  }
}
