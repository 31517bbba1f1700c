package dev.onward.web.http;

import dev.onward.manifest.Manifests;
import dev.onward.manifest.document.ManifestProblem;
import dev.onward.model.ProjectId;
import java.io.Serial;

/** A request names something that does not exist; the detail says what, in a sentence. */
public final class NotFoundException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  public NotFoundException(String detail) {
    super(detail);
  }

  /** A project that is not in force; where its manifest is at fault, it says so. */
  public static NotFoundException project(ProjectId id, Manifests manifests) {
    boolean its =
        manifests.problemsOf(id).stream()
            .filter(ManifestProblem::isError)
            .anyMatch(problem -> problem.project().isPresent());
    if (its) {
      return new NotFoundException(
          "the manifest of the project '%s' has errors and was never in force; /api/v1/daemon lists them"
              .formatted(id));
    }
    boolean unreadable =
        manifests.problems().stream()
            .filter(ManifestProblem::isError)
            .anyMatch(problem -> problem.project().isEmpty());
    return new NotFoundException(
        "no manifest names the project '%s'%s"
            .formatted(
                id,
                unreadable
                    ? ", but not every manifest could be read; /api/v1/daemon lists their errors"
                    : ""));
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
