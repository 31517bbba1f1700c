package dev.onward.manifest;

import dev.onward.manifest.document.Excerpt;
import dev.onward.manifest.document.ManifestProblem;
import dev.onward.model.ProjectId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One difference between two readings of the manifests, worth a line in the log. */
public sealed interface ManifestChange {
  /** One line for people. */
  String message();

  record ProjectAdded(ProjectId project, String file) implements ManifestChange {
    @Override
    public String message() {
      return "project %s is managed from now on, by %s".formatted(project, Excerpt.of(file));
    }
  }

  record ProjectChanged(ProjectId project, String file) implements ManifestChange {
    @Override
    public String message() {
      return "project %s follows its new manifest in %s".formatted(project, Excerpt.of(file));
    }
  }

  record ProjectRemoved(ProjectId project) implements ManifestChange {
    @Override
    public String message() {
      return "project %s is no longer managed: no manifest names it; nothing of it was deleted"
          .formatted(project);
    }
  }

  /** The manifest on disk became unusable; problems reported beside this say why. */
  record ProjectKept(ProjectId project, String file) implements ManifestChange {
    @Override
    public String message() {
      return "project %s stays on its last good manifest: what is now in %s cannot be used"
          .formatted(project, Excerpt.of(file));
    }
  }

  record ProblemAppeared(ManifestProblem problem) implements ManifestChange {
    @Override
    public String message() {
      return problem.message();
    }
  }

  /** All of a file's problems are gone: one that gave way to another is not solved. */
  record FileMended(String file) implements ManifestChange {
    @Override
    public String message() {
      return Excerpt.of(file) + ": no problem any more";
    }
  }

  /** What changed: problems that appeared, then projects, then files without problems. */
  static List<ManifestChange> between(Manifests before, Manifests after) {
    var changes = new ArrayList<ManifestChange>();
    problemsOnlyIn(after, before).forEach(problem -> changes.add(new ProblemAppeared(problem)));
    after
        .files()
        .forEach(
            (project, file) -> ofProject(project, file, before, after).ifPresent(changes::add));
    before.projects().keySet().stream()
        .filter(project -> !after.projects().containsKey(project))
        .forEach(project -> changes.add(new ProjectRemoved(project)));
    var mended = filesWithProblems(before);
    mended.removeAll(filesWithProblems(after));
    mended.forEach(file -> changes.add(new FileMended(file)));
    return List.copyOf(changes);
  }

  private static Optional<ManifestChange> ofProject(
      ProjectId project, String file, Manifests before, Manifests after) {
    if (!before.projects().containsKey(project)) {
      return Optional.of(new ProjectAdded(project, file));
    }
    if (!Objects.equals(before.projects().get(project), after.projects().get(project))) {
      return Optional.of(new ProjectChanged(project, file));
    }
    return after.stale().contains(project) && !before.stale().contains(project)
        ? Optional.of(new ProjectKept(project, file))
        : Optional.empty();
  }

  private static SortedSet<String> filesWithProblems(Manifests manifests) {
    return manifests.problems().stream()
        .map(ManifestProblem::file)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A problem that only moved to another line is still the same one. */
  private static Set<ManifestProblem> problemsOnlyIn(Manifests one, Manifests other) {
    Set<ManifestProblem> others =
        other.problems().stream().map(ManifestProblem::withoutLine).collect(Collectors.toSet());
    return one.problems().stream()
        .filter(problem -> !others.contains(problem.withoutLine()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
