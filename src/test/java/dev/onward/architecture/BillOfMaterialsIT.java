package dev.onward.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The artifact's list of its own parts, in CycloneDX's form. */
class BillOfMaterialsIT {
  private static final Path ARTIFACT = Path.of(System.getProperty("artifact.under.test", ""));

  /** Of Quarkus's core, for development tools: Quarkus does not put it into an artifact. */
  private static final String LEFT_OUT = "io.quarkus.quarkus-ide-launcher-";

  @Test
  void exactlyTheJarsThatShipAreListedEachWithItsChecksum() throws IOException {
    Map<String, String> listed =
        components()
            .collect(Collectors.toMap(BillOfMaterialsIT::name, BillOfMaterialsIT::checksum));
    listed.keySet().removeIf(name -> name.startsWith(LEFT_OUT));
    assertThat(listed).isNotEmpty().containsExactlyInAnyOrderEntriesOf(shipped());
  }

  private static Stream<JsonNode> components() throws IOException {
    return new ObjectMapper()
        .readTree(ARTIFACT.resolve("onward.cdx.json").toFile())
        .at("/components")
        .valueStream();
  }

  /** As Quarkus names the file. */
  private static String name(JsonNode component) {
    return "%s.%s-%s.jar"
        .formatted(
            component.at("/group").asText(),
            component.at("/name").asText(),
            component.at("/version").asText());
  }

  private static String checksum(JsonNode component) {
    return component
        .at("/hashes")
        .valueStream()
        .filter(hash -> hash.at("/alg").asText().equals("SHA-256"))
        .map(hash -> hash.at("/content").asText())
        .findFirst()
        .orElse("none");
  }

  private static Map<String, String> shipped() throws IOException {
    try (Stream<Path> files = Files.walk(ARTIFACT.resolve("lib"))) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .collect(
              Collectors.toMap(file -> file.getFileName().toString(), BillOfMaterialsIT::checksum));
    }
  }

  private static String checksum(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
