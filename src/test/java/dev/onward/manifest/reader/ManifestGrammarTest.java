package dev.onward.manifest.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.manifest.Manifests;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/**
 * Manifests of the reader's own grammar: which keys a section has is what the reader itself says of
 * a key that it does not know, so that a new key is tried as soon as it is read. Their values are
 * right, wrong, of another type, or blank. Replay one run with {@code -Donward.fuzz.seed=…}.
 */
public class ManifestGrammarTest {
  private static final int ROUNDS = Integer.getInteger("onward.fuzz.rounds", 2000);
  static final String UNKNOWN = "zzzzzz";

  /** Where each section is, with the unknown key in it. */
  public static final Map<String, String> SECTIONS =
      Map.ofEntries(
          Map.entry("project", "{%s}"),
          Map.entry("release", "{release: {%s}}"),
          Map.entry("environments", "{environments: [{id: e, %s}]}"),
          Map.entry("promotion", environment("{from: latest, %s}")),
          Map.entry("gates", gates("%s")),
          Map.entry("approvals", gates("approvals: {%s}")),
          Map.entry("budget", gates("budget: {%s}")),
          Map.entry("windows", gates("windows: [{%s}]")),
          Map.entry("freezes", gates("freezes: [{%s}]")),
          Map.entry("verifications", gates("verifications: [{%s}]")),
          Map.entry("http", gates("verifications: [{http: {%s}}]")),
          Map.entry("json", gates("verifications: [{http: {json: {%s}}}]")),
          Map.entry("prometheus", gates("verifications: [{prometheus: {%s}}]")));

  /** Of these there is a list. */
  private static final List<String> LISTS =
      List.of("environments", "windows", "freezes", "verifications");

  private static final List<String> SCALARS =
      List.of(
          "latest",
          "stage",
          "prod",
          "e",
          "auto",
          "manual",
          "repair",
          "report",
          "true",
          "false",
          "~",
          "0",
          "1",
          "2",
          "200",
          "1e3",
          "-1",
          "30s",
          "10m",
          "1h30m",
          "PT5M",
          "366d",
          "09:00",
          "'16:00'",
          "24:00",
          "2026-12-18T17:00",
          "2027-01-04T09:00",
          "Europe/London",
          "UTC",
          "mon",
          "[mon, tue]",
          "[a, b]",
          "[]",
          "{}",
          "{a: b}",
          "https://a.example/health",
          "/status",
          "ok",
          "up",
          "arn:aws:iam::123456789012:role/onward",
          "''",
          "' '",
          "\"\\t\"",
          "\"\\0\"",
          "\"\\u00a0\"",
          "\"\\u3000\"",
          "\"\\u200b\"",
          "\"\\u2028\"",
          "\"\\u202e\"",
          "\"\\ufeff\"");

  @Test
  void everyManifestOfTheReadersOwnGrammarIsReadOrRefusedInWords() {
    long seed = Long.getLong("onward.fuzz.seed", System.nanoTime());
    System.out.println("ManifestGrammarTest: -Donward.fuzz.seed=" + seed);
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var keys = new TreeMap<String, List<String>>();
    SECTIONS.forEach((name, around) -> keys.put(name, keysOf(name, around)));
    assertThat(keys.get("gates")).contains("soak", "verifications", "freezes");
    for (int round = 0; round < ROUNDS; round++) {
      SourceFile file =
          ManifestTexts.file("made.yaml", "p: " + section("project", keys, random) + "\n");
      try {
        ManifestFuzzTest.check(file, Manifests.NONE);
      } catch (RuntimeException | AssertionError | StackOverflowError e) {
        throw new AssertionError(
            "-Donward.fuzz.seed=%d, round %d, %s".formatted(seed, round, file), e);
      }
    }
  }

  /** As the reader names them to whoever misspells one. */
  public static List<String> keysOf(String section, String around) {
    String text = "p: " + around.formatted(UNKNOWN + ": 1") + "\n";
    List<String> said =
        ManifestTexts.messages("made.yaml", text).stream()
            .filter(message -> message.contains(UNKNOWN))
            .toList();
    assertThat(said).as(section).hasSize(1);
    return Arrays.stream(said.getFirst().replaceFirst("(?s).*allowed: ", "").split("[ ,;]+"))
        .filter(word -> word.matches("[a-z_]+"))
        .toList();
  }

  public static String section(
      String name, Map<String, List<String>> keys, RandomGenerator random) {
    var chosen = new ArrayList<>(keys.get(name));
    Collections.shuffle(chosen, java.util.Random.from(random));
    var entries = new ArrayList<String>();
    for (String key : chosen.subList(0, random.nextInt(chosen.size() + 1))) {
      entries.add(key + ": " + value(key, keys, random));
    }
    return "{" + String.join(", ", entries) + "}";
  }

  private static String value(String key, Map<String, List<String>> keys, RandomGenerator random) {
    if (!keys.containsKey(key) || random.nextInt(10) == 0) {
      return SCALARS.get(random.nextInt(SCALARS.size()));
    }
    if (!LISTS.contains(key)) {
      return section(key, keys, random);
    }
    var items = new ArrayList<String>();
    for (int i = random.nextInt(4); i > 0; i--) {
      items.add(section(key, keys, random));
    }
    return "[" + String.join(", ", items) + "]";
  }

  private static String environment(String promotion) {
    return "{environments: [{id: e, promotion: %s}]}".formatted(promotion);
  }

  private static String gates(String gate) {
    return "{environments: [{id: e, promotion: {from: latest, gates: {%s}}}]}".formatted(gate);
  }
}
