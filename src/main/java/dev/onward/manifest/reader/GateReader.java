package dev.onward.manifest.reader;

import dev.onward.manifest.document.Excerpt;
import dev.onward.manifest.document.Node;
import dev.onward.manifest.document.Section;
import dev.onward.manifest.document.SpellingSuggestion;
import dev.onward.manifest.document.Value;
import dev.onward.model.Label;
import dev.onward.model.Source;
import dev.onward.policy.Gate;
import dev.onward.policy.gate.ApprovalsGate;
import dev.onward.policy.gate.DeploymentBudgetGate;
import dev.onward.policy.gate.GateType;
import dev.onward.policy.gate.GateType.Settings.Flag;
import dev.onward.policy.gate.GateType.Settings.PositiveDuration;
import dev.onward.policy.gate.GateType.Settings.Structured;
import dev.onward.policy.gate.PromotionPolicy;
import dev.onward.policy.gate.UnknownGate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Reader of a policy's gates, by name. A gate that this version does not know holds. */
final class GateReader {
  /** Gate names are labels of metrics. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,40}");

  /** The names of built-in gates; a second gate of such a name could not be told from it. */
  static final List<String> RESERVED = PromotionPolicy.builtInNames();

  private static final int MOST_APPROVALS = 20;

  private static final List<String> NAMES =
      GateType.configurable().stream().map(GateType::key).toList();

  /** Of the gates whose settings are {@linkplain Structured structured}. */
  private static final Map<GateType, Function<Value, Optional<Gate>>> READERS =
      Map.of(
          GateType.FREEZES, FreezesReader::read,
          GateType.VERIFICATIONS, VerificationsReader::read,
          GateType.APPROVALS, GateReader::approvals,
          GateType.WINDOWS, WindowsReader::read,
          GateType.CHANGE_CALENDARS, CalendarsReader::read,
          GateType.BUDGET, GateReader::budget);

  private GateReader() {}

  /**
   * The gates in the order of {@link GateType}, whatever the manifest's; the unknown ones last, by
   * name.
   *
   * @param source empty if it could not be read
   */
  static List<Gate> read(Value value, Optional<Source> source) {
    var settings =
        new TreeMap<>(value.section("a map of gates, by name").map(Section::all).orElse(Map.of()));
    var gates = new ArrayList<Gate>();
    for (GateType type : GateType.configurable()) {
      Optional.ofNullable(settings.remove(type.key()))
          .flatMap(given -> known(type, given, source))
          .ifPresent(gates::add);
    }
    settings.forEach((name, given) -> unknown(name, given).ifPresent(gates::add));
    return List.copyOf(gates);
  }

  private static Optional<Gate> known(GateType type, Value given, Optional<Source> source) {
    if (source.orElse(null) instanceof Label label && !given.isFalse()) {
      type.whyNoLabel()
          .ifPresent(
              why ->
                  given.error(
                      "%s, with the label '%s' as source".formatted(type.key(), label),
                      "an environment as source: a label is no environment, " + why));
    }
    return switch (type.settings().orElseThrow()) {
      case Flag(Supplier<Gate> gate) -> given.flag().filter(wanted -> wanted).map(_ -> gate.get());
      case PositiveDuration(Function<Duration, Gate> gate) -> duration(given).map(gate);
      case Structured() -> Objects.requireNonNull(READERS.get(type)).apply(given);
    };
  }

  private static Optional<Gate> unknown(String name, Value given) {
    if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
      given.error(
          "the gate " + Excerpt.quoted(name),
          "1 to 40 letters, digits, '_' or '-', other than " + String.join(", ", RESERVED));
      return Optional.empty();
    }
    given.warning(
        "a gate that this version of Onward does not know: it holds every release",
        String.join(", ", NAMES) + SpellingSuggestion.hint(name, NAMES));
    return Optional.of(new UnknownGate(name));
  }

  private static Optional<Gate> approvals(Value value) {
    if (value.node() instanceof Node.Scalar) {
      return count(value).map(count -> new ApprovalsGate(count, Optional.empty()));
    }
    return value
        .section("a number of approvals, or a map with count and expire_after")
        .flatMap(
            section -> {
              Optional<Integer> count =
                  section.required("count", "a number of approvals").flatMap(GateReader::count);
              Optional<Duration> expireAfter =
                  section.at("expire_after").flatMap(GateReader::duration);
              section.rejectUnknownKeys();
              return count.map(known -> new ApprovalsGate(known, expireAfter));
            });
  }

  private static Optional<Integer> count(Value value) {
    return value.whole(1, MOST_APPROVALS);
  }

  private static Optional<Gate> budget(Value value) {
    return value
        .section("a map with deployments and per")
        .flatMap(
            section -> {
              Optional<Integer> deployments =
                  section
                      .required("deployments", "a number of deployments")
                      .flatMap(number -> number.whole(1, DeploymentBudgetGate.MOST_DEPLOYMENTS));
              Optional<Duration> per =
                  section.required("per", DurationParser.ALLOWED).flatMap(GateReader::duration);
              section.rejectUnknownKeys();
              return deployments.flatMap(
                  known -> per.map(duration -> new DeploymentBudgetGate(known, duration)));
            });
  }

  /** Not of zero: a gate that never holds is more likely a mistake than meant. */
  private static Optional<Duration> duration(Value value) {
    return value.text(DurationParser.ALLOWED, DurationParser::positive);
  }
}
