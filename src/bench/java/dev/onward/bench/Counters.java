package dev.onward.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What a daemon has done up to a moment, or between two.
 *
 * @param requests to AWS by operation, {@code GetParametersByPath} say; the daemon's own count
 * @param cycles over single projects
 * @param inCycles the time that these took, of which several run at once
 * @param cpu the processor time that the process used
 * @param capacity DynamoDB's units by operation, the endpoint's count; empty if it tells none
 * @param at when this was read, by a clock that never jumps
 */
record Counters(
    Map<String, Double> requests,
    double cycles,
    Duration inCycles,
    Duration cpu,
    Map<String, Double> capacity,
    Duration at) {

  Counters since(Counters before) {
    return new Counters(
        minus(requests, before.requests),
        cycles - before.cycles,
        inCycles.minus(before.inCycles),
        cpu.minus(before.cpu),
        minus(capacity, before.capacity),
        at.minus(before.at));
  }

  double requests(String operation) {
    return requests.getOrDefault(operation, 0.0);
  }

  double allRequests() {
    return requests.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  double capacity(String operation) {
    return capacity.getOrDefault(operation, 0.0);
  }

  /** Units of all operations that write. */
  double writeUnits() {
    return capacity("TransactWriteItems") + capacity("UpdateItem") + capacity("PutItem");
  }

  double seconds() {
    return at.toNanos() / 1e9;
  }

  private static Map<String, Double> minus(Map<String, Double> now, Map<String, Double> before) {
    var difference = new HashMap<String, Double>();
    now.forEach((name, value) -> difference.put(name, value - before.getOrDefault(name, 0.0)));
    return difference;
  }
}
