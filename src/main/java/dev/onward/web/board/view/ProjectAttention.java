package dev.onward.web.board.view;

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
record ProjectAttention(
    ProjectStatus status, boolean manifestStale, Attention tone, String sortedAs) {
  /** Whatever needs a person first; then by name. */
  static final Comparator<ProjectAttention> MOST_URGENT_FIRST =
      Comparator.comparing(ProjectAttention::tone)
          .thenComparing(ProjectAttention::sortedAs)
          .thenComparing(need -> need.status().desired().project());

  static ProjectAttention of(ProjectStatus status, boolean manifestStale, Instant now) {
    return new ProjectAttention(
        status,
        manifestStale,
        worst(status, manifestStale, now),
        status.desired().name().toLowerCase(Locale.ROOT));
  }

  private static Attention worst(ProjectStatus status, boolean manifestStale, Instant now) {
    if (manifestStale || status.failing().isPresent()) {
      return Attention.BROKEN;
    }
    if (status.seen().isEmpty()) {
      return Attention.NONE;
    }
    ProjectStatus.Seen seen = status.seen().get();
    Attention worst = seen.observed().stop(now).isPresent() ? Attention.STOPPED : Attention.NONE;
    for (LabelExplanation label : seen.plan().labels().values()) {
      worst = worst.worse(toneOf(label).orElse(Attention.NONE));
    }
    for (EnvironmentExplanation environment : status.explanations()) {
      worst = worst.worse(EnvironmentSummary.tone(environment, now));
    }
    return worst;
  }

  /** What a label asks of people; nothing while all is as it should be. */
  static Optional<Attention> toneOf(LabelExplanation label) {
    return switch (label.state()) {
      case REFUSED -> Optional.of(Attention.BROKEN);
      case SETTLING, WAITING -> Optional.of(Attention.WAITING);
      case CUTTING -> Optional.of(Attention.MOVING);
      case RELEASED, STOPPED, EMPTY -> Optional.empty();
    };
  }
}
