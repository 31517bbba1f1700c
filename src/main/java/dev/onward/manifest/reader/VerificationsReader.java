package dev.onward.manifest.reader;

import dev.onward.manifest.document.Section;
import dev.onward.manifest.document.Value;
import dev.onward.model.InvalidValueException;
import dev.onward.policy.Gate;
import dev.onward.policy.Verification;
import dev.onward.policy.Verification.Probe;
import dev.onward.policy.gate.VerificationsGate;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the checks of the source environment that must hold. */
final class VerificationsReader {
  private static final int MOST = 20;
  private static final String PROBES = "exactly one of http and prometheus";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,40}");
  private static final String NAME_ALLOWED = "a name of 1 to 40 letters, digits, '_', '.' or '-'";

  private static final Duration DEFAULT_EVERY = Duration.ofSeconds(30);
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

  private final Set<String> names = new HashSet<>();

  private VerificationsReader() {}

  static Optional<Gate> read(Value value) {
    return value
        .list("verifications", 1, MOST, new VerificationsReader()::verification)
        .map(VerificationsGate::new);
  }

  private Optional<Verification> verification(Value item) {
    return item.section("a map with name, http or prometheus, for, every and timeout")
        .flatMap(this::verification);
  }

  private Optional<Verification> verification(Section section) {
    Optional<String> name = section.required("name", NAME_ALLOWED).flatMap(this::name);
    Optional<Probe> probe = probe(section);
    Duration holdFor = section.at("for").flatMap(VerificationsReader::any).orElse(Duration.ZERO);
    Duration every =
        section
            .at("every")
            .flatMap(value -> value.text(DurationParser.ALLOWED, VerificationsReader::pause))
            .orElse(DEFAULT_EVERY);
    Duration timeout =
        section.at("timeout").flatMap(value -> timeout(value, every)).orElse(DEFAULT_TIMEOUT);
    section.rejectUnknownKeys();
    return name.flatMap(
        known -> probe.map(look -> new Verification(known, look, holdFor, every, timeout)));
  }

  private Optional<String> name(Value value) {
    Optional<String> name =
        value.text(
            NAME_ALLOWED,
            text -> {
              if (!NAME.matcher(text).matches()) {
                throw new InvalidValueException("name", text, NAME_ALLOWED);
              }
              return text;
            });
    if (name.isPresent() && !names.add(name.get())) {
      value.error("'%s' a second time".formatted(name.get()), "each verification's own name");
      return Optional.empty();
    }
    return name;
  }

  private static Optional<Probe> probe(Section section) {
    Optional<Value> http = section.at("http");
    Optional<Value> prometheus = section.at("prometheus");
    if (http.isPresent() == prometheus.isPresent()) {
      section.error(
          http.isPresent() ? "both http and prometheus" : "neither http nor prometheus", PROBES);
    }
    // Both are read even then, for the sake of their other problems.
    Optional<Probe> first = http.flatMap(ProbeReader::http);
    Optional<Probe> second = prometheus.flatMap(ProbeReader::prometheus);
    return first.or(() -> second);
  }

  private static Optional<Duration> any(Value value) {
    return value.text(DurationParser.ALLOWED, DurationParser::parse);
  }

  private static Duration pause(String text) {
    return DurationParser.parse(text, Duration.ofSeconds(5), DurationParser.MAXIMUM, "5s to 366d");
  }

  private static Optional<Duration> timeout(Value value, Duration every) {
    Optional<Duration> timeout =
        value.text(
            DurationParser.ALLOWED,
            text ->
                DurationParser.parse(
                    text, Duration.ofSeconds(1), Duration.ofSeconds(30), "1s to 30s"));
    if (timeout.isPresent() && timeout.get().compareTo(every) > 0) {
      value.error(value.node().describe(), "at most every, which is " + every);
      return Optional.empty();
    }
    return timeout;
  }
}
