package dev.onward.manifest.reader;

/** One manifest file as it was read, not yet understood. */
public record SourceFile(String name, Content content) {

  public sealed interface Content {
    record Text(String text) implements Content {}

    /** There is a file, but no text to be had from it. */
    record Unreadable(String found, String allowed) implements Content {}
  }
}
