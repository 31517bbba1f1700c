package dev.onward.manifest.reader;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.onward.manifest.document.ManifestProblem;
import dev.onward.manifest.reader.ManifestFile.Understood;
import dev.onward.model.ProjectId;
import dev.onward.plan.DesiredState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Manifests for tests, and short ways to read them. */
public final class ManifestTexts {
  static final String STORAGE = "storage.yaml";

  private ManifestTexts() {}

  /** The text of a file in {@code src/test/resources/manifests}. */
  public static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(ManifestTexts.class.getResourceAsStream("/manifests/" + name))) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static SourceFile file(String name, String text) {
    return new SourceFile(name, new SourceFile.Content.Text(text));
  }

  public static ManifestFile read(String name, String text) {
    return ManifestReader.read(file(name, text));
  }

  public static DesiredState readOnly(String id, String name, String text) {
    return Optional.of(read(name, text))
        .map(file -> file instanceof Understood understood ? understood.valid() : null)
        .map(projects -> projects.get(new ProjectId(id)))
        .orElseThrow(() -> new AssertionError(messages(name, text)));
  }

  /** What people are told about a file. */
  public static List<String> messages(String name, String text) {
    return read(name, text).problems().stream().map(ManifestProblem::toString).toList();
  }
}
