package dev.onward.status;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ProjectId;
import dev.onward.model.ReleaseId;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * One line of the log: a sentence about a project or one of its environments.
 *
 * @param release the release it is about, in full; the sentence has the short form
 */
record LogLine(
    Logger.Level level,
    ProjectId project,
    Optional<EnvironmentId> environment,
    Optional<ReleaseId> release,
    String sentence) {

  static LogLine of(Logger.Level level, ProjectId project, String sentence) {
    return new LogLine(level, project, Optional.empty(), Optional.empty(), sentence);
  }

  LogLine in(EnvironmentId where) {
    return new LogLine(level, project, Optional.of(where), release, sentence);
  }

  LogLine about(ReleaseId what) {
    return new LogLine(level, project, environment, Optional.of(what), sentence);
  }

  /** As it stands in the log: {@code storage/stage: deployed release 1a2b3c4d}. */
  String text() {
    return project + environment.map(e -> "/" + e).orElse("") + ": " + sentence;
  }
}
