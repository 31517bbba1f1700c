package dev.onward.plan;

import dev.onward.policy.gate.SoakGate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** How long one plan takes for a project of a hundred services that has had a thousand releases. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PlannerBenchmark {
  private static final int SERVICES = 100;
  private static final int RELEASES = 1_000;

  /**
   * {@code in_sync}: nothing to do. {@code held}: production has nothing yet, and no release has
   * soaked for long enough. {@code changed}: an image to be cut, promoted and written.
   */
  @Param({"in_sync", "held", "changed"})
  public String situation = "";

  private final Planner planner = World.PLANNER;
  private DesiredState desired;
  private ObservedState observed;
  private Instant now;

  @Setup
  public void prepare() {
    World world = World.automatic();
    if (situation.equals("held")) {
      world.gates(World.PROD, new SoakGate(Duration.ofDays(365)));
    }
    for (int service = 0; service < SERVICES; service++) {
      world.publish("service" + service, "first");
    }
    for (int release = 0; release < RELEASES; release++) {
      world.released("service" + release % SERVICES, "tag" + release);
    }
    if (situation.equals("changed")) {
      world.publish("service7", "changed").after(Duration.ofMinutes(5));
    }
    desired = world.desired();
    observed = world.observe();
    now = world.clock();
    if (planner.plan(desired, observed, now).isEmpty() == situation.equals("changed")) {
      throw new IllegalStateException("The situation is not " + situation);
    }
  }

  @Benchmark
  public Plan plan() {
    return planner.plan(desired, observed, now);
  }
}
