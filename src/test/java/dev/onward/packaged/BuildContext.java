package dev.onward.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/** What .dockerignore lets through to the build of an image. The last rule that fits decides. */
record BuildContext(Path directory, List<Rule> rules) {
  BuildContext {
    rules = List.copyOf(rules);
  }

  static BuildContext ours() {
    try (Stream<String> lines = Files.lines(Path.of(".dockerignore"))) {
      return new BuildContext(
          Path.of(""),
          lines
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .map(Rule::parse)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean letsThrough(Path file) {
    return rules.stream()
        .filter(rule -> rule.fits(file))
        .reduce((earlier, later) -> later)
        .map(Rule::letsThrough)
        .orElse(true);
  }

  /** The files at and below a path that are let through. */
  List<Path> files(Path place) {
    try (Stream<Path> found = Files.walk(directory.resolve(place))) {
      return found.filter(Files::isRegularFile).filter(this::letsThrough).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A rule fits a path if it fits the path or a directory above it. */
  record Rule(boolean letsThrough, PathMatcher pattern) {
    static Rule parse(String line) {
      boolean letsThrough = line.startsWith("!");
      String pattern = line.substring(letsThrough ? 1 : 0).replaceAll("/$", "");
      return new Rule(letsThrough, FileSystems.getDefault().getPathMatcher("glob:" + pattern));
    }

    boolean fits(Path file) {
      return Stream.<Path>iterate(file, path -> path != null, Path::getParent)
          .anyMatch(pattern::matches);
    }
  }
}
