package dev.onward.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Measurement 2: how many parameters the daemon observes in a second, next to a bare loop of
 * listing calls. The two take turns: while the one is measured, the other stands still.
 */
final class ListingThroughput {
  /** Listings at the same time, on either side. */
  private static final int PARALLEL = 16;

  private static final int PROJECTS = 1_000;

  private final Lab lab;
  private final Workload estate;
  private final List<Double> daemons = new ArrayList<>();
  private final List<Double> bare = new ArrayList<>();
  private final List<Double> cpuOfDaemon = new ArrayList<>();
  private final List<Double> cpuBare = new ArrayList<>();

  ListingThroughput(Lab lab) {
    this.lab = lab;
    this.estate = new Workload(lab.estate().name(), Math.min(PROJECTS, lab.estate().projects()));
  }

  void run() {
    lab.say("listings of %,d projects, by the daemon and bare", estate.projects());
    // More often than it can, so that it never rests.
    try (var daemon =
            lab.start(
                estate,
                estate.projects(),
                Map.of(
                    "ONWARD_INTERVAL",
                    "PT0.2S",
                    "ONWARD_PARALLELISM",
                    Integer.toString(PARALLEL)));
        var loop =
            new JavaProcess(
                BareListing.class, JvmOptions.ofTheArtifact(), lab.endpoint().settings())) {
      daemon.awaitCycles(3.0 * estate.projects(), estate.projects());
      loop.ask(order());
      for (int round = 0; round < lab.options().rounds(); round++) {
        standStill(daemon);
        BareListing.Done done = Line.read(loop.ask(order()), BareListing.Done.class);
        bare.add(done.parameters() / done.seconds());
        cpuBare.add(done.cpuSeconds() * 1e6 / done.parameters());
        goOn(daemon);
        // What it began before it stood still has timed out or is answered by then.
        daemon.awaitCycles(daemon.counters().cycles() + 2 * PARALLEL, estate.projects());
        observe(daemon);
      }
    }
    report();
  }

  private String order() {
    return Line.of(new BareListing.Order(estate, lab.options().seconds(), PARALLEL));
  }

  private void observe(Daemon daemon) {
    Counters before = daemon.counters();
    Moments.pause(lab.options().seconds());
    Counters done = daemon.counters().since(before);
    double parameters = done.cycles() * Workload.parametersOfAProject();
    daemons.add(parameters / done.seconds());
    cpuOfDaemon.add(done.cpu().toNanos() / 1e3 / parameters);
  }

  private static void standStill(Daemon daemon) {
    try {
      daemon.process().standStill();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void goOn(Daemon daemon) {
    try {
      daemon.process().goOn();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void report() {
    lab.report().add(Figure.of("2", "parameters a second, daemon", "", daemons));
    lab.report().add(Figure.of("2", "parameters a second, bare listing loop", "", bare));
    lab.report().add(Figure.of("2", "processor time a parameter, daemon", "µs", cpuOfDaemon));
    lab.report().add(Figure.of("2", "processor time a parameter, bare loop", "µs", cpuBare));
    lab.report()
        .add(
            Figure.of(
                    "2",
                    "daemon over bare loop, the same round's",
                    "",
                    IntStream.range(0, bare.size())
                        .mapToObj(round -> daemons.get(round) / bare.get(round))
                        .toList())
                .atLeast(0.85));
  }
}
