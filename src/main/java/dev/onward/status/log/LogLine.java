package dev.onward.status.log;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ProjectId;
import dev.onward.model.release.ReleaseId;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * One line of the log: a sentence about a project, one of its environments, or everything.
 *
 * @param project absent for a global event
 * @param release the full id of the release it concerns; the sentence has the short form
 * @param caller the person who caused it
 */
record LogLine(
    Logger.Level level,
    Optional<ProjectId> project,
    Optional<EnvironmentId> environment,
    Optional<ReleaseId> release,
    Optional<String> caller,
    String sentence) {

  static LogLine of(Logger.Level level, ProjectId project, String sentence) {
    return of(level, Optional.of(project), sentence);
  }

  static LogLine of(Logger.Level level, Optional<ProjectId> project, String sentence) {
    return new LogLine(
        level, project, Optional.empty(), Optional.empty(), Optional.empty(), sentence);
  }

  LogLine in(EnvironmentId where) {
    return new LogLine(level, project, Optional.of(where), release, caller, sentence);
  }

  LogLine about(ReleaseId what) {
    return new LogLine(level, project, environment, Optional.of(what), caller, sentence);
  }

  LogLine by(String person) {
    return new LogLine(level, project, environment, release, Optional.of(person), sentence);
  }

  /** The text in the log: {@code storage/stage: deployed release 1a2b3c4d}. */
  String text() {
    return project.map(ProjectId::value).orElse("everything")
        + environment.map(e -> "/" + e).orElse("")
        + ": "
        + sentence;
  }
}
