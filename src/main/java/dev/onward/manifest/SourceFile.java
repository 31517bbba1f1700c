package dev.onward.manifest;

/** One manifest file as it was read, not yet understood. */
record SourceFile(String name, Content content) {

  sealed interface Content {
    record Text(String text) implements Content {}

    /** There is a file, but no text to be had from it. */
    record Unreadable(String found, String allowed) implements Content {}
  }
}
