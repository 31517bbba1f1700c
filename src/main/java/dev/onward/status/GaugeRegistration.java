package dev.onward.status;

import dev.onward.OnwardConfig;
import io.prometheus.client.CollectorRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
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
      OnwardConfig config,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    registry.register(new StatusGauges(board, version, config.mode(), InstantSource.system()));
  }
}
