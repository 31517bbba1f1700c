package dev.onward.manifest;

import dev.onward.manifest.document.ManifestProblem;
import dev.onward.manifest.reader.SourceFile;
import dev.onward.model.ProjectId;
import dev.onward.plan.DesiredState;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the manifest directory asks for. */
public final class Manifests {
  /** Before anything was read. */
  public static final Manifests NONE =
      new Manifests(
          Collections.emptySortedMap(),
          Collections.emptySortedMap(),
          Collections.emptySortedSet(),
          List.of());

  private final SortedMap<ProjectId, DesiredState> projects;
  private final SortedMap<ProjectId, String> files;
  private final SortedSet<ProjectId> stale;
  private final List<ManifestProblem> problems;

  /** Every project asks for its own: none of them looks through all. */
  private final Map<ProjectId, List<ManifestProblem>> byProject;

  private final Map<String, List<ManifestProblem>> ofWholeFiles;

  /**
   * What is in force, and what is wrong.
   *
   * @param projects the projects in force
   * @param files for each of them, the file that last named it
   * @param stale those whose manifest on disk cannot be used: an older, good version is in force
   * @param problems every problem of every file, by file and line
   */
  public Manifests(
      SortedMap<ProjectId, DesiredState> projects,
      SortedMap<ProjectId, String> files,
      SortedSet<ProjectId> stale,
      List<ManifestProblem> problems) {
    this.projects = Collections.unmodifiableSortedMap(new TreeMap<>(projects));
    this.files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    this.stale = Collections.unmodifiableSortedSet(new TreeSet<>(stale));
    this.problems = List.copyOf(problems);
    if (!files.keySet().equals(projects.keySet()) || !projects.keySet().containsAll(stale)) {
      throw new IllegalArgumentException(
          "projects %s, files %s, stale %s".formatted(projects.keySet(), files, stale));
    }
    this.byProject =
        this.problems.stream()
            .filter(problem -> problem.project().isPresent())
            .collect(Collectors.groupingBy(problem -> problem.project().get()));
    this.ofWholeFiles =
        this.problems.stream()
            .filter(problem -> problem.project().isEmpty() && problem.path().isEmpty())
            .collect(Collectors.groupingBy(ManifestProblem::file));
  }

  /** The projects in force. */
  public SortedMap<ProjectId, DesiredState> projects() {
    return projects;
  }

  /** For each project in force, the file that last named it. */
  public SortedMap<ProjectId, String> files() {
    return files;
  }

  /** Those whose manifest on disk cannot be used: an older, good version is in force. */
  public SortedSet<ProjectId> stale() {
    return stale;
  }

  /** Every problem of every file, by file and line. */
  public List<ManifestProblem> problems() {
    return problems;
  }

  /**
   * Of one text that is in no file, such as one that somebody wants to try.
   *
   * @param name for people
   */
  public static Manifests ofText(String name, String text) {
    var file = new SourceFile(name, new SourceFile.Content.Text(text));
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

  /** The problems that concern a project, by line: its own, and those of its file as a whole. */
  public List<ManifestProblem> problemsOf(ProjectId project) {
    return Stream.concat(
            ofWholeFiles.getOrDefault(files.getOrDefault(project, ""), List.of()).stream(),
            byProject.getOrDefault(project, List.of()).stream())
        .sorted(
            Comparator.comparing(ManifestProblem::file).thenComparingInt(ManifestProblem::place))
        .toList();
  }
}
