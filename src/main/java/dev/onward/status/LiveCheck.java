package dev.onward.status;

import dev.onward.OnwardConfig;
import dev.onward.plan.Words;
import dev.onward.reconcile.ReconcileLoop;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Live: the loop makes progress. A loop that is stuck is worth a restart; AWS being away is not,
 * for the loop goes on without it.
 */
@Liveness
@ApplicationScoped
public class LiveCheck implements HealthCheck {
  private static final int MISSED_TICKS = 10;

  /** However short the interval: a long pause of the whole machine is no reason to restart. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ReconcileLoop loop;
  private final Duration limit;

  LiveCheck(ReconcileLoop loop, OnwardConfig config) {
    this.loop = loop;
    this.limit = limit(config.interval());
  }

  static Duration limit(Duration interval) {
    Duration ticks = interval.multipliedBy(MISSED_TICKS);
    return ticks.compareTo(PATIENCE) > 0 ? ticks : PATIENCE;
  }

  @Override
  public HealthCheckResponse call() {
    Duration since = loop.sinceLastTick();
    return HealthCheckResponse.named("reconcile loop")
        .status(since.compareTo(limit) <= 0)
        .withData("last_tick", Words.of(since) + " ago")
        .withData("restart_after", Words.of(limit))
        .build();
  }
}
