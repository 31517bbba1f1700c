package dev.onward.manifest;

import dev.onward.model.ProjectId;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which projects of the manifests are managed: those that some pattern names, or any if none names
 * one, except those that a pattern with a leading {@code !} names. {@code *} stands for any
 * letters, {@code ?} for one.
 */
public final class ProjectSelection implements Predicate<ProjectId> {
  /** What the ids of projects are made of, and the two wildcards. */
  private static final Pattern ALLOWED = Pattern.compile("!?[A-Za-z0-9_.*?-]+");

  public static final String RULE =
      "ids of projects, with * for any letters and ? for one, and ! before what is left out";

  private static final String EXCEPT = "!";

  private final List<Pattern> named;
  private final List<Pattern> excepted;

  private ProjectSelection(List<Pattern> named, List<Pattern> excepted) {
    this.named = named;
    this.excepted = excepted;
  }

  /** Each pattern must be {@linkplain #isPattern one}. */
  public static ProjectSelection of(List<String> patterns) {
    return new ProjectSelection(
        patterns.stream().filter(p -> !p.startsWith(EXCEPT)).map(ProjectSelection::glob).toList(),
        patterns.stream()
            .filter(p -> p.startsWith(EXCEPT))
            .map(p -> glob(p.substring(EXCEPT.length())))
            .toList());
  }

  /** Whether that can name a project. */
  public static boolean isPattern(String text) {
    return ALLOWED.matcher(text).matches();
  }

  @Override
  public boolean test(ProjectId project) {
    return (named.isEmpty() || names(named, project)) && !names(excepted, project);
  }

  private static boolean names(List<Pattern> patterns, ProjectId project) {
    return patterns.stream().anyMatch(it -> it.matcher(project.value()).matches());
  }

  private static Pattern glob(String pattern) {
    var regex = new StringBuilder();
    pattern
        .chars()
        .forEach(
            c -> {
              switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(Character.toString(c)));
              }
            });
    return Pattern.compile(regex.toString());
  }
}
