package dev.onward.web.api.view;

import dev.onward.manifest.Manifests;
import dev.onward.manifest.document.ManifestProblem;
import dev.onward.model.ProjectId;
import dev.onward.plan.Words;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Where a project's manifest stands.
 *
 * @param stale whether an older version is in force because the file cannot be used as it is
 */
public record ManifestView(Optional<String> file, boolean stale, List<Problem> problems) {

  public static ManifestView of(ProjectId project, Manifests manifests) {
    return new ManifestView(
        Optional.ofNullable(manifests.files().get(project)),
        manifests.stale().contains(project),
        manifests.problemsOf(project).stream().map(Problem::of).toList());
  }

  /**
   * Something wrong or odd in a manifest file.
   *
   * @param severity {@code error} or {@code warning}
   * @param path the place in the document; empty for the whole file
   */
  @Schema(name = "ManifestProblem")
  public record Problem(
      String severity,
      String file,
      String path,
      OptionalInt line,
      Optional<String> project,
      String found,
      String allowed) {
    public static Problem of(ManifestProblem it) {
      return new Problem(
          Words.of(it.severity()),
          it.file(),
          it.path(),
          it.line(),
          it.project().map(ProjectId::value),
          it.found(),
          it.allowed());
    }
  }
}
