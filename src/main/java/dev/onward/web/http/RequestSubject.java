package dev.onward.web.http;

import dev.onward.model.InvalidValueException;
import dev.onward.model.ProjectId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a path is about, whether there is such a thing or not.
 *
 * @param path cut to a length fit for people
 * @param project absent if it is about none that could be one
 * @param subject cut likewise: an environment, a release, a label, a project, or everything
 */
public record RequestSubject(String path, Optional<ProjectId> project, String subject) {
  public static final String EVERYTHING = "everything";

  private static final int SHOWN = 200;

  private static final Pattern PATH =
      Pattern.compile(
          "(?:/api/v1)?(?:/projects/(?<project>[^/]+))?"
              + "(?:/(?:environments|releases|labels)/(?<subject>[^/]+))?(?:/.*)?");

  static RequestSubject of(String path) {
    String shown = cut(path);
    Matcher matcher = PATH.matcher(shown);
    Optional<String> project =
        matcher.matches() ? Optional.ofNullable(matcher.group("project")) : Optional.empty();
    Optional<String> subject =
        matcher.matches() ? Optional.ofNullable(matcher.group("subject")) : Optional.empty();
    return new RequestSubject(
        shown,
        project.flatMap(RequestSubject::project),
        subject.or(() -> project).orElse(EVERYTHING));
  }

  /** The path does not name all of it: a form has some in its fields. */
  RequestSubject about(String known) {
    return new RequestSubject(path, project, cut(known));
  }

  private static String cut(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  private static Optional<ProjectId> project(String text) {
    try {
      return Optional.of(new ProjectId(text));
    } catch (InvalidValueException e) {
      return Optional.empty();
    }
  }
}
