package dev.onward.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measurement 3: one service of ten changes in every project at once. The same is then done by a
 * straightforward sequential promoter, on other projects of the same endpoint.
 */
final class Storm {
  private final Lab lab;
  private final Workload estate;
  private final Stages stages;

  Storm(Lab lab) {
    this.lab = lab;
    this.estate = new Workload("storm", lab.options().projects());
    this.stages = new Stages(lab.endpoint().ssm());
  }

  /** What came of one storm. */
  private record Outcome(double seconds, double calls, double writeUnits) {}

  void run() {
    lab.endpoint().publish(estate.first());
    measure(Duration.ZERO, estate.projects());
    if (lab.endpoint().delayAnswers(AwsDelay.TYPICAL)) {
      measure(AwsDelay.TYPICAL, Math.min(estate.projects(), 100));
      lab.endpoint().delayAnswers(Duration.ZERO);
    }
  }

  private void measure(Duration delay, int sequentially) {
    String where = delay.isZero() ? "" : ", responses delayed by %d ms".formatted(delay.toMillis());
    lab.endpoint().delayAnswers(delay);
    var onward = new ArrayList<Outcome>();
    lab.say("a storm over %,d projects%s", estate.projects(), where);
    try (var daemon = lab.start(estate, estate.projects(), "1s")) {
      daemon.awaitCycles(3.0 * estate.projects(), estate.projects());
      for (int round = 0; round < lab.options().rounds(); round++) {
        onward.add(storm(daemon, "storm%d-%d".formatted(delay.toMillis(), round)));
      }
    }
    lab.say("the sequential promoter%s", where);
    var sequential = new ArrayList<Outcome>();
    lab.endpoint().publish(SequentialPromoter.estate(sequentially).first());
    try (var promoter = new SequentialPromoterProcess(lab.endpoint())) {
      promoter.promote(Math.min(50, sequentially), "warm-up" + delay.toMillis());
      for (int round = 0; round < lab.options().rounds(); round++) {
        sequential.add(
            promoted(promoter, sequentially, "promoter%d-%d".formatted(delay.toMillis(), round)));
      }
    }
    report(where, onward, sequential);
  }

  /** All until the last stage parameter is written; the calls are those of what was promoted. */
  private Outcome storm(Daemon daemon, String tag) {
    Counters idle = daemon.counters();
    daemon.awaitCycles(idle.cycles() + estate.projects(), estate.projects());
    Counters before = daemon.counters();
    Counters steady = before.since(idle);
    Workload.Change change = estate.change(tag);
    lab.endpoint().publish(change);
    Map<String, Duration> took = stages.awaitConverged(change);
    // The last head is marked after its parameter.
    daemon.awaitCycles(daemon.counters().cycles() + 1, estate.projects());
    Counters during = daemon.counters().since(before);
    double otherCycles = during.cycles() - change.promotions();
    double callsOfOthers = otherCycles * steady.allRequests() / steady.cycles();
    return new Outcome(
        took.values().stream().max(Comparator.naturalOrder()).orElseThrow().toNanos() / 1e9,
        (during.allRequests() - callsOfOthers) / change.promotions(),
        (during.consumed().units("TransactWriteItems") + during.consumed().units("UpdateItem"))
            / change.promotions());
  }

  private Outcome promoted(SequentialPromoterProcess promoter, int projects, String tag) {
    Workload old = SequentialPromoter.estate(projects);
    lab.endpoint().publish(old.change(tag));
    Consumption before = lab.endpoint().consumption().orElse(Consumption.UNTOLD);
    SequentialPromoter.Done done = promoter.promote(projects, tag);
    Consumption consumed = lab.endpoint().consumption().orElse(Consumption.UNTOLD).since(before);
    return new Outcome(
        done.seconds() / projects * estate.projects(),
        (double) done.calls() / projects,
        (consumed.units("PutItem") + consumed.units("UpdateItem")) / projects);
  }

  private void report(String where, List<Outcome> onward, List<Outcome> sequential) {
    String storm = "storm over %,d projects%s".formatted(estate.projects(), where);
    add("%s: until all converged".formatted(storm), "s", onward.stream().map(Outcome::seconds));
    add("%s: sequential promoter".formatted(storm), "s", sequential.stream().map(Outcome::seconds));
    double sequentialSeconds = median(sequential.stream().map(Outcome::seconds).toList());
    lab.report()
        .add(
            Figure.of(
                    "3",
                    "%s: speed over the sequential promoter's".formatted(storm),
                    "×",
                    onward.stream().map(it -> sequentialSeconds / it.seconds()).toList())
                .atLeast(20));
    add("%s: calls a promotion".formatted(storm), "", onward.stream().map(Outcome::calls));
    double sequentialCalls = median(sequential.stream().map(Outcome::calls).toList());
    add(
        "%s: calls of the sequential promoter".formatted(storm),
        "",
        sequential.stream().map(Outcome::calls));
    lab.report()
        .add(
            Figure.of(
                    "3",
                    "%s: calls over the sequential promoter's".formatted(storm),
                    "",
                    onward.stream().map(it -> it.calls() / sequentialCalls).toList())
                .atMost(0.5));
    if (lab.endpoint().consumption().isPresent()) {
      add(
          "%s: write units a promotion".formatted(storm),
          "",
          onward.stream().map(Outcome::writeUnits));
      add(
          "%s: write units of the sequential promoter".formatted(storm),
          "",
          sequential.stream().map(Outcome::writeUnits));
    }
  }

  private void add(String what, String unit, Stream<Double> values) {
    lab.report().add(Figure.of("3", what, unit, values.toList()));
  }

  private static double median(List<Double> values) {
    return Figure.of("3", "", "", values).median();
  }
}
