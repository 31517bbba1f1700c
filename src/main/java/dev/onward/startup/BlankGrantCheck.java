package dev.onward.startup;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * Settings of grants that are there and empty, as when a deployment fills them from a variable that
 * is not set. To everybody else they look as if they were not there; and a grant without projects
 * holds in all.
 */
public final class BlankGrantCheck {
  private static final String GRANTS = "onward.access.grants.";

  private BlankGrantCheck() {}

  /**
   * Each names the property, what was found and what is allowed.
   *
   * @param names of all settings, as properties or environment variables
   * @param value of each
   */
  public static List<String> problems(
      Iterable<String> names, Function<String, Optional<String>> value) {
    return StreamSupport.stream(names.spliterator(), false)
        .filter(BlankGrantCheck::isOfGrant)
        .filter(name -> value.apply(name).orElse("").isBlank())
        .map(name -> name + ": found an empty text; allowed: a value, or to leave the setting out")
        .sorted()
        .toList();
  }

  private static boolean isOfGrant(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '.').startsWith(GRANTS);
  }
}
