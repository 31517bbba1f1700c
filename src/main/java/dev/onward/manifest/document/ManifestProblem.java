package dev.onward.manifest.document;

import dev.onward.model.ProjectId;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Something wrong, or odd, in the manifests, with all that a person needs to mend it.
 *
 * @param file the file's name in the manifest directory, or the directory itself
 * @param path the place in the document, such as {@code storage.environments[1].promotion.from};
 *     empty for the whole file
 * @param line counted from 1, where the place has one
 * @param project the project the place belongs to, where it belongs to one
 */
public record ManifestProblem(
    Severity severity,
    String file,
    String path,
    OptionalInt line,
    Optional<ProjectId> project,
    String found,
    String allowed) {

  /** Whether the project, or the file, can be used all the same. */
  public enum Severity {
    ERROR,
    WARNING
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** One line for people: file and line, place, what was found and what is allowed. */
  public String message() {
    String place = Excerpt.of(file) + (line.isPresent() ? ":" + line.getAsInt() : "");
    return place
        + (path.isEmpty() ? "" : ": " + path)
        + ": found "
        + found
        + "; allowed: "
        + allowed;
  }

  /** Its line; what is about a whole file comes first. */
  public int place() {
    return line.orElse(0);
  }

  /** The same problem wherever its line has moved to. */
  public ManifestProblem withoutLine() {
    return new ManifestProblem(severity, file, path, OptionalInt.empty(), project, found, allowed);
  }

  @Override
  public String toString() {
    return switch (severity) {
      case ERROR -> "error: " + message();
      case WARNING -> "warning: " + message();
    };
  }
}
