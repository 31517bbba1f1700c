package dev.onward.query;

import dev.onward.model.EnvironmentId;
import dev.onward.model.InvalidValueException;
import dev.onward.model.Label;
import dev.onward.model.Source;
import dev.onward.model.release.ReleaseId;
import dev.onward.plan.ObservedState;
import dev.onward.status.ProjectStatus;
import dev.onward.status.ProjectStatus.Seen;
import java.util.Optional;

/**
 * Parses the sides of a comparison: {@code environment:prod}, {@code label:latest}, {@code
 * release:33378e23}; or a bare name, tried as an environment, then a label, then a release.
 */
public sealed interface ComparisonSideParser {
  /** The accepted forms, for error messages. */
  String ALLOWED = "environment:<id>, label:<name>, release:<id>, or one of these names alone";

  /** A label or environment whose parameters the last cycle observed. */
  record Place(Source where) implements ComparisonSideParser {}

  /** A release, by its id or a prefix of it. */
  record OfRelease(ReleaseId id) implements ComparisonSideParser {}

  /**
   * Resolves a text within a project.
   *
   * @return empty if it names an environment or a label that the project does not have
   */
  static Optional<ComparisonSideParser> parse(String parameter, String text, ProjectStatus status) {
    int colon = text.indexOf(':');
    if (colon < 0 && !text.isBlank()) {
      return bare(text, status);
    }
    String name = text.substring(colon + 1);
    return switch (text.substring(0, Math.max(0, colon))) {
      case "environment" -> environment(new EnvironmentId(name), status);
      case "label" -> label(new Label(name), status);
      case "release" -> Optional.of(new OfRelease(new ReleaseId(name)));
      default -> throw new InvalidValueException(parameter, text, ALLOWED);
    };
  }

  /** Not every release id is a valid label. */
  private static Optional<ComparisonSideParser> bare(String text, ProjectStatus status) {
    Optional<ComparisonSideParser> place = Optional.empty();
    try {
      place = environment(new EnvironmentId(text), status).or(() -> label(new Label(text), status));
    } catch (InvalidValueException e) {
      // Otherwise a release.
    }
    return place.or(() -> Optional.of(new OfRelease(new ReleaseId(text))));
  }

  private static Optional<ComparisonSideParser> environment(
      EnvironmentId id, ProjectStatus status) {
    return status.desired().environment(id).map(it -> new Place(id));
  }

  private static Optional<ComparisonSideParser> label(Label label, ProjectStatus status) {
    boolean known =
        status.desired().watchedLabels().contains(label)
            || status.seen().map(Seen::observed).filter(seen -> has(seen, label)).isPresent();
    return known ? Optional.of(new Place(label)) : Optional.empty();
  }

  private static boolean has(ObservedState seen, Label label) {
    return seen.labels().containsKey(label) || seen.otherLabels().containsKey(label);
  }
}
