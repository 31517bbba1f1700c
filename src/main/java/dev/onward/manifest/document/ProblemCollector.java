package dev.onward.manifest.document;

import dev.onward.manifest.document.ManifestProblem.Severity;
import dev.onward.model.ProjectId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/** Collects the problems of one file while it is read, so that all are reported at once. */
public final class ProblemCollector {
  /** Of each severity: somebody's {@code package-lock.json} must not fill the log. */
  public static final int LISTED = 100;

  private final String file;
  private final List<ManifestProblem> errors = new ArrayList<>();
  private final List<ManifestProblem> warnings = new ArrayList<>();
  private final Set<ProjectId> projectsWithErrors = new HashSet<>();
  private int unlisted;

  public ProblemCollector(String file) {
    this.file = file;
  }

  void error(DocumentPath path, int line, String found, String allowed) {
    path.project().ifPresent(projectsWithErrors::add);
    add(Severity.ERROR, path, OptionalInt.of(line), found, allowed);
  }

  void warning(DocumentPath path, int line, String found, String allowed) {
    add(Severity.WARNING, path, OptionalInt.of(line), found, allowed);
  }

  /** About the file as a whole. */
  public void ofFile(Severity severity, String found, String allowed) {
    add(severity, DocumentPath.DOCUMENT, OptionalInt.empty(), found, allowed);
  }

  /** Whether one more of this severity is listed, and not only counted. */
  boolean lists(Severity severity) {
    return problems(severity).size() < LISTED;
  }

  public boolean hasErrorsIn(ProjectId project) {
    return projectsWithErrors.contains(project);
  }

  /** By line. */
  public List<ManifestProblem> problems() {
    var sorted = new ArrayList<>(errors);
    sorted.addAll(warnings);
    sorted.sort(Comparator.comparingInt(ManifestProblem::place));
    if (unlisted > 0) {
      sorted.add(
          problem(
              Severity.WARNING,
              DocumentPath.DOCUMENT,
              OptionalInt.empty(),
              String.format(Locale.ROOT, "%,d more problems", unlisted),
              "a project manifest; is this file one?"));
    }
    return List.copyOf(sorted);
  }

  private void add(
      Severity severity, DocumentPath path, OptionalInt line, String found, String allowed) {
    if (lists(severity)) {
      problems(severity).add(problem(severity, path, line, found, allowed));
    } else {
      unlisted++;
    }
  }

  private List<ManifestProblem> problems(Severity severity) {
    return switch (severity) {
      case ERROR -> errors;
      case WARNING -> warnings;
    };
  }

  private ManifestProblem problem(
      Severity severity, DocumentPath path, OptionalInt line, String found, String allowed) {
    return new ManifestProblem(severity, file, path.text(), line, path.project(), found, allowed);
  }
}
