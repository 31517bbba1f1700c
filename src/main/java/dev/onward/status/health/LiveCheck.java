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
 * Live: the loop makes progress. A loop that is stuck is worth a restart; AWS being away is not,
 * for the loop goes on without it; so does the look after the lease. Nor may one cycle go on for
 * ever: each of its calls has a time-out.
 */
@Liveness
@ApplicationScoped
public class LiveCheck implements AsyncHealthCheck {
  private static final int MISSED_TICKS = 10;

  /** However short the interval: a long pause of the whole machine is no reason to restart. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final int MISSED_CYCLES = 20;

  /** However short the interval: a first cycle may have much to write, at three a second. */
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
