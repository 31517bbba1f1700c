package dev.onward.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Measurement 7: a storm under AWS's default quotas. One service changes in every project but one,
 * in which all ten change: the large one must not keep the others waiting.
 */
final class Quota {
  private static final int READS_PER_SECOND = 40;
  private static final int PUTS_PER_SECOND = 3;

  private final Lab lab;
  private final Workload estate;
  private final Stages stages;

  Quota(Lab lab) {
    this.lab = lab;
    this.estate = new Workload("quota", Math.max(20, lab.options().projects() / 10));
    this.stages = new Stages(lab.endpoint().ssm());
  }

  void run() {
    lab.say("a storm over %,d projects under AWS's default quotas", estate.projects());
    lab.endpoint().publish(estate.first());
    // Their releases and deployments are recorded without a quota in the way.
    try (var daemon = lab.start(estate, estate.projects(), "1s")) {
      daemon.awaitCycles(2.0 * estate.projects(), estate.projects());
    }
    var all = new ArrayList<Double>();
    var small = new ArrayList<Double>();
    try (var daemon =
        lab.start(
            estate,
            estate.projects(),
            Map.of(
                "ONWARD_INTERVAL", "1s",
                "ONWARD_SSM_READS_PER_SECOND", Integer.toString(READS_PER_SECOND),
                "ONWARD_SSM_WRITES_PER_SECOND", Integer.toString(PUTS_PER_SECOND)))) {
      daemon.awaitCycles(2.0 * estate.projects(), estate.projects());
      for (int round = 0; round < lab.options().rounds(); round++) {
        storm("quota" + round, all, small);
      }
    }
    report(all, small);
  }

  private void storm(String tag, List<Double> all, List<Double> small) {
    Workload.Change many = estate.change(tag).ofProjects(1, estate.projects());
    Workload.Change large = estate.change(tag).ofProjects(0, 1).ofServices(0, Workload.SERVICES);
    lab.endpoint().publish(large);
    lab.endpoint().publish(many);
    Map<String, Duration> ofSmall = stages.awaitConverged(many);
    Map<String, Duration> ofAll = new HashMap<>(stages.awaitConverged(large));
    ofAll.putAll(ofSmall);
    all.add(last(ofAll));
    small.add(last(ofSmall));
  }

  private static double last(Map<String, Duration> took) {
    return took.values().stream().max(Comparator.naturalOrder()).orElseThrow().toNanos() / 1e9;
  }

  private void report(List<Double> all, List<Double> small) {
    int puts = estate.projects() - 1 + Workload.SERVICES;
    double floor = (double) puts / PUTS_PER_SECOND;
    String storm = "storm of %,d puts at %d a second".formatted(puts, PUTS_PER_SECOND);
    lab.report().add(Figure.of("7", storm + ": floor", "s", List.of(floor)));
    lab.report().add(Figure.of("7", storm + ": until all converged", "s", all));
    lab.report()
        .add(
            Figure.of(
                    "7",
                    storm + ": over the floor",
                    "",
                    all.stream().map(seconds -> seconds / floor).toList())
                .atMost(1.1));
    lab.report()
        .add(
            Figure.of(
                    "7",
                    storm + ": last project of one change, over the floor",
                    "",
                    small.stream().map(seconds -> seconds / floor).toList())
                .atMost(1.1));
  }
}
