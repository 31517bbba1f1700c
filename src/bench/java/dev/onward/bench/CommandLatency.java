package dev.onward.bench;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Beside the seven: how long people wait for what they say while polling uses up the budget of
 * reads, as 65 projects do at an interval of two seconds.
 */
final class CommandLatency {
  private static final int PROJECTS = 65;
  private static final int READS_PER_SECOND = 40;
  private static final int REPETITIONS = 25;

  private final Lab lab;
  private final Workload estate = new Workload("acts", PROJECTS);
  private final Map<Word, List<Double>> late = new EnumMap<>(Word.class);

  CommandLatency(Lab lab) {
    this.lab = lab;
  }

  /** What is said, and what takes it back. */
  private enum Word {
    HOLD("/projects/%s/environments/stage/hold", "/projects/%s/environments/stage/resume"),
    STOP("/projects/%s/stop", "/projects/%s/resume"),
    APPROVE("/projects/%s/environments/stage/approve", "/projects/%s/environments/stage/withdraw");

    private final String said;
    private final String takenBack;

    Word(String said, String takenBack) {
      this.said = said;
      this.takenBack = takenBack;
    }
  }

  void run() {
    lab.say("what people say while %,d projects use up the reads", PROJECTS);
    lab.endpoint().publish(estate.first());
    // Their releases and deployments are recorded without a quota in the way.
    try (var daemon = lab.start(estate, PROJECTS, "1s")) {
      daemon.awaitCycles(2.0 * PROJECTS, PROJECTS);
    }
    try (var daemon =
        lab.start(
            estate,
            PROJECTS,
            Map.of(
                "ONWARD_INTERVAL", "2s",
                "ONWARD_SSM_READS_PER_SECOND", Integer.toString(READS_PER_SECOND),
                "ONWARD_API_WRITES", "loopback"))) {
      daemon.awaitCycles(2.0 * PROJECTS, PROJECTS);
      for (int round = 0; round < lab.options().rounds(); round++) {
        for (Word word : Word.values()) {
          measure(daemon, word);
        }
      }
    }
    late.forEach(
        (word, took) ->
            lab.report()
                .add(
                    Figure.of(
                            "acts",
                            "%s, %,d projects, reads used up: 99 in 100 within"
                                .formatted(word.name().toLowerCase(Locale.ROOT), PROJECTS),
                            "ms",
                            took)
                        .atMost(1_000)));
  }

  /** Each of another project, and taken back at once: both are acts that somebody waits for. */
  private void measure(Daemon daemon, Word word) {
    var took = new ArrayList<Double>();
    for (int i = 0; i < REPETITIONS; i++) {
      String project = estate.project(i * PROJECTS / REPETITIONS);
      String body =
          word == Word.APPROVE
              ? "{\"reason\": \"benchmark\", \"release\": \"%s\"}"
                  .formatted(release(daemon, project))
              : "{\"reason\": \"benchmark\"}";
      took.add(once(daemon, word.said.formatted(project), body));
      took.add(once(daemon, word.takenBack.formatted(project), body));
    }
    took.sort(null);
    late.computeIfAbsent(word, it -> new ArrayList<>()).add(took.get(took.size() * 99 / 100));
  }

  private static double once(Daemon daemon, String path, String body) {
    long begin = System.nanoTime();
    var answer = daemon.post("/api/v1" + path, body);
    double millis = (System.nanoTime() - begin) / 1e6;
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(
          "POST %s was answered with %d: %s".formatted(path, answer.statusCode(), answer.body()));
    }
    return millis;
  }

  private static String release(Daemon daemon, String project) {
    String environment =
        daemon.get("/api/v1/projects/%s/environments/stage".formatted(project)).body();
    return Line.read(environment, Current.class).current().release();
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Current(Release current) {
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Release(String release) {}
  }
}
