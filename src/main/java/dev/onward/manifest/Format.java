package dev.onward.manifest;

import java.util.Locale;
import java.util.Optional;

/** How a manifest is written, told by its file's name. */
enum Format {
  JSON,
  YAML;

  /** The original name of a project manifest. */
  static final String ORIGINAL_NAME = ".wellcome_project";

  /** Empty for what is no manifest: hidden files, ConfigMaps' {@code ..data}, other extensions. */
  static Optional<Format> ofFile(String name) {
    if (name.equals(ORIGINAL_NAME)) {
      return Optional.of(JSON);
    }
    if (name.startsWith(".")) {
      return Optional.empty();
    }
    return switch (name.substring(Math.max(0, name.lastIndexOf('.'))).toLowerCase(Locale.ROOT)) {
      case ".json" -> Optional.of(JSON);
      case ".yaml", ".yml" -> Optional.of(YAML);
      default -> Optional.empty();
    };
  }
}
