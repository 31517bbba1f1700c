package dev.onward.board;

import dev.onward.plan.EnvironmentExplanation;
import dev.onward.plan.LabelExplanation;
import dev.onward.status.ProjectStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * What a project asks of people. Enough to sort and count all projects by, and much cheaper than
 * the rows of those that are shown.
 *
 * @param tone of the worst there is in it
 * @param sortedAs its name, in the case that the order goes by
 */
record Need(ProjectStatus status, boolean manifestStale, Tone tone, String sortedAs) {
  /** Whatever needs a person first; then by name. */
  static final Comparator<Need> MOST_URGENT_FIRST =
      Comparator.comparing(Need::tone)
          .thenComparing(Need::sortedAs)
          .thenComparing(need -> need.status().desired().project());

  static Need of(ProjectStatus status, boolean manifestStale, Instant now) {
    return new Need(
        status,
        manifestStale,
        worst(status, manifestStale, now),
        status.desired().name().toLowerCase(Locale.ROOT));
  }

  private static Tone worst(ProjectStatus status, boolean manifestStale, Instant now) {
    if (manifestStale || status.failing().isPresent()) {
      return Tone.BROKEN;
    }
    if (status.seen().isEmpty()) {
      return Tone.NONE;
    }
    ProjectStatus.Seen seen = status.seen().get();
    Tone worst = seen.observed().stop(now).isPresent() ? Tone.STOPPED : Tone.NONE;
    for (LabelExplanation label : seen.plan().labels().values()) {
      worst = worst.worse(toneOf(label).orElse(Tone.NONE));
    }
    for (EnvironmentExplanation environment : status.explanations()) {
      worst = worst.worse(AtAGlance.tone(environment, now));
    }
    return worst;
  }

  /** What a label asks of people; nothing while all is as it should be. */
  static Optional<Tone> toneOf(LabelExplanation label) {
    return switch (label.state()) {
      case REFUSED -> Optional.of(Tone.BROKEN);
      case SETTLING, WAITING -> Optional.of(Tone.WAITING);
      case CUTTING -> Optional.of(Tone.MOVING);
      case RELEASED, STOPPED, EMPTY -> Optional.empty();
    };
  }
}
