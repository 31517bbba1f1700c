package dev.onward.manifest;

import dev.onward.manifest.document.DocumentPath;
import dev.onward.manifest.document.Excerpt;
import dev.onward.manifest.document.Format;
import dev.onward.manifest.document.ManifestProblem;
import dev.onward.manifest.document.ManifestProblem.Severity;
import dev.onward.manifest.document.ProblemCollector;
import dev.onward.manifest.reader.ManifestFile;
import dev.onward.manifest.reader.ManifestFile.NotUnderstood;
import dev.onward.manifest.reader.ManifestFile.Understood;
import dev.onward.manifest.reader.ManifestReader;
import dev.onward.model.ProjectId;
import dev.onward.plan.DesiredState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decides which projects are in force, from what lies in the directory and what was in force
 * before. For each project, the first that applies:
 *
 * <ol>
 *   <li>one file names it, and it is valid: it is in force as that file says;
 *   <li>one file names it with errors, or several name it: its last good version stays, if any;
 *   <li>none names it, but the file that last did says nothing of any project (unreadable, broken,
 *       empty): its last good version stays;
 *   <li>none names it: it is removed.
 * </ol>
 *
 * Pure: the same arguments give the same result.
 */
public final class ManifestReload {
  private final Manifests previous;
  private final SortedMap<ProjectId, DesiredState> projects = new TreeMap<>();
  private final SortedMap<ProjectId, String> files = new TreeMap<>();
  private final SortedSet<ProjectId> stale = new TreeSet<>();
  private final List<ManifestProblem> problems = new ArrayList<>();
  private int inSeveralFiles;

  private ManifestReload(Manifests previous) {
    this.previous = previous;
  }

  public static Manifests apply(DirectoryContents contents, Manifests previous) {
    var reload = new ManifestReload(previous);
    switch (contents) {
      case DirectoryContents.Unreadable unreadable -> reload.keepAll(unreadable);
      case DirectoryContents.Listed listed -> reload.take(listed);
    }
    return reload.result();
  }

  private void keepAll(DirectoryContents.Unreadable directory) {
    problems.add(
        ofFile(
            Severity.ERROR,
            directory.directory(),
            directory.found(),
            "a directory of manifests that Onward can read"));
    previous.projects().keySet().forEach(id -> keep(id, fileOf(id)));
  }

  private void take(DirectoryContents.Listed directory) {
    List<ManifestFile> read = directory.files().stream().map(ManifestReader::read).toList();
    if (read.isEmpty()) {
      problems.add(
          ofFile(
              Severity.WARNING,
              directory.directory(),
              "no manifest",
              "*.json, *.yaml, *.yml and " + Format.ORIGINAL_NAME));
    }
    read.forEach(file -> problems.addAll(file.problems()));

    var naming = new HashMap<ProjectId, List<Understood>>();
    var silent = new HashSet<String>();
    var ids = new TreeSet<>(previous.projects().keySet());
    for (ManifestFile file : read) {
      switch (file) {
        case Understood it -> {
          it.named().forEach(id -> naming.computeIfAbsent(id, _ -> new ArrayList<>()).add(it));
        }
        case NotUnderstood it -> silent.add(it.name());
      }
    }
    ids.addAll(naming.keySet());
    ids.forEach(id -> decide(id, naming.getOrDefault(id, List.of()), silent));
    if (inSeveralFiles > ProblemCollector.LISTED) {
      problems.add(
          ofFile(
              Severity.WARNING,
              directory.directory(),
              String.format(
                  Locale.ROOT,
                  "%,d more projects that are in several files",
                  inSeveralFiles - ProblemCollector.LISTED),
              "each project in one file"));
    }
  }

  private void decide(ProjectId id, List<Understood> naming, Set<String> silent) {
    if (naming.size() == 1) {
      Understood file = naming.getFirst();
      Optional.ofNullable(file.valid().get(id))
          .ifPresentOrElse(desired -> put(id, desired, file.name()), () -> keep(id, file.name()));
    } else if (naming.size() > 1) {
      List<String> names = naming.stream().map(Understood::name).toList();
      if (inSeveralFiles++ < ProblemCollector.LISTED) {
        problems.add(inSeveralFiles(id, names));
      }
      keep(id, names.contains(fileOf(id)) ? fileOf(id) : names.getFirst());
    } else if (silent.contains(fileOf(id))) {
      keep(id, fileOf(id));
    }
  }

  private void put(ProjectId id, DesiredState desired, String file) {
    projects.put(id, desired);
    files.put(id, file);
  }

  private void keep(ProjectId id, String file) {
    DesiredState lastGood = previous.projects().get(id);
    if (lastGood != null) {
      put(id, lastGood, file);
      stale.add(id);
    }
  }

  /** Empty for a project that was not in force. */
  private String fileOf(ProjectId id) {
    return Objects.requireNonNullElse(previous.files().get(id), "");
  }

  private Manifests result() {
    problems.sort(
        Comparator.comparing(ManifestProblem::file).thenComparingInt(ManifestProblem::place));
    return new Manifests(projects, files, stale, problems);
  }

  private static ManifestProblem inSeveralFiles(ProjectId id, List<String> files) {
    return new ManifestProblem(
        Severity.ERROR,
        files.getLast(),
        DocumentPath.DOCUMENT.key(id.value()).text(),
        OptionalInt.empty(),
        Optional.of(id),
        "a project that is in several files: " + Excerpt.of(String.join(", ", files)),
        "each project in one file");
  }

  private static ManifestProblem ofFile(
      Severity severity, String file, String found, String allowed) {
    return new ManifestProblem(
        severity, file, "", OptionalInt.empty(), Optional.empty(), found, allowed);
  }
}
