package dev.onward.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Measurements 1 and 5: what a cycle costs when nothing changes, and how that grows with the
 * estate. The daemon is asked for more cycles than it can do, so that it is always at work.
 */
final class SteadyCycle {
  /** More than two cores and the local AWS can serve. */
  private static final int CYCLES_ASKED_FOR_A_SECOND = 1_000;

  /** Cycles until the JVM has compiled what it needs, and at least two of each project. */
  private static final int WARM_UP = 2_000;

  private static final int NOT_HEAP_MB = 140;

  /** For cycles that the ends of a round cut in two. */
  private static final double CUT_CYCLES = 0.01;

  private final Lab lab;
  private final Map<Integer, List<Counters>> measured = new TreeMap<>();
  private final Map<Integer, Double> resident = new TreeMap<>();

  SteadyCycle(Lab lab) {
    this.lab = lab;
  }

  void run() {
    idle();
    for (int size : lab.options().sizes()) {
      lab.say("steady cycles over %,d projects", size);
      measure(size);
      report(size);
    }
    growth();
  }

  private void idle() {
    try (var daemon = lab.start(lab.estate(), 0, "1s")) {
      Moments.pause(lab.options().seconds());
      lab.report()
          .add(
              Figure.of(
                      "5",
                      "resident memory, idle",
                      "MB",
                      List.of((double) daemon.process().residentMegabytes()))
                  .atMost(150));
    }
  }

  private void measure(int size) {
    try (var daemon =
        lab.start(
            lab.estate(),
            size,
            Map.of("ONWARD_INTERVAL", interval(size), "JDK_JAVA_OPTIONS", heapFor(size)))) {
      daemon.awaitCycles(Math.max(Math.min(WARM_UP, 50 * size), 2.5 * size), size);
      var rounds = new ArrayList<Counters>();
      for (int round = 0; round < lab.options().rounds(); round++) {
        rounds.add(measure(daemon, size));
      }
      measured.put(size, rounds);
      resident.put(size, (double) daemon.process().residentMegabytes());
    }
  }

  /** For some seconds, and until every project had its turn. */
  private Counters measure(Daemon daemon, int size) {
    Counters before = daemon.counters();
    Moments.pause(lab.options().seconds());
    daemon.awaitCycles(before.cycles() + size, size);
    return daemon.counters().since(before);
  }

  private static String interval(int size) {
    double seconds = Math.max(0.1, (double) size / CYCLES_ASKED_FOR_A_SECOND);
    return Duration.ofMillis(Math.round(seconds * 1_000)).toString();
  }

  private void report(int size) {
    lab.report()
        .add(
            figure(
                    "1",
                    size,
                    "pages a cycle, over the floor of " + Workload.floorOfPages(),
                    "",
                    it ->
                        it.requests("GetParametersByPath") / it.cycles() / Workload.floorOfPages())
                .atMost(1.05));
    if (lab.endpoint().consumption().isPresent()) {
      lab.report()
          .add(
              figure(
                      "1",
                      size,
                      "read units a cycle",
                      "",
                      it -> it.consumed().unitsOfOne("Query") * it.requests("Query") / it.cycles())
                  .atMost(1 + CUT_CYCLES));
      lab.report()
          .add(
              figure(
                  "1",
                  size,
                  "read units a second for all projects together",
                  "",
                  it -> it.consumed().units("GetItem") / it.seconds()));
    }
    lab.report()
        .add(
            figure(
                    "1",
                    size,
                    "writes of cycles",
                    "",
                    it -> it.requests("TransactWriteItems") + it.requests("PutParameter"))
                .atMost(0));
    lab.report()
        .add(
            figure(
                "1",
                size,
                "writes of the lease a second",
                "",
                it -> it.requests("UpdateItem") / it.seconds()));
    lab.report().add(figure("5", size, "time a cycle", "ms", SteadyCycle::millis));
    lab.report().add(figure("5", size, "processor time a cycle", "ms", SteadyCycle::cpuMillis));
    lab.report()
        .add(figure("5", size, "requests a cycle", "", it -> it.allRequests() / it.cycles()));
    Figure memory =
        Figure.of(
            "5",
            "resident memory, %,d projects".formatted(size),
            "MB",
            List.of(resident.get(size)));
    lab.report().add(memory.atMost(memoryFor(size)));
  }

  /** What a daemon of an estate may take, in MB. */
  private static int memoryFor(int size) {
    return size <= 1_000 ? 250 : 700;
  }

  /**
   * As for a container of that much memory: what leaves room for what is not heap. On a whole
   * machine the JVM would let garbage lie.
   */
  private static String heapFor(int size) {
    return "-Xmx%dm".formatted(memoryFor(size) - NOT_HEAP_MB);
  }

  private Figure figure(
      String measurement, int size, String what, String unit, ToDoubleFunction<Counters> value) {
    return Figure.of(
        measurement,
        "%s, %,d projects".formatted(what, size),
        unit,
        measured.get(size).stream().map(value::applyAsDouble).toList());
  }

  private static double millis(Counters it) {
    return it.inCycles().toNanos() / 1e6 / it.cycles();
  }

  private static double cpuMillis(Counters it) {
    return it.cpu().toNanos() / 1e6 / it.cycles();
  }

  /** The largest estate against the one of a hundred, project by project. */
  private void growth() {
    int largest = measured.keySet().stream().max(Integer::compare).orElseThrow();
    if (largest <= 100 || !measured.containsKey(100)) {
      return;
    }
    growth(largest, "time", SteadyCycle::millis);
    growth(largest, "processor time", SteadyCycle::cpuMillis);
    growth(largest, "requests", it -> it.allRequests() / it.cycles());
  }

  private void growth(int largest, String what, ToDoubleFunction<Counters> value) {
    double small = figure("5", 100, what, "", value).median();
    lab.report()
        .add(
            Figure.of(
                    "5",
                    "%s a cycle, %,d projects over 100".formatted(what, largest),
                    "",
                    List.of(figure("5", largest, what, "", value).median() / small))
                .atMost(1.2));
  }
}
