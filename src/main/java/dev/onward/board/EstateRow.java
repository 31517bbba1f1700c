package dev.onward.board;

import dev.onward.model.ProjectId;
import dev.onward.plan.LabelExplanation;
import dev.onward.status.ProjectStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One project among all.
 *
 * @param tone of the worst there is in it
 * @param notes what is to be said of the whole project, with its tone
 * @param cells its environments, in the order of the page's columns; absent ones are empty
 */
record EstateRow(
    String id, String name, Tone tone, List<Note> notes, List<Optional<AtAGlance>> cells) {
  /** Whatever needs a person first; then by name. */
  static final Comparator<EstateRow> BY_NEED =
      Comparator.comparing(EstateRow::tone)
          .thenComparing(row -> row.name().toLowerCase(Locale.ROOT))
          .thenComparing(EstateRow::id);

  /** Something to be said. */
  record Note(Tone tone, String text) {}

  static EstateRow of(
      ProjectStatus status, List<String> columns, boolean manifestStale, Instant now) {
    List<AtAGlance> glances =
        status.desired().environments().stream().map(it -> AtAGlance.of(status, it, now)).toList();
    List<Note> notes = notes(status, manifestStale, now);
    Tone worst =
        Stream.concat(glances.stream().map(AtAGlance::tone), notes.stream().map(Note::tone))
            .reduce(Tone.NONE, Tone::worse);
    ProjectId id = status.desired().project();
    return new EstateRow(
        id.value(),
        status.desired().name(),
        worst,
        notes,
        columns.stream()
            .map(column -> glances.stream().filter(it -> it.id().equals(column)).findFirst())
            .toList());
  }

  static List<Note> notes(ProjectStatus status, boolean manifestStale, Instant now) {
    var notes = new ArrayList<Note>();
    status
        .failing()
        .ifPresent(failing -> notes.add(new Note(Tone.BROKEN, failing.failure().message())));
    if (manifestStale) {
      notes.add(new Note(Tone.BROKEN, "its manifest is invalid; the last good one stays in force"));
    }
    status
        .seen()
        .flatMap(seen -> seen.observed().stop(now))
        .ifPresent(
            stop ->
                notes.add(
                    new Note(
                        Tone.STOPPED,
                        "stopped by %s: %s".formatted(stop.by().name(), stop.reason()))));
    status.seen().stream()
        .flatMap(seen -> seen.plan().labels().values().stream())
        .forEach(label -> note(label).ifPresent(notes::add));
    return notes;
  }

  private static Optional<Note> note(LabelExplanation label) {
    String sentence = "%s: %s".formatted(label.label(), String.join("; ", label.reasons()));
    return switch (label.state()) {
      case REFUSED -> Optional.of(new Note(Tone.BROKEN, sentence));
      case SETTLING, WAITING -> Optional.of(new Note(Tone.WAITING, sentence));
      case CUTTING -> Optional.of(new Note(Tone.MOVING, sentence));
      case RELEASED, STOPPED, EMPTY -> Optional.empty();
    };
  }
}
