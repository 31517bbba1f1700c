package dev.onward.status.metrics;

import dev.onward.OnwardConfig;
import dev.onward.lease.LeaderElector;
import dev.onward.lease.LeadershipState;
import dev.onward.reconcile.observe.SkewCorrectedClock;
import dev.onward.status.StatusSnapshot;
import io.prometheus.client.CollectorRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Registers the status gauges with the served registry. */
@ApplicationScoped
public class GaugeRegistration {

  /** One shared instance: Quarkus's default creates a new one at each injection point. */
  @Produces
  @Singleton
  static CollectorRegistry registry() {
    return new CollectorRegistry(true);
  }

  void register(
      @Observes StartupEvent event,
      CollectorRegistry registry,
      StatusSnapshot board,
      LeaderElector leadership,
      SkewCorrectedClock clock,
      OnwardConfig config,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    registry.register(
        new StatusGauges(
            board,
            () -> leadership.state() == LeadershipState.LEADER,
            version,
            config.mode(),
            clock,
            clock::refused));
  }
}
