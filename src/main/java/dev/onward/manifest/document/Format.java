package dev.onward.manifest.document;

import java.util.Locale;

/**
 * How a manifest is written. Its content tells, whatever the file is called: JSON is YAML, but the
 * YAML parser refuses some of it (tabs between tokens, {@code \/}), so that what is JSON is read as
 * JSON, and all else as YAML.
 */
public enum Format {
  JSON,
  YAML;

  /** The original name of a project manifest. */
  public static final String ORIGINAL_NAME = ".wellcome_project";

  /** Not for hidden files, ConfigMaps' {@code ..data}, other extensions. */
  public static boolean isManifest(String name) {
    if (name.startsWith(".")) {
      return name.equals(ORIGINAL_NAME);
    }
    String extension = name.substring(Math.max(0, name.lastIndexOf('.'))).toLowerCase(Locale.ROOT);
    return switch (extension) {
      case ".json", ".yaml", ".yml" -> true;
      default -> false;
    };
  }
}
