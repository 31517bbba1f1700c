package dev.onward.bench;

import java.util.ArrayList;
import java.util.List;

/** Beside the seven: how long pages take while the daemon reconciles all it shows. */
final class Board {
  private static final int REQUESTS = 100;

  private final Lab lab;
  private final Workload estate;

  Board(Lab lab) {
    this.lab = lab;
    this.estate = new Workload(lab.estate().name(), lab.options().projects());
  }

  void run() {
    lab.say("pages over %,d projects", estate.projects());
    String some = estate.project(estate.projects() / 2);
    try (var daemon = lab.start(estate, estate.projects(), "20s")) {
      daemon.awaitCycles(estate.projects(), estate.projects());
      measure(daemon, "/");
      measure(daemon, "/?q=" + some);
      measure(daemon, "/projects/" + some);
      measure(daemon, "/api/v1/projects");
    }
  }

  private void measure(Daemon daemon, String path) {
    // Also the warm-up.
    once(daemon, path);
    var medians = new ArrayList<Double>();
    var late = new ArrayList<Double>();
    for (int round = 0; round < lab.options().rounds(); round++) {
      List<Double> took = once(daemon, path);
      medians.add(took.get(REQUESTS / 2));
      late.add(took.get(REQUESTS * 99 / 100));
    }
    String what =
        "GET %s, %,d projects"
            .formatted(path.replace(estate.project(estate.projects() / 2), "…"), estate.projects());
    lab.report().add(Figure.of("board", what + ": median", "ms", medians).atMost(100));
    lab.report().add(Figure.of("board", what + ": 99 in 100 within", "ms", late));
  }

  private static List<Double> once(Daemon daemon, String path) {
    var took = new ArrayList<Double>();
    for (int i = 0; i < REQUESTS; i++) {
      long begin = System.nanoTime();
      int status = daemon.get(path).statusCode();
      took.add((System.nanoTime() - begin) / 1e6);
      if (status != 200) {
        throw new IllegalStateException("GET %s was answered with %d".formatted(path, status));
      }
    }
    took.sort(null);
    return took;
  }
}
