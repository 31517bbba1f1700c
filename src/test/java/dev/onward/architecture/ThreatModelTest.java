package dev.onward.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every proof that the threat model names is there. */
class ThreatModelTest {
  private static final Pattern PROOF = Pattern.compile("`(\\w+)#(\\w+)`");

  @Test
  void everyProofIsATest() throws IOException {
    List<MatchResult> proofs =
        PROOF.matcher(Files.readString(Path.of("docs", "threat-model.md"))).results().toList();
    assertThat(proofs).hasSizeGreaterThan(20);
    for (MatchResult proof : proofs) {
      assertThat(source(proof.group(1)))
          .as(proof.group())
          .contains("  void " + proof.group(2) + "(");
    }
  }

  private static String source(String test) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
      Path file =
          files
              .filter(path -> path.endsWith(test + ".java"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("there is no test " + test));
      return Files.readString(file);
    }
  }
}
