package dev.onward.status.health;

import dev.onward.reconcile.ReconcileLoop;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Start-up: a first cycle has ended, whatever its outcome. */
@Startup
@ApplicationScoped
public class StartedCheck implements AsyncHealthCheck {
  private final ReconcileLoop loop;

  StartedCheck(ReconcileLoop loop) {
    this.loop = loop;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return Uni.createFrom()
        .item(HealthCheckResponse.named("first cycle").status(loop.isStarted()).build());
  }
}
