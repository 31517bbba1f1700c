package dev.onward.local;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Starts the local AWS before anything of Onward's runs, and stops it after all has stopped. A live
 * reload does both, so what is not in a data directory starts afresh with it.
 */
@ApplicationScoped
public class LocalAwsStarter {

  private static final Logger LOG = Logger.getLogger(LocalAwsStarter.class);

  private final LocalSettings settings;
  private final int httpPort;
  private final int managementPort;
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  @Inject
  LocalAwsStarter(
      LocalSettings settings,
      @ConfigProperty(name = "quarkus.http.port", defaultValue = "8080") int httpPort,
      @ConfigProperty(name = "quarkus.management.port", defaultValue = "9000") int managementPort) {
    this.settings = settings;
    this.httpPort = httpPort;
    this.managementPort = managementPort;
  }

  void start(@Observes @Priority(1) StartupEvent event) {
    if (!settings.enabled()) {
      return;
    }
    LocalAws aws = LocalAws.start(options());
    started.push(aws);
    started.push(SdkDefaults.of(aws.endpoint()));
    LOG.info(Banner.of(aws.endpoint(), local(httpPort), local(managementPort)));
    if (settings.demo() && aws.ssm().isEmpty()) {
      DemoProjects.seed(aws.ssm());
      if (settings.demoBuilds()) {
        started.push(DemoBuilds.start(DemoProjects.LATER, aws.ssm()));
      }
    }
  }

  private static URI local(int port) {
    return URI.create("http://localhost:" + port);
  }

  private LocalAwsOptions options() {
    LocalAwsOptions options = LocalAwsOptions.defaults().onPort(settings.port());
    return settings.dataDirectory().map(options::keptIn).orElse(options);
  }

  void stop(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent event) {
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        LOG.warn("A part of the local AWS does not stop", e);
      }
    }
  }
}
