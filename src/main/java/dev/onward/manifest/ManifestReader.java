package dev.onward.manifest;

import dev.onward.manifest.ManifestProblem.Severity;
import dev.onward.model.InvalidValueException;
import dev.onward.model.ProjectId;
import dev.onward.plan.DesiredState;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads one manifest file: a map of projects, keyed by project id. */
final class ManifestReader {
  private static final String ALLOWED = "a map of projects, by project id";

  private ManifestReader() {}

  static ManifestFile read(SourceFile file) {
    var findings = new Findings(file.name());
    return document(file, findings)
        .flatMap(node -> new Value(node, DocumentPath.DOCUMENT, findings).section(ALLOWED))
        .<ManifestFile>map(projects -> understood(file, projects, findings))
        .orElseGet(() -> new ManifestFile.NotUnderstood(file.name(), findings.problems()));
  }

  private static Optional<Node> document(SourceFile file, Findings findings) {
    return switch (file.content()) {
      case SourceFile.Content.Text(String text) ->
          new DocumentReader(file.format(), findings).read(text);
      case SourceFile.Content.Unreadable(String found, String allowed) -> {
        findings.ofFile(Severity.ERROR, found, allowed);
        yield Optional.empty();
      }
    };
  }

  private static ManifestFile understood(SourceFile file, Section projects, Findings findings) {
    var valid = new TreeMap<ProjectId, DesiredState>();
    var invalid = new TreeSet<ProjectId>();
    projects
        .all()
        .forEach(
            (key, value) ->
                id(key, value)
                    .ifPresent(
                        id ->
                            new ProjectReader(id, findings)
                                .read(value)
                                .ifPresentOrElse(
                                    project -> valid.put(id, project), () -> invalid.add(id))));
    if (projects.all().isEmpty()) {
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
