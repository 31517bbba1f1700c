package dev.onward.status.log;

import dev.onward.model.ProjectId;
import dev.onward.plan.LabelExplanation;
import dev.onward.plan.LabelExplanation.State;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger.Level;

/** The differences of one label that no action line covers. */
final class LabelLines {
  private final ProjectId project;

  LabelLines(ProjectId project) {
    this.project = project;
  }

  /**
   * @param before absent on first observation
   */
  Stream<LogLine> between(Optional<LabelExplanation> before, LabelExplanation after) {
    boolean sameState = before.filter(b -> b.state() == after.state()).isPresent();
    boolean same = sameState && before.filter(b -> b.reasons().equals(after.reasons())).isPresent();
    return switch (after.state()) {
      case REFUSED -> same ? Stream.empty() : Stream.of(noRelease(after));
      case EMPTY -> sameState ? Stream.empty() : Stream.of(noRelease(after));
      case WAITING -> same ? Stream.empty() : Stream.of(soon(after));
      // Reasons change within a state while a build publishes service by service: one line is
      // enough.
      case SETTLING, STOPPED -> sameState ? Stream.empty() : Stream.of(soon(after));
      case RELEASED -> before.filter(LabelLines::wasStuck).map(b -> mended(after)).stream();
      case CUTTING -> Stream.empty();
    };
  }

  private static boolean wasStuck(LabelExplanation before) {
    return before.state() == State.REFUSED
        || before.state() == State.EMPTY
        || before.state() == State.WAITING;
  }

  private LogLine noRelease(LabelExplanation label) {
    return LogLine.of(
        Level.WARN, project, "no release from %s: %s".formatted(label.label(), label.summary()));
  }

  private LogLine soon(LabelExplanation label) {
    return LogLine.of(Level.INFO, project, "%s: %s".formatted(label.label(), label.summary()));
  }

  private LogLine mended(LabelExplanation label) {
    return LogLine.of(Level.INFO, project, "%s is valid again".formatted(label.label()));
  }
}
