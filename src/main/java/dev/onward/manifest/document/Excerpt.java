package dev.onward.manifest.document;

import dev.onward.model.PrintableText;

/** Text from a manifest, made fit for one log line. */
public final class Excerpt {
  private static final int SHOWN = 120;

  private Excerpt() {}

  public static String quoted(String text) {
    return "'" + of(text) + "'";
  }

  /** Cut to a readable length, with whatever could break or forge a line written as a code. */
  public static String of(String text) {
    return PrintableText.of(text, SHOWN);
  }
}
