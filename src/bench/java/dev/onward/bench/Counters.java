package dev.onward.bench;

import java.time.Duration;
import java.util.Map;

/**
 * What a daemon has done up to a moment, or between two.
 *
 * @param requests to AWS by operation, {@code GetParametersByPath} say; the daemon's own count
 * @param cycles over single projects
 * @param inCycles the time that these took, of which several run at once
 * @param cpu the processor time that the process used
 * @param consumed what the endpoint says of DynamoDB
 * @param at when this was read, by a clock that never jumps
 */
record Counters(
    Map<String, Double> requests,
    double cycles,
    Duration inCycles,
    Duration cpu,
    Consumption consumed,
    Duration at) {

  Counters since(Counters before) {
    return new Counters(
        Consumption.minus(requests, before.requests),
        cycles - before.cycles,
        inCycles.minus(before.inCycles),
        cpu.minus(before.cpu),
        consumed.since(before.consumed),
        at.minus(before.at));
  }

  double requests(String operation) {
    return requests.getOrDefault(operation, 0.0);
  }

  double allRequests() {
    return requests.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  double seconds() {
    return at.toNanos() / 1e9;
  }
}
