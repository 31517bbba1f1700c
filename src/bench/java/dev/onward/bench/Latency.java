package dev.onward.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Measurement 4: from one image's publication to its stage parameter, one change at a time, at any
 * moment of the daemon's round.
 */
final class Latency {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Lab lab;
  private final Workload estate;
  private final Stages stages;

  /** Where and when changes come: the same in every run. */
  private final Random chance = new Random(7);

  Latency(Lab lab) {
    this.lab = lab;
    this.estate = new Workload(lab.estate().name(), lab.options().projects());
    this.stages = new Stages(lab.endpoint().ssm());
  }

  void run() {
    lab.say("latency among %,d projects", estate.projects());
    var medians = new ArrayList<Double>();
    var late = new ArrayList<Double>();
    try (var daemon = lab.start(estate, estate.projects(), INTERVAL.toString())) {
      daemon.awaitCycles(3.0 * estate.projects(), estate.projects());
      for (int round = 0; round < lab.options().rounds(); round++) {
        List<Double> took = changes(round);
        medians.add(percentile(took, 50));
        late.add(percentile(took, 99));
      }
    }
    String among =
        "publication to converged, %,d changes among %,d projects"
            .formatted(lab.options().changes(), estate.projects());
    lab.report().add(Figure.of("4", among + ": median", "ms", medians));
    lab.report()
        .add(
            Figure.of("4", among + ": 99 in 100 within", "ms", late)
                .atMost(INTERVAL.toMillis() + 250.0));
  }

  private List<Double> changes(int round) {
    var took = new ArrayList<Double>();
    for (int i = 0; i < lab.options().changes(); i++) {
      Moments.pause(Duration.ofMillis(chance.nextLong(INTERVAL.toMillis())));
      int project = chance.nextInt(estate.projects());
      Workload.Change change =
          estate.change("latency%d-%d".formatted(round, i)).ofProjects(project, project + 1);
      lab.endpoint().publish(change);
      stages.awaitConverged(change).values().forEach(it -> took.add(it.toNanos() / 1e6));
    }
    return took;
  }

  private static double percentile(List<Double> values, int percent) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(Math.max(0, Math.ceilDiv(sorted.size() * percent, 100) - 1));
  }
}
