package dev.onward.manifest;

import dev.onward.policy.Gate;
import dev.onward.policy.UnknownGate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads a policy's gates, by name. A gate that this version does not know holds. */
final class GateReader {
  /** Gate names are labels of metrics. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,40}");

  /** What every policy judges by already; a gate of the same name could not be told from it. */
  private static final Set<String> RESERVED = Set.of("mode", "source_converged");

  private GateReader() {}

  /** In one fixed order, whatever the manifest's. */
  static List<Gate> read(Value value) {
    Map<String, Value> gates =
        value.section("a map of gates, by name").map(Section::all).orElse(Map.of());
    return new TreeMap<>(gates)
        .entrySet().stream()
            .flatMap(entry -> gate(entry.getKey(), entry.getValue()).stream())
            .toList();
  }

  private static Optional<Gate> gate(String name, Value settings) {
    if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
      settings.error(
          "the gate " + Excerpt.quoted(name),
          "1 to 40 letters, digits, '_' or '-', other than mode and source_converged");
      return Optional.empty();
    }
    settings.warning(
        "a gate that this version of Onward does not know: it holds every release",
        "no gates as yet");
    return Optional.of(new UnknownGate(name));
  }
}
