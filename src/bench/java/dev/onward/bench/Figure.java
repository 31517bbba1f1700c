package dev.onward.bench;

import java.util.List;
import java.util.Optional;

/**
 * One thing that was measured.
 *
 * @param measurement the number of the measurement that it belongs to
 * @param rounds a value a round, in the order of measuring
 * @param target absent where there is none
 */
record Figure(
    String measurement, String what, String unit, List<Double> rounds, Optional<Target> target) {

  Figure {
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException(what + " was not measured");
    }
  }

  static Figure of(String measurement, String what, String unit, List<Double> rounds) {
    return new Figure(measurement, what, unit, rounds, Optional.empty());
  }

  Figure atMost(double bound) {
    return new Figure(
        measurement, what, unit, rounds, Optional.of(new Target(Target.Relation.AT_MOST, bound)));
  }

  Figure atLeast(double bound) {
    return new Figure(
        measurement, what, unit, rounds, Optional.of(new Target(Target.Relation.AT_LEAST, bound)));
  }

  double median() {
    List<Double> sorted = rounds.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  double least() {
    return rounds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  double most() {
    return rounds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /** Whether the median reaches the target; absent without one. */
  Optional<Boolean> met() {
    return target.map(it -> it.isMetBy(median()));
  }

  /** What was promised. */
  record Target(Relation relation, double bound) {
    enum Relation {
      AT_MOST,
      AT_LEAST
    }

    boolean isMetBy(double value) {
      return switch (relation) {
        case AT_MOST -> value <= bound;
        case AT_LEAST -> value >= bound;
      };
    }
  }
}
