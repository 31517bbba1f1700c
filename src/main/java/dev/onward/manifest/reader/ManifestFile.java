package dev.onward.manifest.reader;

import dev.onward.manifest.document.ManifestProblem;
import dev.onward.model.ProjectId;
import dev.onward.plan.DesiredState;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What one file asks for. */
public sealed interface ManifestFile {
  String name();

  /** By line. */
  List<ManifestProblem> problems();

  /**
   * A map of projects: one that it does not name is meant to be gone.
   *
   * @param valid the projects that can be put in force
   * @param invalid those with errors
   */
  record Understood(
      String name,
      SortedMap<ProjectId, DesiredState> valid,
      SortedSet<ProjectId> invalid,
      List<ManifestProblem> problems)
      implements ManifestFile {
    public Understood {
      valid = Collections.unmodifiableSortedMap(new TreeMap<>(valid));
      invalid = Collections.unmodifiableSortedSet(new TreeSet<>(invalid));
      problems = List.copyOf(problems);
    }

    public SortedSet<ProjectId> named() {
      var named = new TreeSet<>(valid.keySet());
      named.addAll(invalid);
      return named;
    }
  }

  /** Unreadable, empty or no map of projects: says nothing of any project. */
  record NotUnderstood(String name, List<ManifestProblem> problems) implements ManifestFile {
    public NotUnderstood {
      problems = List.copyOf(problems);
    }
  }
}
