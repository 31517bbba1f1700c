package dev.onward.manifest.reader;

import static dev.onward.manifest.reader.ManifestTexts.STORAGE;
import static dev.onward.manifest.reader.ManifestTexts.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.manifest.DirectoryContents;
import dev.onward.manifest.ManifestReload;
import dev.onward.manifest.Manifests;
import dev.onward.manifest.document.ManifestProblem;
import dev.onward.manifest.reader.ManifestFile.Understood;
import dev.onward.model.EnvironmentId;
import dev.onward.model.Label;
import dev.onward.model.Source;
import dev.onward.plan.DesiredEnvironment;
import dev.onward.plan.DesiredState;
import dev.onward.policy.Gate;
import dev.onward.policy.Verification;
import dev.onward.policy.gate.ApprovalsGate;
import dev.onward.policy.gate.DeploymentBudgetGate;
import dev.onward.policy.gate.FreezesGate;
import dev.onward.policy.gate.PromotionPolicy;
import dev.onward.policy.gate.SoakGate;
import dev.onward.policy.gate.VerificationsGate;
import dev.onward.policy.gate.WindowsGate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Spoils valid manifests in thousands of ways. Replay one run with {@code -Donward.fuzz.seed=…},
 * lengthen it with {@code -Donward.fuzz.rounds=…}.
 */
class ManifestFuzzTest {
  private static final int ROUNDS = Integer.getInteger("onward.fuzz.rounds", 2000);
  private static final List<String> PIECES =
      List.of(
          "stage",
          "prod",
          "latest",
          "from",
          "id",
          "environments",
          "gates",
          "release",
          "0",
          "30",
          "1e999",
          "no",
          "null",
          "~",
          "''",
          "\"",
          "[",
          "]",
          "{",
          "}",
          ":",
          ",",
          "-",
          "&a ",
          "*a",
          "<<",
          "? ",
          "|\n",
          ">\n",
          "!!int ",
          "!x ",
          "%YAML 1.2\n",
          "---\n",
          "...\n",
          "\t",
          "\n",
          "  ",
          "#",
          "\u0000",
          "\u2028",
          "\uD800",
          "é",
          "💥",
          "99999999999d",
          "PT-5S",
          "..",
          "/",
          "24:00",
          "2026-03-29T01:30",
          "Europe/London",
          "http://169.254.169.254",
          "soak",
          "windows",
          "freezes");

  /** Settings of gates, good and bad, besides the schema's examples. */
  private static final List<String> GATES =
      List.of(
          "drift_free: true",
          "drift_free: false",
          "min_age: 10m",
          "soak: 1h",
          "soak: 0s",
          "approvals: 1",
          "approvals: {count: 2, expire_after: 7d}",
          "approvals: 21",
          "windows: [{days: [mon, sun], from: 09:00, to: 16:00, timezone: Europe/London}]",
          "windows: [{from: 22:00, to: 02:00}, {from: 00:00, to: 24:00}]",
          "windows: [{from: 22:00, to: 22:00}]",
          "freezes: [{from: 2026-10-25T01:30, to: 2026-10-25T01:31, timezone: Europe/London,"
              + " reason: x}]",
          "freezes: [{from: 2026-03-29T01:30, to: 2026-10-25T01:30, timezone: Europe/London,"
              + " reason: x}]",
          "freezes: []",
          "change_calendars: [Releases, Releases]",
          "min_interval: 15m",
          "budget: {deployments: 4, per: 1d}",
          "budget: {deployments: 0, per: 0}",
          "verifications: [{name: smoke, http: {url: 'https://a/b', json: {pointer: /s, equals:"
              + " ok}}, for: 10m, timeout: 5s, every: 5s}]",
          "verifications: [{name: errors, prometheus: {url: 'http://p', query: up, below: 1}}]",
          "verifications: [{name: v, http: {url: 'http://169.254.169.254/'}}]",
          "moon: full",
          "stop: true");

  private static final List<String> GATES_AND_EXAMPLES =
      Stream.concat(
              GATES.stream(),
              ManifestSchemaTest.schema().at("/$defs/gates/properties").properties().stream()
                  .flatMap(
                      gate ->
                          gate.getValue()
                              .path("examples")
                              .valueStream()
                              .map(example -> gate.getKey() + ": " + example)))
          .toList();

  @Test
  void noSpoiltManifestThrowsAndOnlyValidProjectsAreInForce() {
    long seed = Long.getLong("onward.fuzz.seed", System.nanoTime());
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    List<SourceFile> good =
        List.of(
            ManifestTexts.file(STORAGE, resource(STORAGE)),
            ManifestTexts.file(".wellcome_project", resource(".wellcome_project")));
    Manifests lastGood =
        ManifestReload.apply(new DirectoryContents.Listed("manifests", good), Manifests.NONE);
    assertThat(lastGood.projects()).hasSize(2);
    for (int round = 0; round < ROUNDS; round++) {
      SourceFile file =
          spoilt(random.nextBoolean() ? pick(good, random) : invented(random), random);
      try {
        check(file, lastGood);
      } catch (RuntimeException | AssertionError | StackOverflowError e) {
        throw new AssertionError(
            "-Donward.fuzz.seed=%d, round %d, %s".formatted(seed, round, file), e);
      }
    }
  }

  static void check(SourceFile file, Manifests lastGood) {
    ManifestFile read = ManifestReader.read(file);
    assertThat(read.problems())
        .allMatch(problem -> problem.message().chars().noneMatch(Character::isISOControl));
    switch (read) {
      case Understood understood -> {
        understood.valid().values().forEach(ManifestFuzzTest::checkValid);
        assertThat(understood.problems().stream().filter(ManifestProblem::isError))
            .noneMatch(
                error -> error.project().filter(understood.valid().keySet()::contains).isPresent());
        assertThat(understood.named())
            .hasSize(understood.valid().size() + understood.invalid().size());
      }
      case ManifestFile.NotUnderstood notUnderstood ->
          assertThat(notUnderstood.problems()).isNotEmpty();
    }
    Manifests after =
        ManifestReload.apply(new DirectoryContents.Listed("manifests", List.of(file)), lastGood);
    after.projects().values().forEach(ManifestFuzzTest::checkValid);
    after
        .stale()
        .forEach(id -> assertThat(after.projects().get(id)).isEqualTo(lastGood.projects().get(id)));
  }

  /** The rules once more, told differently from the code under test. */
  private static void checkValid(DesiredState project) {
    assertThat(project.name()).isNotBlank();
    Duration quiet = project.releases().quietPeriod();
    assertThat(quiet).isBetween(Duration.ZERO, project.releases().maxWait());
    assertThat(project.releases().maxWait()).isLessThanOrEqualTo(Duration.ofDays(366));
    List<EnvironmentId> ids = project.environments().stream().map(DesiredEnvironment::id).toList();
    assertThat(ids).doesNotHaveDuplicates();
    for (Label label : project.watchedLabels()) {
      assertThat(ids).doesNotContain(new EnvironmentId(label.value()));
    }
    for (DesiredEnvironment environment : project.environments()) {
      environment.promotion().ifPresent(ManifestFuzzTest::checkValid);
      Source at = environment.id();
      for (int steps = 0; at instanceof EnvironmentId id; steps++) {
        assertThat(steps).as("steps from %s to a label", environment.id()).isLessThan(ids.size());
        assertThat(ids).contains(id);
        at =
            project
                .environment(id)
                .flatMap(DesiredEnvironment::promotion)
                .<Source>map(PromotionPolicy::from)
                .orElse(new Label("nowhere"));
      }
    }
  }

  private static void checkValid(PromotionPolicy policy) {
    assertThat(policy.gates()).extracting(Gate::name).doesNotHaveDuplicates();
    for (Gate gate : policy.gates()) {
      switch (gate) {
        case SoakGate(Duration soak) -> {
          assertThat(soak).isPositive();
          assertThat(policy.from()).isInstanceOf(EnvironmentId.class);
        }
        case ApprovalsGate(int count, var _) -> assertThat(count).isBetween(1, 20);
        case DeploymentBudgetGate(int deployments, Duration per) -> {
          assertThat(deployments).isBetween(1, 30);
          assertThat(per).isPositive();
        }
        case WindowsGate(var windows) ->
            assertThat(windows).isNotEmpty().allMatch(window -> !window.days().isEmpty());
        case FreezesGate(var planned) ->
            assertThat(planned).allMatch(freeze -> freeze.from().isBefore(freeze.to()));
        case VerificationsGate(var verifications) ->
            assertThat(verifications)
                .isNotEmpty()
                .allMatch(v -> v.timeout().compareTo(v.every()) <= 0)
                .extracting(Verification::name)
                .doesNotHaveDuplicates();
        default -> assertThat(gate.name()).matches("[A-Za-z0-9_-]{1,40}");
      }
    }
  }

  /** A manifest that parses, and whose parts may or may not fit together. */
  private static SourceFile invented(RandomGenerator random) {
    var names = List.of("a", "b", "c", "latest");
    var periods = List.of("0", "1s", "PT1M", "1h30m", "2d", "90", "soon");
    var text = new StringBuilder();
    text.append("p:\n  release: {from_label: %s".formatted(pick(names, random)));
    text.append(", quiet_period: %s".formatted(pick(periods, random)));
    text.append(", max_wait: %s}\n  environments:\n".formatted(pick(periods, random)));
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append("    - id: %s\n".formatted(pick(names, random)));
      text.append("      promotion:\n        from: %s\n".formatted(pick(names, random)));
      if (random.nextBoolean()) {
        text.append("        gates:\n");
        for (int j = random.nextInt(1, 4); j > 0; j--) {
          text.append("          %s\n".formatted(pick(GATES_AND_EXAMPLES, random)));
        }
      }
    }
    return ManifestTexts.file("invented.yaml", text.toString());
  }

  private static SourceFile spoilt(SourceFile file, RandomGenerator random) {
    String text = ((SourceFile.Content.Text) file.content()).text();
    for (int i = random.nextInt(4); i > 0; i--) {
      text = spoilt(text, random);
    }
    return ManifestTexts.file(file.name(), text);
  }

  private static String spoilt(String text, RandomGenerator random) {
    int at = random.nextInt(text.length() + 1);
    int end = Math.min(text.length(), at + random.nextInt(1, 12));
    String before = text.substring(0, at);
    return switch (random.nextInt(10)) {
      case 0 -> before + text.substring(end);
      case 1 -> before + pick(PIECES, random) + text.substring(at);
      case 2 -> before + pick(PIECES, random) + text.substring(end);
      case 3 -> before + (char) random.nextInt(0x250) + text.substring(at);
      case 4 -> before + text.substring(at, end) + text.substring(at);
      case 5 -> before;
      case 6, 7 -> withOtherLines(text, random);
      default -> withAnotherWord(text, random);
    };
  }

  private static String withOtherLines(String text, RandomGenerator random) {
    var lines = new ArrayList<>(List.of(text.split("\n", -1)));
    int line = random.nextInt(lines.size());
    switch (random.nextInt(3)) {
      case 0 -> lines.add(random.nextInt(lines.size()), lines.get(line));
      case 1 -> lines.remove(line);
      default -> Collections.swap(lines, line, random.nextInt(lines.size()));
    }
    return String.join("\n", lines);
  }

  private static String withAnotherWord(String text, RandomGenerator random) {
    var words = new ArrayList<>(List.of(text.split("\\b", -1)));
    words.set(random.nextInt(words.size()), pick(PIECES, random));
    return String.join("", words);
  }

  private static <T> T pick(List<T> choices, RandomGenerator random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
