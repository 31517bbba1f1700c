package dev.onward.bench;

import java.util.HashMap;
import java.util.Map;

/**
 * What an endpoint says was consumed of DynamoDB.
 *
 * @param units of capacity by operation, {@code Query} say
 * @param calls by operation
 */
record Consumption(Map<String, Double> units, Map<String, Double> calls) {
  static final Consumption UNTOLD = new Consumption(Map.of(), Map.of());

  Consumption since(Consumption before) {
    return new Consumption(minus(units, before.units), minus(calls, before.calls));
  }

  double units(String operation) {
    return units.getOrDefault(operation, 0.0);
  }

  /** What one call takes; 0 if there was none. */
  double unitsOfOne(String operation) {
    double made = calls.getOrDefault(operation, 0.0);
    return made == 0 ? 0 : units(operation) / made;
  }

  static Map<String, Double> minus(Map<String, Double> now, Map<String, Double> before) {
    var difference = new HashMap<String, Double>();
    now.forEach((name, value) -> difference.put(name, value - before.getOrDefault(name, 0.0)));
    return difference;
  }
}
