package dev.onward.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.packaged.Dockerfile.Instruction;
import dev.onward.packaged.Dockerfile.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

class DockerfileTest {
  private final Dockerfile file = Dockerfile.ours();
  private final BuildContext context = BuildContext.ours();

  @Test
  void theBaseIsPinnedToAPatchOfJava25() {
    assertThat(file.named("ARG").map(Instruction::arguments))
        .anyMatch(argument -> argument.matches("BASE=\\S+:25\\.\\d+\\.\\d+_\\d+-jre-\\w+"));
    assertThat(file.the("FROM").arguments()).isEqualTo("${BASE}");
  }

  @Test
  void whatRunsIsANumberedUserWithoutRights() {
    assertThat(file.the("USER").arguments()).isEqualTo("10001:10001");
    assertThat(file.instructions().indexOf(file.the("USER")))
        .as("nothing is put into the image by that user, so nothing is theirs to change")
        .isGreaterThan(
            file.instructions().lastIndexOf(file.named("RUN").reduce((a, b) -> b).orElseThrow()));
  }

  @Test
  void noShellIsNeeded() {
    assertThat(
            file.instructions().stream()
                .filter(it -> it.name().matches("RUN|CMD|ENTRYPOINT|SHELL|HEALTHCHECK")))
        .allMatch(it -> it.exec().isPresent());
    assertThat(file.the("ENTRYPOINT").exec().orElseThrow()).containsExactly("java", "@onward.args");
  }

  @Test
  void thePortsAreThoseThatOnwardListensOn() {
    // Quarkus's own defaults, which the application's properties leave as they are.
    assertThat(file.the("EXPOSE").arguments()).isEqualTo("8080 9000");
  }

  @Test
  void theImageSaysWhatItIs() {
    assertThat(file.named("LABEL").map(Instruction::arguments))
        .singleElement()
        .asString()
        .contains("image.title=", "image.description=", "image.licenses=\"Apache-2.0\"")
        .contains("image.version=", "image.revision=", "image.created=");
  }

  @Test
  void theImagesVersionIsTheProjectsUnlessSomebodySaysAnother() throws Exception {
    assertThat(file.named("ARG").map(Instruction::arguments))
        .contains("VERSION=" + projectVersion());
  }

  @Test
  void everyLabelThatChangesIsToldToTheBuildOfTheClusterGuide() throws IOException {
    Pattern variable = Pattern.compile("\\$\\{(\\w+)}");
    List<String> arguments =
        variable
            .matcher(file.the("LABEL").arguments())
            .results()
            .map(found -> found.group(1))
            .toList();
    String guide = Files.readString(Path.of("docs", "cluster.md"));

    assertThat(arguments).hasSize(3);
    assertThat(file.named("ARG").map(argument -> argument.arguments().replaceFirst("=.*", "")))
        .containsAll(arguments);
    assertThat(arguments).allSatisfy(it -> assertThat(guide).contains("--build-arg " + it + "="));
  }

  /** What is not released yet is called after what it will be. */
  @Test
  void chartOverlaysAndClusterGuideTakeTheSameVersion() throws Exception {
    String version = projectVersion().replace("-SNAPSHOT", "");

    assertThat(Files.readString(Path.of("helm", "onward", "Chart.yaml")))
        .contains("appVersion: \"%s\"\n".formatted(version));
    for (String overlay : List.of("single", "production")) {
      assertThat(Files.readString(Path.of("k8s", "overlays", overlay, "kustomization.yaml")))
          .contains("newTag: %s\n".formatted(version));
    }
    assertThat(Files.readString(Path.of("docs", "cluster.md")))
        .contains("--build-arg VERSION=%s ".formatted(version))
        .contains("/onward:%s .\n".formatted(version));
  }

  private static String projectVersion() throws Exception {
    return XPathFactory.newInstance()
        .newXPath()
        .evaluate(
            "/*[local-name()='project']/*[local-name()='version']",
            new InputSource(Path.of("pom.xml").toUri().toString()));
  }

  @Test
  void theHeapFollowsTheContainersLimit() throws IOException {
    // With MaxRAM the JVM reckons from that and never asks what the container may have.
    assertThat(Files.readAllLines(Path.of("src", "main", "launch", "jvm.options")))
        .noneMatch(line -> line.startsWith("-XX:MaxRAM=") || line.startsWith("-Xmx"))
        .anyMatch(line -> line.startsWith("-XX:MaxRAMPercentage="));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LICENSE",
        "target/quarkus-app/onward.args",
        "target/quarkus-app/lib/main/any.jar",
        "target/training/any.jar",
        "target/test-classes/dev/onward/local/LocalAws.class",
        "target/test-classes/dev/onward/packaged/StartCache.class"
      })
  void dockerignoreLetsThroughWhatTheDockerfileTakes(String path) {
    assertThat(context.letsThrough(Path.of(path))).isTrue();
    assertThat(taken()).anyMatch(source -> Path.of(path).startsWith(source));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".git/config",
        ".env",
        "README.md",
        "pom.xml",
        "src/main/java/dev/onward/OnwardConfig.java",
        "target/onward-1.0.0-SNAPSHOT.jar",
        "target/quarkus-app/onward.aot",
        "target/quarkus-app-else/file",
        "target/classes/dev/onward/OnwardConfig.class",
        "target/test-classes/dev/onward/web/http/ApiIT.class",
        "target-local/quarkus-app/onward.args"
      })
  void dockerignoreKeepsOutEverythingElse(String path) {
    assertThat(context.letsThrough(Path.of(path))).isFalse();
  }

  private Stream<String> taken() {
    return Stream.concat(
        file.named("COPY").flatMap(copy -> copy.words().stream().limit(copy.words().size() - 1L)),
        file.named("RUN")
            .flatMap(run -> run.mounts().stream())
            .map(Mount::source)
            .flatMap(Optional::stream));
  }
}
