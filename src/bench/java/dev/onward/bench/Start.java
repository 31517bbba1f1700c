package dev.onward.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measurement 6: from process start to ready, and to the first cycle done. */
final class Start {
  private static final int PROJECTS = 10;
  private static final int STARTS_A_ROUND = 2;
  private static final Map<String, String> WITH_CACHE = Map.of();
  private static final Map<String, String> WITHOUT = Map.of("JDK_JAVA_OPTIONS", "-XX:AOTMode=off");

  private final Lab lab;

  Start(Lab lab) {
    this.lab = lab;
  }

  /** How long one start took. */
  private record Took(Duration ready, Duration firstCycle) {}

  void run() {
    lab.say("starts");
    List<Took> with = new ArrayList<>();
    List<Took> without = new ArrayList<>();
    // Files that were never read take longer, and say nothing of Onward.
    start(WITH_CACHE);
    for (int i = 0; i < STARTS_A_ROUND * lab.options().rounds(); i++) {
      with.add(start(WITH_CACHE));
      without.add(start(WITHOUT));
    }
    lab.report().add(ready("with the AOT cache", with).atMost(0.7));
    lab.report().add(firstCycle("with the AOT cache", with));
    lab.report().add(ready("without", without));
    lab.report().add(firstCycle("without", without));
  }

  private Took start(Map<String, String> settings) {
    try (var daemon = lab.start(lab.estate(), PROJECTS, settings)) {
      return new Took(daemon.awaitHealth("ready"), daemon.awaitHealth("started"));
    }
  }

  private static Figure ready(String how, List<Took> took) {
    return Figure.of(
        "6",
        "start to ready, " + how,
        "s",
        took.stream().map(it -> it.ready().toMillis() / 1e3).toList());
  }

  private static Figure firstCycle(String how, List<Took> took) {
    return Figure.of(
        "6",
        "start to first cycle done, " + how,
        "s",
        took.stream().map(it -> it.firstCycle().toMillis() / 1e3).toList());
  }
}
