package dev.onward.bench;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a run was asked for.
 *
 * @param sizes of the estates whose steady cycles are measured, in projects
 * @param projects of the estate in which images change
 * @param rounds how often each thing is measured
 * @param changes how many changes one round of the latency has
 * @param seconds how long one round of whatever goes on and on is measured
 * @param endpoint the local AWS if absent
 * @param json where the figures go
 */
record Options(
    Set<Measurement> measurements,
    List<Integer> sizes,
    int projects,
    int rounds,
    int changes,
    int seconds,
    Optional<URI> endpoint,
    Path json) {

  static final String USAGE =
      """
      usage: bench/run [--quick] [option...]
        --quick              some minutes: smaller estates and fewer rounds
        --only NAMES         measure only these, of %s
        --sizes NUMBERS      estates for the steady cycle, in projects (10,100,1000,10000)
        --projects NUMBER    the estate in which images change (1000)
        --rounds NUMBER      how often each thing is measured (3)
        --changes NUMBER     changes in one round of the latency (100)
        --seconds NUMBER     length of one round of steady work (10)
        --endpoint URI       another AWS than the local one, with credentials from the environment
        --json FILE          where the figures go (target/benchmark.json)"""
          .formatted(
              Arrays.stream(Measurement.values())
                  .map(Measurement::word)
                  .collect(Collectors.joining(", ")));

  static final Options FULL =
      new Options(
          EnumSet.allOf(Measurement.class),
          List.of(10, 100, 1_000, 10_000),
          1_000,
          3,
          100,
          10,
          Optional.empty(),
          Path.of("target", "benchmark.json"));

  static final Options QUICK =
      new Options(
          FULL.measurements, List.of(10, 100, 1_000), 200, 2, 30, 4, FULL.endpoint, FULL.json);

  /** Parts of the benchmark. */
  enum Measurement {
    CYCLE,
    LISTING,
    STORM,
    LATENCY,
    START,
    QUOTA,
    BOARD,
    ACTS,
    PLANNER;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Throws {@link IllegalArgumentException} that says what is wrong. */
  static Options parse(List<String> arguments) {
    Options options = arguments.contains("--quick") ? QUICK : FULL;
    var left = arguments.stream().filter(argument -> !argument.equals("--quick")).iterator();
    while (left.hasNext()) {
      String name = left.next();
      if (!left.hasNext()) {
        throw new IllegalArgumentException(name + ": unknown, or without its value\n" + USAGE);
      }
      options = options.with(name, left.next());
    }
    return options;
  }

  private Options with(String name, String value) {
    Set<Measurement> newMeasurements = measurements;
    List<Integer> newSizes = sizes;
    int newProjects = projects;
    int newRounds = rounds;
    int newChanges = changes;
    int newSeconds = seconds;
    Optional<URI> newEndpoint = endpoint;
    Path newJson = json;
    switch (name) {
      case "--only" -> newMeasurements = measurements(value);
      case "--sizes" ->
          newSizes = Arrays.stream(value.split(",", -1)).map(part -> number(name, part)).toList();
      case "--projects" -> newProjects = number(name, value);
      case "--rounds" -> newRounds = number(name, value);
      case "--changes" -> newChanges = number(name, value);
      case "--seconds" -> newSeconds = number(name, value);
      case "--endpoint" -> newEndpoint = Optional.of(URI.create(value));
      case "--json" -> newJson = Path.of(value);
      default -> throw new IllegalArgumentException(name + ": unknown option\n" + USAGE);
    }
    return new Options(
        newMeasurements,
        newSizes,
        newProjects,
        newRounds,
        newChanges,
        newSeconds,
        newEndpoint,
        newJson);
  }

  private static Set<Measurement> measurements(String value) {
    var chosen = EnumSet.noneOf(Measurement.class);
    for (String word : value.split(",", -1)) {
      chosen.add(
          Arrays.stream(Measurement.values())
              .filter(measurement -> measurement.word().equals(word))
              .findFirst()
              .orElseThrow(
                  () -> new IllegalArgumentException(word + ": no measurement\n" + USAGE)));
    }
    return chosen;
  }

  private static int number(String name, String value) {
    try {
      int number = Integer.parseInt(value);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // As for 0.
    }
    throw new IllegalArgumentException(
        "%s: '%s' is no number above 0%n%s".formatted(name, value, USAGE));
  }
}
