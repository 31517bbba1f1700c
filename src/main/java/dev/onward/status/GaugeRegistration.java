package dev.onward.status;

import dev.onward.OnwardConfig;
import dev.onward.reconcile.Duty;
import dev.onward.reconcile.Leadership;
import dev.onward.reconcile.StoreClock;
import io.prometheus.client.CollectorRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the status gauges into the registry that is served. */
@ApplicationScoped
public class GaugeRegistration {

  /** One for all: Quarkus's own default is a new one for each who asks. */
  @Produces
  @Singleton
  static CollectorRegistry registry() {
    return new CollectorRegistry(true);
  }

  void register(
      @Observes StartupEvent event,
      CollectorRegistry registry,
      StatusBoard board,
      Leadership leadership,
      StoreClock clock,
      OnwardConfig config,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    registry.register(
        new StatusGauges(
            board,
            () -> leadership.duty() == Duty.LEADS,
            version,
            config.mode(),
            clock,
            clock::refused));
  }
}
