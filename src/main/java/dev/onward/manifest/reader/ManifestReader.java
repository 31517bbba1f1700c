package dev.onward.manifest.reader;

import dev.onward.manifest.document.DocumentPath;
import dev.onward.manifest.document.DocumentReader;
import dev.onward.manifest.document.Excerpt;
import dev.onward.manifest.document.ManifestProblem.Severity;
import dev.onward.manifest.document.Node;
import dev.onward.manifest.document.ProblemCollector;
import dev.onward.manifest.document.Section;
import dev.onward.manifest.document.Value;
import dev.onward.model.InvalidValueException;
import dev.onward.model.ProjectId;
import dev.onward.plan.DesiredState;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads one manifest file: a map of projects, keyed by project id. */
public final class ManifestReader {
  /** What one file holds at most: what comes of it is reconciled, shown and logged one by one. */
  static final int MAX_PROJECTS = 10_000;

  /** With which editors find the manifest's schema; no project id, and ignored. */
  private static final String SCHEMA = "$schema";

  private static final String ALLOWED = "a map of projects, by project id";

  private ManifestReader() {}

  public static ManifestFile read(SourceFile file) {
    var findings = new ProblemCollector(file.name());
    return document(file, findings)
        .flatMap(node -> new Value(node, DocumentPath.DOCUMENT, findings).section(ALLOWED))
        .filter(ManifestReader::isMapOfProjects)
        .<ManifestFile>map(projects -> understood(file, projects, findings))
        .orElseGet(() -> new ManifestFile.NotUnderstood(file.name(), findings.problems()));
  }

  private static Optional<Node> document(SourceFile file, ProblemCollector findings) {
    return switch (file.content()) {
      case SourceFile.Content.Text(String text) -> new DocumentReader(findings).read(text);
      case SourceFile.Content.Unreadable(String found, String allowed) -> {
        findings.ofFile(Severity.ERROR, found, allowed);
        yield Optional.empty();
      }
    };
  }

  /** As far as it can be told at a glance; reported if it is none. */
  private static boolean isMapOfProjects(Section projects) {
    if (projects.size() > MAX_PROJECTS) {
      projects.error(
          String.format(Locale.ROOT, "%,d projects", projects.size()),
          String.format(Locale.ROOT, "at most %,d projects a file", MAX_PROJECTS));
      return false;
    }
    if (projects.at("environments").filter(Value::isList).isEmpty()) {
      return true;
    }
    // The older tool's `initialise` wrote such files.
    String id = projects.at("id").flatMap(Value::plainText).orElse("storage");
    projects.error(
        "the content of a project (environments, …) without the project's id around it",
        "%s, such as %s: {environments: [{id: stage}]}".formatted(ALLOWED, Excerpt.of(id)));
    return false;
  }

  private static ManifestFile understood(
      SourceFile file, Section projects, ProblemCollector findings) {
    var valid = new TreeMap<ProjectId, DesiredState>();
    var invalid = new TreeSet<ProjectId>();
    Map<String, Value> all = projects.all();
    all.remove(SCHEMA);
    all.forEach(
        (key, value) ->
            id(key, value)
                .ifPresent(
                    id ->
                        new ProjectReader(id, findings)
                            .read(value)
                            .ifPresentOrElse(
                                project -> valid.put(id, project), () -> invalid.add(id))));
    if (all.isEmpty()) {
      findings.ofFile(Severity.WARNING, "no project", ALLOWED);
    }
    return new ManifestFile.Understood(file.name(), valid, invalid, findings.problems());
  }

  private static Optional<ProjectId> id(String key, Value value) {
    try {
      return Optional.of(new ProjectId(key));
    } catch (InvalidValueException e) {
      value.error("the project id " + Excerpt.quoted(key), e.allowed());
      return Optional.empty();
    }
  }
}
