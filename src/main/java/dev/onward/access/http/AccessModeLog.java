package dev.onward.access.http;

import dev.onward.OnwardConfig;
import dev.onward.OnwardConfig.WriteAccess;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Says at start-up who may look and who may act. */
@Dependent
class AccessModeLog {
  private static final Logger LOG = Logger.getLogger(AccessModeLog.class);

  static void onStart(
      @Observes StartupEvent event, OnwardConfig config, IdentityProvider provider) {
    LOG.info(sentence(config, provider));
    warning(config, provider).ifPresent(LOG::warn);
  }

  /** Of what nobody can see from here. */
  static Optional<String> warning(OnwardConfig config, IdentityProvider provider) {
    return Optional.of(
            "onward.api.writes is 'loopback': put no proxy on this machine in front of Onward."
                + " Requests that show that they came through one are refused, but one that adds"
                + " nothing to what it passes on lets everybody act who can reach it; for more than"
                + " this machine, name an identity provider (quarkus.oidc.auth-server-url)")
        .filter(words -> provider.writes(config) == WriteAccess.LOOPBACK);
  }

  static String sentence(OnwardConfig config, IdentityProvider provider) {
    return switch (provider.writes(config)) {
      case NONE ->
          provider.isConfigured()
              ? "Only reading is served, to those whom %s knows and the grants let: onward.api.writes is 'none'"
                  .formatted(provider.name())
              : "Only reading is served, to everybody: no identity provider is configured"
                  + " (quarkus.oidc.auth-server-url)";
      case LOOPBACK ->
          "Everybody may read, and whoever is at this machine may act: onward.api.writes is"
              + " 'loopback'";
      case ROLES ->
          "People may read and act by the roles that the grants give them; %s says who they are"
              .formatted(provider.name());
    };
  }
}
