package dev.onward.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The chart, rendered as {@code helm install} would; the same values once. */
final class Chart {
  static final Path DIRECTORY = Path.of("helm", "onward");

  /** The least that an installation must say. */
  static final String LEAST =
      """
      aws: {region: eu-west-1}
      manifests: {projects: {storage: {environments: [{id: stage}]}}}
      """;

  /** Between values of which the later ones count. */
  private static final String AND = "\n---\n";

  private static final Map<String, Tool.Answer> ANSWERS = new ConcurrentHashMap<>();

  private Chart() {}

  /** The least, and these. */
  static String least(String values) {
    return and(LEAST, values);
  }

  /** As if each stood in a file of its own, the second after the first. */
  static String and(String values, String others) {
    return values + AND + others;
  }

  static ClusterObjects render(String values) {
    return render("onward", values);
  }

  static ClusterObjects render(String release, String values) {
    return render(release, values, "onward");
  }

  static ClusterObjects render(String release, String values, String namespace) {
    Tool.Answer answer = template(release, values, namespace);
    if (answer.exit() != 0) {
      throw new AssertionError(answer.text());
    }
    return ClusterObjects.of(answer.text());
  }

  /** What helm says to values that it should refuse. */
  static String refusal(String values) {
    Tool.Answer answer = template("onward", values, "onward");
    if (answer.exit() == 0) {
      throw new AssertionError("rendered:\n" + answer.text());
    }
    return answer.text();
  }

  /** What helm tells whoever has installed it. */
  static String notes(String values) {
    Tool.Answer answer =
        helm(List.of("install", "onward", "--namespace", "onward", "--dry-run=client"), values);
    if (answer.exit() != 0) {
      throw new AssertionError(answer.text());
    }
    return answer.text().substring(answer.text().indexOf("\nNOTES:\n"));
  }

  static Tool.Answer lint(String values) {
    return helm(List.of("lint", "--strict"), values);
  }

  private static Tool.Answer template(String release, String values, String namespace) {
    return ANSWERS.computeIfAbsent(
        String.join(AND, release, values, namespace),
        _ -> helm(List.of("template", release, "--namespace", namespace), values));
  }

  private static Tool.Answer helm(List<String> command, String values) {
    var arguments = new ArrayList<>(command);
    arguments.add(DIRECTORY.toString());
    var files = new ArrayList<Path>();
    try {
      for (String part : values.split(AND, -1)) {
        Path file = Files.createTempFile("onward-values", ".yaml");
        files.add(file);
        Files.writeString(file, part);
        arguments.addAll(List.of("--values", file.toString()));
      }
      Tool.Answer answer = Tool.orSkip("helm").run(arguments);
      for (Path file : files) {
        Files.delete(file);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
