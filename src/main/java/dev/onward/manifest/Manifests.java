package dev.onward.manifest;

import dev.onward.model.ProjectId;
import dev.onward.plan.DesiredState;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What the manifest directory asks for.
 *
 * @param projects the projects in force
 * @param files for each of them, the file that last named it
 * @param stale those whose manifest on disk cannot be used: an older, good version is in force
 * @param problems every problem of every file, by file and line
 */
public record Manifests(
    SortedMap<ProjectId, DesiredState> projects,
    SortedMap<ProjectId, String> files,
    SortedSet<ProjectId> stale,
    List<ManifestProblem> problems) {

  /** Before anything was read. */
  public static final Manifests NONE =
      new Manifests(
          Collections.emptySortedMap(),
          Collections.emptySortedMap(),
          Collections.emptySortedSet(),
          List.of());

  public Manifests {
    projects = Collections.unmodifiableSortedMap(new TreeMap<>(projects));
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    stale = Collections.unmodifiableSortedSet(new TreeSet<>(stale));
    problems = List.copyOf(problems);
    if (!files.keySet().equals(projects.keySet()) || !projects.keySet().containsAll(stale)) {
      throw new IllegalArgumentException(
          "projects %s, files %s, stale %s".formatted(projects.keySet(), files, stale));
    }
  }

  /**
   * Of one text that is in no file, such as one that somebody wants to try.
   *
   * @param name for people; {@code .json} at its end makes it JSON, anything else is read as YAML
   */
  public static Manifests ofText(String name, String text) {
    var file =
        new SourceFile(
            name, Format.ofFile(name).orElse(Format.YAML), new SourceFile.Content.Text(text));
    return ManifestReload.apply(new DirectoryContents.Listed(name, List.of(file)), NONE);
  }

  /**
   * As if there were only these projects.
   *
   * @param files whether what is wrong with whole files, of whichever projects, is kept
   */
  public Manifests only(Predicate<ProjectId> visible, boolean files) {
    Manifests some = of(visible);
    return new Manifests(
        some.projects,
        some.files,
        some.stale,
        problems.stream()
            .filter(problem -> problem.project().map(visible::test).orElse(files))
            .toList());
  }

  /** These projects alone, and all that is wrong with any. */
  Manifests of(Predicate<ProjectId> selected) {
    var kept = new TreeMap<>(projects);
    kept.keySet().removeIf(selected.negate());
    var keptFiles = new TreeMap<>(this.files);
    keptFiles.keySet().retainAll(kept.keySet());
    var keptStale = new TreeSet<>(stale);
    keptStale.retainAll(kept.keySet());
    return new Manifests(kept, keptFiles, keptStale, problems);
  }

  /** Whether everything on disk could be used. */
  public boolean valid() {
    return problems.stream().noneMatch(ManifestProblem::isError);
  }

  /** The problems that concern a project: its own, and those of its file as a whole. */
  public List<ManifestProblem> problemsOf(ProjectId project) {
    return problems.stream()
        .filter(
            problem ->
                problem.project().isPresent()
                    ? problem.project().get().equals(project)
                    : problem.path().isEmpty() && problem.file().equals(files.get(project)))
        .toList();
  }
}
