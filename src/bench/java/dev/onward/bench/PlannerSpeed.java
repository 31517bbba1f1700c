package dev.onward.bench;

import dev.onward.plan.PlannerBenchmark;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/** Beside the seven: the planner alone, by JMH, in a JVM as the artifact's. */
final class PlannerSpeed {
  private static final String ALLOCATION = "gc.alloc.rate.norm";

  private final Lab lab;

  PlannerSpeed(Lab lab) {
    this.lab = lab;
  }

  void run() {
    lab.say("the planner");
    var options =
        new OptionsBuilder()
            .include(PlannerBenchmark.class.getName())
            .addProfiler(GCProfiler.class)
            .jvmArgs(JvmOptions.ofTheArtifact().toArray(String[]::new))
            .forks(1)
            .warmupIterations(2)
            .warmupTime(TimeValue.seconds(2))
            .measurementIterations(lab.options().rounds())
            .measurementTime(TimeValue.seconds(2))
            .shouldFailOnError(true)
            .output("/dev/null")
            .build();
    try {
      report(new Runner(options).run());
    } catch (RunnerException e) {
      throw new IllegalStateException("The planner's benchmark does not run", e);
    }
  }

  private void report(Collection<RunResult> results) {
    for (RunResult result : results) {
      String situation =
          "plan for 100 services after 1,000 releases, " + result.getParams().getParam("situation");
      lab.report()
          .add(
              Figure.of(
                      "planner", situation, "µs", rounds(result.getPrimaryResult().getStatistics()))
                  .atMost(1_000));
      lab.report()
          .add(
              Figure.of(
                  "planner",
                  situation + ": allocated",
                  "KB",
                  rounds(result.getSecondaryResults().get(ALLOCATION).getStatistics()).stream()
                      .map(bytes -> bytes / 1024)
                      .toList()));
    }
  }

  private static List<Double> rounds(Statistics statistics) {
    Iterable<Map.Entry<Double, Long>> values = statistics::getRawData;
    return StreamSupport.stream(values.spliterator(), false).map(Map.Entry::getKey).toList();
  }
}
