package dev.onward.status;

import dev.onward.reconcile.ReconcileLoop;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Started: a first cycle has ended, well or badly. */
@Startup
@ApplicationScoped
public class StartedCheck implements HealthCheck {
  private final ReconcileLoop loop;

  StartedCheck(ReconcileLoop loop) {
    this.loop = loop;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("first cycle").status(loop.isStarted()).build();
  }
}
