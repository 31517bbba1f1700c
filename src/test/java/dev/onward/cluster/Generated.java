package dev.onward.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of the repository that is made of others, and written anew on request. */
record Generated(Path file) {
  private static final String REWRITE = "rewrite";

  /** Fails while the file is another than this, or writes it where somebody asked for that. */
  void is(String text) throws IOException {
    if (Boolean.getBoolean(REWRITE)) {
      Files.writeString(file, text);
    }
    assertThat(Files.readString(file, UTF_8))
        .as(
            "%s is no longer what it is made of. This makes it anew: ./mvnw test-compile surefire:test"
                + " -Dtest=GeneratedFilesTest -D%s=true",
            file, REWRITE)
        .isEqualTo(text);
  }
}
