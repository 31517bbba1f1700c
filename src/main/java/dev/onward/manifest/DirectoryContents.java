package dev.onward.manifest;

import dev.onward.manifest.reader.SourceFile;
import java.util.List;

/** What lies in the manifest directory at one moment. Equal contents ask for the same projects. */
public sealed interface DirectoryContents {
  /** The directory's name, for people. */
  String directory();

  /** All of them, by name. */
  record Listed(String directory, List<SourceFile> files) implements DirectoryContents {
    public Listed {
      files = List.copyOf(files);
    }
  }

  /** It is not there, no directory, or not for us to read: nothing is known of what it asks for. */
  record Unreadable(String directory, String found) implements DirectoryContents {}
}
