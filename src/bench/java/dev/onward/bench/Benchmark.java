package dev.onward.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the measurements that were asked for. Started by {@code bench/run}. */
public final class Benchmark {
  private Benchmark() {}

  public static void main(String[] args) throws IOException {
    Options options;
    try {
      options = Options.parse(List.of(args));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    Instant began = Instant.now();
    var report = new Report();
    Path directory = Files.createTempDirectory("onward-bench");
    try (Endpoint endpoint =
        options.endpoint().<Endpoint>map(GivenEndpoint::new).orElseGet(LocalEndpoint::new)) {
      measure(new Lab(options, endpoint, report, directory));
    }
    System.out.println(report.table());
    Files.writeString(options.json(), report.json(about(began, args)));
    System.err.println("benchmark: all figures are in " + options.json());
  }

  private static void measure(Lab lab) {
    lab.endpoint().publish(lab.estate().first());
    for (Options.Measurement measurement : lab.options().measurements()) {
      switch (measurement) {
        case CYCLE -> new SteadyCycle(lab).run();
        case LISTING -> new ListingThroughput(lab).run();
        case STORM -> new Storm(lab).run();
        case LATENCY -> new Latency(lab).run();
        case START -> new Start(lab).run();
        case QUOTA -> new Quota(lab).run();
        case BOARD -> new Board(lab).run();
        case ACTS -> new CommandLatency(lab).run();
        case PLANNER -> new PlannerSpeed(lab).run();
      }
    }
  }

  private static Map<String, Object> about(Instant began, String[] args) {
    var about = new LinkedHashMap<String, Object>();
    about.put("began", began.truncatedTo(ChronoUnit.SECONDS).toString());
    about.put("ended", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    about.put("command", ("bench/run " + String.join(" ", args)).strip());
    about.put("cores", Runtime.getRuntime().availableProcessors());
    about.put("java", System.getProperty("java.vm.version"));
    return about;
  }
}
