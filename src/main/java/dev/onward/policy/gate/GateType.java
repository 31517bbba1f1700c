package dev.onward.policy.gate;

import dev.onward.policy.Gate;
import dev.onward.policy.gate.GateType.Settings.Flag;
import dev.onward.policy.gate.GateType.Settings.PositiveDuration;
import dev.onward.policy.gate.GateType.Settings.Structured;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The gates of this version, in the order in which they are documented, evaluated and reported:
 * first what operators decided, then the state of the release, then time and pace.
 */
public enum GateType {
  MODE("mode", Unblocker.PERSON, "waits for a person to deploy"),
  STOP("stop", Unblocker.OPERATOR, "stopped"),
  HOLD("hold", Unblocker.OPERATOR, "on hold"),
  FREEZES("freezes", Unblocker.OPERATOR, "frozen", new Structured()),
  SOURCE_CONVERGED("source_converged", Unblocker.SYSTEM, "source still being written"),
  DRIFT_FREE(
      "drift_free",
      Unblocker.SYSTEM,
      "source drifted",
      new Flag(DriftFreeGate::new),
      "nothing drifts there"),
  MIN_AGE("min_age", Unblocker.TIME, "too young", new PositiveDuration(MinAgeGate::new)),
  SOAK(
      "soak",
      Unblocker.TIME,
      "soaking",
      new PositiveDuration(SoakGate::new),
      "nothing soaks there"),
  VERIFICATIONS(
      "verifications",
      Unblocker.SYSTEM,
      "being verified",
      new Structured(),
      "nothing runs there to be checked"),
  APPROVALS("approvals", Unblocker.PERSON, "waits for approval", new Structured()),
  WINDOWS("windows", Unblocker.TIME, "outside its window", new Structured()),
  CHANGE_CALENDARS("change_calendars", Unblocker.TIME, "calendar closed", new Structured()),
  MIN_INTERVAL(
      "min_interval",
      Unblocker.TIME,
      "too soon after the last",
      new PositiveDuration(MinIntervalGate::new)),
  BUDGET("budget", Unblocker.TIME, "budget used up", new Structured());

  /** Who or what ends the gate's hold. */
  public enum Unblocker {
    /** An operator who resumes or unfreezes, or the end of the intervention. */
    OPERATOR,
    /** A person who deploys or approves. */
    PERSON,
    /** The passage of time. */
    TIME,
    /** A change in the source environment or in another system: may take for ever. */
    SYSTEM
  }

  /** The form in which a manifest configures a gate. */
  public sealed interface Settings {
    /** {@code true} turns the gate on; {@code false} is equivalent to omitting it. */
    record Flag(Supplier<Gate> gate) implements Settings {}

    /** One duration, longer than zero. */
    record PositiveDuration(Function<Duration, Gate> gate) implements Settings {}

    /** Keys or a list of the gate's own, with a reader of their own in {@code manifest.reader}. */
    record Structured() implements Settings {}
  }

  /** Gates that this version does not know come last, by name. */
  static final Comparator<Gate> ORDER =
      Comparator.<Gate>comparingInt(
              gate -> of(gate.name()).map(GateType::ordinal).orElse(Integer.MAX_VALUE))
          .thenComparing(Gate::name);

  private final String key;
  private final Unblocker unblocker;
  private final String label;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Optional<Settings> settings;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Optional<String> whyNoLabel;

  GateType(String key, Unblocker unblocker, String label) {
    this(key, unblocker, label, Optional.empty(), Optional.empty());
  }

  GateType(String key, Unblocker unblocker, String label, Settings settings) {
    this(key, unblocker, label, Optional.of(settings), Optional.empty());
  }

  GateType(String key, Unblocker unblocker, String label, Settings settings, String whyNoLabel) {
    this(key, unblocker, label, Optional.of(settings), Optional.of(whyNoLabel));
  }

  GateType(
      String key,
      Unblocker unblocker,
      String label,
      Optional<Settings> settings,
      Optional<String> whyNoLabel) {
    this.key = key;
    this.unblocker = unblocker;
    this.label = label;
    this.settings = settings;
    this.whyNoLabel = whyNoLabel;
  }

  /** The gate with this name; empty for one that this version does not know. */
  public static Optional<GateType> of(String name) {
    return Stream.of(values()).filter(type -> type.key.equals(name)).findFirst();
  }

  /** The gates that are part of every policy and that a manifest cannot name, in order. */
  public static List<GateType> builtIn() {
    return Stream.of(values()).filter(type -> type.settings.isEmpty()).toList();
  }

  /** The gates that a manifest can name, in order. */
  public static List<GateType> configurable() {
    return Stream.of(values()).filter(type -> type.settings.isPresent()).toList();
  }

  /** The name in manifests, metrics and the API. */
  public String key() {
    return key;
  }

  public Unblocker unblocker() {
    return unblocker;
  }

  /** The state of an environment that this gate holds, in a few words. */
  public String label() {
    return label;
  }

  /** How a manifest configures it; empty for a built-in gate. */
  public Optional<Settings> settings() {
    return settings;
  }

  /**
   * Why the gate cannot take releases from a label, for a gate that evaluates the source
   * environment; empty for one that works with any source.
   */
  public Optional<String> whyNoLabel() {
    return whyNoLabel;
  }
}
