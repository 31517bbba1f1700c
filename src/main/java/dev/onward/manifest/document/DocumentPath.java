package dev.onward.manifest.document;

import dev.onward.model.InvalidValueException;
import dev.onward.model.ProjectId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in a manifest, as people read it: {@code storage.environments[1].promotion.from}.
 *
 * @param project the project it lies in; empty for the whole document and under an impossible id
 */
public record DocumentPath(Optional<ProjectId> project, String text) {
  public static final DocumentPath DOCUMENT = new DocumentPath(Optional.empty(), "");

  private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_-]{1,80}");

  public DocumentPath key(String key) {
    boolean plain = PLAIN_KEY.matcher(key).matches();
    if (text.isEmpty()) {
      return new DocumentPath(projectOf(key), plain ? key : bracketed(key));
    }
    return new DocumentPath(project, text + (plain ? "." + key : bracketed(key)));
  }

  DocumentPath index(int index) {
    return new DocumentPath(project, text + "[" + index + "]");
  }

  private static String bracketed(String key) {
    return "[\"" + Excerpt.of(key) + "\"]";
  }

  private static Optional<ProjectId> projectOf(String key) {
    try {
      return Optional.of(new ProjectId(key));
    } catch (InvalidValueException e) {
      return Optional.empty();
    }
  }
}
