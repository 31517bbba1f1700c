package dev.onward.manifest;

import dev.onward.model.VisibleText;

/** Text from a manifest, made fit for one log line. */
final class Excerpt {
  private static final int SHOWN = 120;

  private Excerpt() {}

  static String quoted(String text) {
    return "'" + of(text) + "'";
  }

  /** Cut to a readable length, with whatever could break or forge a line written as a code. */
  static String of(String text) {
    return VisibleText.of(text, SHOWN);
  }
}
