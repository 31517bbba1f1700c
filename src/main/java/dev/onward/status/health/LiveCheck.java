package dev.onward.status.health;

import dev.onward.OnwardConfig;
import dev.onward.lease.LeaderElector;
import dev.onward.plan.Words;
import dev.onward.reconcile.ReconcileLoop;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Liveness: the loop makes progress. A stuck loop or lease thread justifies a restart; an outage of
 * AWS does not, since the loop continues without it. A single cycle must not run forever either:
 * each of its calls has a time-out.
 */
@Liveness
@ApplicationScoped
public class LiveCheck implements AsyncHealthCheck {
  private static final int MISSED_TICKS = 10;

  /**
   * Minimum, whatever the interval: a long pause of the whole machine does not justify a restart.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final int MISSED_CYCLES = 20;

  /**
   * Minimum, whatever the interval: a first cycle may have much to write, at three parameters a
   * second.
   */
  private static final Duration LONG_CYCLE = Duration.ofMinutes(10);

  private final ReconcileLoop loop;
  private final LeaderElector leadership;
  private final Duration interval;

  LiveCheck(ReconcileLoop loop, LeaderElector leadership, OnwardConfig config) {
    this.loop = loop;
    this.leadership = leadership;
    this.interval = config.interval();
  }

  static Duration tickLimit(Duration interval) {
    return longer(interval.multipliedBy(MISSED_TICKS), PATIENCE);
  }

  static Duration cycleLimit(Duration interval) {
    return longer(interval.multipliedBy(MISSED_CYCLES), LONG_CYCLE);
  }

  static boolean isLive(Duration sinceLastTick, Duration longestRunning, Duration interval) {
    return sinceLastTick.compareTo(tickLimit(interval)) <= 0
        && longestRunning.compareTo(cycleLimit(interval)) <= 0;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    Duration tick = loop.sinceLastTick();
    Duration lease = leadership.sinceLastStep();
    Duration running = loop.longestRunning();
    var response =
        HealthCheckResponse.named("reconcile loop")
            .status(isLive(longer(tick, lease), running, interval))
            .withData("last_tick", Words.of(tick) + " ago")
            .withData("last_look_at_the_lease", Words.of(lease) + " ago")
            .withData("restart_after", Words.of(tickLimit(interval)))
            .withData("longest_cycle", Words.of(running))
            .withData("restart_after_cycle", Words.of(cycleLimit(interval)))
            .build();
    return Uni.createFrom().item(response);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
